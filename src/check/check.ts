import type { Diagnostic } from '../graph/diagnostic.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { advice } from './advice.ts';
import type { CheckedNode, CheckResult, NodeReport } from './checkedGraph.ts';
import { dataProblems } from './dataProblems.ts';
import { type Drawing, outputsOf, type Taken, takenIn } from './drawing.ts';
import { reportEnds } from './endProblems.ts';
import { type Inference, infer, kindOf, type NodeKind } from './inference.ts';
import { deadEnds, reportOpenInputs } from './looseEnds.ts';
import { nameProblems } from './names.ts';
import { complaint, reportConfig, unknownLayer } from './nodeProblems.ts';
import { leadingTo, readWiring, type Wiring } from './order.ts';
import { byNode, keepEqual, nodeReport, type Report, total } from './report.ts';
import { sameFields, sameList } from './sameValue.ts';
import { reportWires } from './wireProblems.ts';

/** What one check leaves for the next. */
interface Memory {
  readonly doc: NetworkDocument;
  readonly kinds: ReadonlyMap<string, NodeKind | null>;
  readonly wiring: Wiring;
  readonly inferences: ReadonlyMap<string, Inference | null>;
  readonly checked: ReadonlyMap<string, CheckedNode>;
  readonly result: CheckResult;
}

/**
 * Checks a drawing: every problem that can be found, with fixes, and for every node what is known of it. Never throws.
 * A shape that is unknown because of an earlier problem passes silently, so one mistake gives one message. Problems of
 * nodes that lead to no output are warnings: the network runs without them.
 */
export const check = (doc: NetworkDocument): CheckResult => checkAfter(doc, null).result;

/**
 * `check` for a drawing that is edited: the result is the same, but what an edit leaves as it was is taken from the check
 * before, with its identity: reports, checked nodes, shapes, diagnostics, lists.
 */
export function createChecker(): (doc: NetworkDocument) => CheckResult {
  let memory: Memory | null = null;
  return (doc) => {
    memory = checkAfter(doc, memory);
    return memory.result;
  };
}

function checkAfter(doc: NetworkDocument, last: Memory | null): Memory {
  const { nodes: list, edges, data } = doc;
  const before = last?.doc;
  if (last !== null && before?.nodes === list && before.edges === edges && before.data.source === data.source)
    return withDocument(last, doc);
  const byId = new Map(doc.nodes.map((node) => [node.id, node]));
  const kinds = new Map<string, NodeKind | null>();
  for (const [id, node] of byId) kinds.set(id, kindOf(node, last?.kinds.get(id) ?? null));
  const wiring = wiringOf(doc, kinds, last);
  let taken: Taken | null = null;
  const inferences = new Map<string, Inference | null>();
  const drawing: Drawing = {
    doc,
    byId,
    wiring,
    kinds,
    inferences,
    taken: () => {
      taken ??= takenIn(doc);
      return taken;
    },
  };
  const isEnd = (id: string): boolean => kinds.get(id)?.layer.output !== undefined;
  const ends = [...byId.keys()].filter(isEnd);
  const used = leadingTo(ends, wiring.into);
  const into =
    (list: Diagnostic[]): Report =>
    (diagnostic) => {
      const aside = diagnostic.node !== null && !used.has(diagnostic.node);
      list.push({ severity: aside ? 'warning' : 'error', ...diagnostic });
    };
  const found: Diagnostic[] = [];
  const report = into(found);
  for (const diagnostic of nameProblems(doc)) report(diagnostic);
  // Fixes of wires and of what is missing look at the shapes; what is wrong with these is told after.
  const shapeProblems: Diagnostic[] = [];
  inferAll(drawing, inferences, last, into(shapeProblems));
  reportWires(drawing, report);
  const inputs = doc.nodes.some(({ layer }) => layer === 'input');
  reportEnds(drawing, { inputs, outputs: ends.length > 0 }, used, report);
  found.push(...shapeProblems);
  reportOpenInputs(drawing, report);
  // Beside an error a loose end is most often its consequence.
  const sound = found.every(({ severity }) => severity !== 'error');
  if (sound) for (const end of deadEnds(drawing, used, found)) found.push({ severity: 'warning', ...end });
  for (const problem of dataProblems(drawing, used)) found.push({ severity: 'warning', ...problem });
  found.push(...advice(drawing, used));

  const diagnostics = keepEqual(found, last?.result.diagnostics ?? []);
  const nodes = reports(byId, inferences, diagnostics, last?.result.nodes ?? new Map());
  const checked = checkedNodes(drawing, inferences, last?.checked ?? new Map());
  const order = wiring.order.flatMap((id) => (used.has(id) ? (checked.get(id) ?? []) : []));
  const totals = total(nodes);
  const result: CheckResult = {
    graph: sound ? { document: doc, nodes: sameList(order, last?.result.graph?.nodes ?? []) } : null,
    diagnostics,
    nodes,
    totals: last !== null && sameFields(totals, last.result.totals) ? last.result.totals : totals,
  };
  return { doc, kinds, wiring, inferences, checked, result };
}

/** Nothing that is checked has changed: recipe, notes and frames are no part of it. */
function withDocument(last: Memory, doc: NetworkDocument): Memory {
  const { graph } = last.result;
  const result = graph === null ? last.result : { ...last.result, graph: { ...graph, document: doc } };
  return { ...last, doc, result };
}

/** The wiring of last time, if neither wires nor ports have changed. */
function wiringOf(doc: NetworkDocument, kinds: ReadonlyMap<string, NodeKind | null>, last: Memory | null): Wiring {
  if (
    last !== null &&
    last.doc.edges === doc.edges &&
    last.doc.nodes.length === doc.nodes.length &&
    doc.nodes.every(({ id }, i) => {
      const samePorts = kinds.get(id)?.ports === last.kinds.get(id)?.ports;
      return last.doc.nodes[i]?.id === id && samePorts;
    })
  ) {
    return last.wiring;
  }
  return readWiring(doc, (id, side, port) => kinds.get(id)?.ports[side].includes(port) ?? true);
}

/** Shapes from the inputs on, in data order; null for nodes that cannot be asked. */
function inferAll(
  drawing: Drawing,
  inferences: Map<string, Inference | null>,
  last: Memory | null,
  report: Report,
): void {
  const { wiring, byId, kinds } = drawing;
  for (const id of wiring.order) {
    const node = byId.get(id) as DocumentNode;
    const kind = kinds.get(id) ?? null;
    inferences.set(id, null);
    if (kind === null) {
      report(unknownLayer(node));
      continue;
    }
    if (kind.problems.length > 0) {
      reportConfig(node, kind, report);
      continue;
    }
    const wires = wiring.into.get(id);
    const inputs: Record<string, readonly number[]> = {};
    let complete = true;
    for (const port of kind.ports.inputs) {
      const from = wires?.get(port)?.from;
      const shape = from && outputsOf(drawing, from.node)?.[from.port];
      if (shape === undefined) complete = false;
      else inputs[port] = shape;
    }
    if (!complete) continue;
    const inference = infer(kind, inputs, last?.inferences.get(id) ?? null);
    inferences.set(id, inference);
    if ('outputs' in inference.result) continue;
    for (const problem of inference.result.problems) report(complaint(drawing, node, kind, inference.inputs, problem));
  }
}

/** The map of last time, if every report is. */
function reports(
  byId: ReadonlyMap<string, DocumentNode>,
  inferences: ReadonlyMap<string, Inference | null>,
  diagnostics: readonly Diagnostic[],
  last: ReadonlyMap<string, NodeReport>,
): ReadonlyMap<string, NodeReport> {
  const grouped = byNode(diagnostics);
  const nodes = new Map<string, NodeReport>();
  const before = last.values();
  let same = byId.size === last.size;
  for (const [id, node] of byId) {
    const report = nodeReport(node, inferences.get(id) ?? null, grouped.get(id), last.get(id));
    nodes.set(id, report);
    same &&= before.next().value === report;
  }
  return same ? last : nodes;
}

function checkedNodes(
  { byId, wiring }: Drawing,
  inferences: ReadonlyMap<string, Inference | null>,
  last: ReadonlyMap<string, CheckedNode>,
): ReadonlyMap<string, CheckedNode> {
  const checked = new Map<string, CheckedNode>();
  for (const [id, inference] of inferences) {
    if (inference === null || !('outputs' in inference.result)) continue;
    const node = byId.get(id) as DocumentNode;
    const { kind, inputs, result } = inference;
    const before = last.get(id);
    const from: Record<string, { node: string; port: string }> = {};
    let sameSources = before !== undefined;
    const wires = wiring.into.get(id);
    for (const port of kind.ports.inputs) {
      const end = wires?.get(port)?.from;
      if (end === undefined) continue;
      from[port] = end;
      sameSources &&= before?.from[port] === end;
    }
    const same =
      sameSources &&
      before?.node === node &&
      before.config === kind.config &&
      before.inputs === inputs &&
      before.outputs === result.outputs &&
      before.params === result.params;
    const { outputs: shapes, params, buffers } = result;
    checked.set(
      id,
      same ? before : { node, layer: kind.layer, config: kind.config, from, inputs, outputs: shapes, params, buffers },
    );
  }
  return checked;
}

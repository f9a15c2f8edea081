import type { Diagnostic } from '../graph/diagnostic.ts';
import { type DocumentNode, type EdgeEnd, MOST_LAYERS, type NetworkDocument } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { isInput } from '../layers/input.ts';
import type { RawTypes } from '../layers/layer.ts';
import { advice } from './advice.ts';
import { batchProblems } from './batchProblems.ts';
import {
  blockCycle,
  blocksTooDeep,
  endInside,
  isLost,
  lostOutput,
  missingBlock,
  missingOperator,
  repeatedLayer,
  tooManyLayers,
} from './blockProblems.ts';
import type { CheckResult, NodeReport } from './checkedGraph.ts';
import { dataProblems } from './dataProblems.ts';
import { type Drawing, outputsOf, rawOf, takenIn, type UsedNames } from './drawing.ts';
import { reportEdges } from './edgeProblems.ts';
import { reportEnds } from './endProblems.ts';
import { MOST_DEPTH } from './faces.ts';
import { frozenProblems } from './frozenProblems.ts';
import { frozenWithoutGradient, gradientProblems } from './gradientReach.ts';
import { withHelpingFixes } from './helping.ts';
import { type Inference, infer, kindOf, type NodeKind } from './inference.ts';
import { layersInside } from './inside.ts';
import { insideProblems } from './insideProblems.ts';
import { blockLeaves, type Leaves, layerLeaves } from './leaves.ts';
import { deadEnds } from './looseEnds.ts';
import { nameProblems } from './names.ts';
import { complaint, reportConfig, unknownLayer } from './nodeProblems.ts';
import { reportOpenInputs } from './openInputs.ts';
import { leadingTo, readWiring, type Wiring } from './order.ts';
import { byNode, keepEqual, nodeReport, type Report, total } from './report.ts';
import { sameFields, sameList } from './sameValue.ts';

/** Results of a check that the next one reuses. */
export interface Memory {
  readonly doc: NetworkDocument;
  readonly kinds: ReadonlyMap<string, NodeKind | null>;
  readonly wiring: Wiring;
  readonly inferences: ReadonlyMap<string, Inference | null>;
  readonly leaves: ReadonlyMap<string, Leaves>;
  readonly result: CheckResult;
  /** Nodes that lead to an output. */
  readonly used: ReadonlySet<string>;
  /** All problems with the severity they would have if the node were used; dead ends are left out. */
  readonly gravest: readonly Diagnostic[];
}

/** The inside of a block, with ports instead of inputs and outputs. */
export interface Within {
  /** Its output ports, as nodes of the drawing. */
  readonly ends: readonly string[];
  /** True if warnings and hints about its layers are wanted. */
  readonly advised: boolean;
}

/**
 * Checks a drawing: finds all problems, with fixes, and reports on each node. Never throws. A shape that is unknown because
 * of an earlier problem is not reported again, so one mistake gives one message. Problems of nodes that lead to no output
 * are warnings, because the network runs without them.
 */
export const check = (doc: NetworkDocument): CheckResult => checkHelping(doc, null).result;

/**
 * `check` for a drawing that is edited. The result is the same, but unchanged parts are the same objects as in the previous
 * result: reports, checked nodes, shapes, diagnostics, lists.
 */
export function createChecker(): (doc: NetworkDocument) => CheckResult {
  let memory: Memory | null = null;
  return (doc) => {
    memory = checkHelping(doc, memory);
    return memory.result;
  };
}

/** Checks a drawing and offers only fixes that help; each is tried. */
export function checkHelping(doc: NetworkDocument, last: Memory | null, within: Within | null = null): Memory {
  const memory = checkAfter(doc, last, within);
  const { result, inferences } = memory;
  if (inferences === last?.inferences || result.diagnostics.every(({ fixes }) => fixes.length === 0)) return memory;
  const found = withHelpingFixes(memory, (changed) => judge(changed, memory, within, false).gravest);
  const diagnostics = keepEqual(found, last?.result.diagnostics ?? []);
  const nodes = reports(doc.nodes, inferences, diagnostics, last?.result.nodes ?? new Map());
  return { ...memory, result: { ...result, diagnostics, nodes } };
}

/** Checks a drawing and offers all fixes that its rules propose. */
export function checkAfter(doc: NetworkDocument, last: Memory | null, within: Within | null = null): Memory {
  if (last !== null && within === null && isSameDrawing(last.doc, doc)) return withDocument(last, doc);
  const { drawing, used, found, gravest } = judge(doc, last, within, true);
  const { kinds, wiring, inferences } = drawing;
  const diagnostics = keepEqual(found, last?.result.diagnostics ?? []);
  const nodes = reports(doc.nodes, inferences, diagnostics, last?.result.nodes ?? new Map());
  const leaves = allLeaves(drawing, last?.leaves ?? new Map());
  const inOrder = wiring.order.flatMap((id) => (used.has(id) ? (leaves.get(id)?.nodes ?? []) : []));
  // A gradient may end outside a block, which only the whole network shows.
  const order = within === null ? frozenWithoutGradient(inOrder) : inOrder;
  const totals = total(nodes);
  const sound = found.every(({ severity }) => severity !== 'error');
  const result: CheckResult = {
    graph: sound ? { document: doc, nodes: sameList(order, last?.result.graph?.nodes ?? []) } : null,
    diagnostics,
    nodes,
    totals: last !== null && sameFields(totals, last.result.totals) ? last.result.totals : totals,
  };
  return { doc, kinds, wiring, inferences, leaves, result, used, gravest };
}

interface Judgement {
  readonly drawing: Drawing;
  /** Nodes that lead to an output. */
  readonly used: ReadonlySet<string>;
  readonly found: readonly Diagnostic[];
  readonly gravest: readonly Diagnostic[];
}

function judge(doc: NetworkDocument, last: Memory | null, within: Within | null, offering: boolean): Judgement {
  const byId = new Map(doc.nodes.map((node) => [node.id, node]));
  const kinds = new Map<string, NodeKind | null>();
  for (const [id, node] of byId) kinds.set(id, kindOf(node, last?.kinds.get(id) ?? null, doc));
  const wiring = wiringOf(doc, kinds, last);
  let taken: UsedNames | null = null;
  const inferences = new Map<string, Inference | null>();
  const drawing: Drawing = {
    doc,
    byId,
    wiring,
    kinds,
    inferences,
    offering,
    taken: () => {
      taken ??= takenIn(doc);
      return taken;
    },
  };
  const isEnd = (id: string): boolean => kinds.get(id)?.layer.output !== undefined;
  const ends = within === null ? [...byId.keys()].filter(isEnd) : within.ends;
  const lost = within === null ? [] : wiring.dangling.filter((edge) => isLost(drawing, edge));
  const used = leadingTo([...ends, ...lost.map(({ from }) => from.node)], wiring.into);
  const aside = new Set<Diagnostic>();
  const into =
    (list: Diagnostic[]): Report =>
    (problem) => {
      const unused = problem.node !== null && !used.has(problem.node);
      const diagnostic: Diagnostic = { severity: unused ? 'warning' : 'error', ...problem };
      if (unused && problem.severity === undefined && problem.code !== 'unconnected-input') aside.add(diagnostic);
      list.push(diagnostic);
    };
  const found: Diagnostic[] = [];
  const report = into(found);
  for (const diagnostic of nameProblems(doc.nodes.filter(({ id }) => !isPort(id)))) report(diagnostic);
  // Fixes of edges and of missing parts use the shapes; problems with shapes are reported afterwards.
  const shapeProblems: Diagnostic[] = [];
  inferAll(drawing, inferences, last, into(shapeProblems));
  reportEdges(drawing, report);
  if (within === null) {
    const inputs = doc.nodes.some(({ layer }) => isInput(layer));
    reportEnds(drawing, { inputs, outputs: ends.length > 0 }, used, report);
  } else {
    for (const id of byId.keys()) if (isEnd(id) || isInput(byId.get(id)?.layer ?? '')) report(endInside(drawing, id));
    for (const { from } of lost) report(lostOutput(drawing, from));
  }
  found.push(...shapeProblems);
  reportOpenInputs(drawing, report);
  // If there is an error, a dead end is usually its consequence.
  const sound = found.every(({ severity }) => severity !== 'error');
  const loose = deadEnds(drawing, used, found).map((end): Diagnostic => ({ severity: 'warning', ...end }));
  if (sound) found.push(...loose);
  if (within === null) {
    for (const problem of [
      ...dataProblems(drawing, used),
      ...batchProblems(drawing, used),
      ...frozenProblems(drawing, used),
      ...gradientProblems(drawing, used),
    ]) {
      found.push({ severity: 'warning', ...problem });
    }
  }
  if (within?.advised !== false) found.push(...advice(drawing, used));
  // Dead ends are not reported together with errors, but they exist.
  const gravest = [...found, ...(sound ? [] : loose)].map((problem) =>
    aside.has(problem) ? ({ ...problem, severity: 'error' } as const) : problem,
  );
  return { drawing, used, found, gravest };
}

const isSameDrawing = (a: NetworkDocument, b: NetworkDocument): boolean =>
  a.nodes === b.nodes &&
  a.edges === b.edges &&
  a.blocks === b.blocks &&
  a.operators === b.operators &&
  a.data === b.data &&
  a.recipe === b.recipe;

/** Reuses all results if only unchecked parts have changed, such as notes and frames. */
function withDocument(last: Memory, doc: NetworkDocument): Memory {
  const { graph } = last.result;
  const result = graph === null ? last.result : { ...last.result, graph: { ...graph, document: doc } };
  return { ...last, doc, result };
}

/** The previous wiring, if neither edges nor ports have changed. */
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

/** Infers shapes in data order; null for nodes with unknown inputs or an invalid config. */
function inferAll(
  drawing: Drawing,
  inferences: Map<string, Inference | null>,
  last: Memory | null,
  report: Report,
): void {
  const { wiring, byId, kinds } = drawing;
  let layers = 0;
  for (const id of wiring.order) {
    const node = byId.get(id) as DocumentNode;
    const kind = kinds.get(id) ?? null;
    inferences.set(id, null);
    if (kind === null) {
      report(missingBlock(node) ?? missingOperator(node) ?? unknownLayer(node));
      continue;
    }
    if (kind.problems.length > 0) {
      reportConfig(node, kind, report);
      continue;
    }
    if (kind.block === null && kind.repeat > 1) report(repeatedLayer(node, kind));
    if (kind.block?.cycle) {
      report(blockCycle(node, kind.block.cycle));
      continue;
    }
    if (kind.block !== null && kind.block.depth > MOST_DEPTH) {
      report(blocksTooDeep(node));
      continue;
    }
    if (layers > MOST_LAYERS) continue;
    const edges = wiring.into.get(id);
    const inputs: Record<string, readonly number[]> = {};
    const raw: Record<string, RawTypes[string]> = {};
    let complete = true;
    for (const port of kind.ports.inputs) {
      const from = edges?.get(port)?.from;
      const shape = from && outputsOf(drawing, from.node)?.[from.port];
      const type = from && rawOf(drawing, from.node)[from.port];
      if (shape === undefined && type === undefined) complete = false;
      if (shape !== undefined) inputs[port] = shape;
      if (type !== undefined) raw[port] = type;
    }
    if (!complete) continue;
    const inference = infer(kind, inputs, raw, last?.inferences.get(id) ?? null);
    layers += inference.inside === null ? 1 : layersInside(inference.inside);
    if (layers > MOST_LAYERS) {
      report(tooManyLayers(node));
      continue;
    }
    inferences.set(id, inference);
    if (inference.inside !== null) for (const found of insideProblems(drawing, node, inference.inside)) report(found);
    if ('outputs' in inference.result) continue;
    for (const problem of inference.result.problems) report(complaint(drawing, node, kind, inference.inputs, problem));
  }
}

/** Reports of all nodes; the previous map if no report has changed. */
function reports(
  drawn: readonly DocumentNode[],
  inferences: ReadonlyMap<string, Inference | null>,
  diagnostics: readonly Diagnostic[],
  last: ReadonlyMap<string, NodeReport>,
): ReadonlyMap<string, NodeReport> {
  const grouped = byNode(diagnostics);
  const nodes = new Map<string, NodeReport>();
  const before = last.values();
  let same = true;
  for (const node of drawn) {
    const { id } = node;
    const report = nodeReport(node, inferences.get(id) ?? null, grouped.get(id), last.get(id));
    nodes.set(id, report);
    same &&= before.next().value === report;
  }
  return same && nodes.size === last.size ? last : nodes;
}

/** The compiled layers of each node; edges from a block start at the layer inside that feeds the port. */
function allLeaves(
  { byId, wiring, inferences }: Drawing,
  last: ReadonlyMap<string, Leaves>,
): ReadonlyMap<string, Leaves> {
  const leaves = new Map<string, Leaves>();
  for (const [id, inference] of inferences) {
    if (inference === null || !('outputs' in inference.result)) continue;
    const node = byId.get(id) as DocumentNode;
    const from: Record<string, EdgeEnd> = {};
    const edges = wiring.into.get(id);
    for (const port of inference.kind.ports.inputs) {
      const end = edges?.get(port)?.from;
      if (end !== undefined) from[port] = leaves.get(end.node)?.ends?.[end.port] ?? end;
    }
    const { inside, result } = inference;
    leaves.set(
      id,
      inside === null
        ? layerLeaves(node, inference, result, from, last.get(id))
        : blockLeaves(node, inside, from, last.get(id)),
    );
  }
  return leaves;
}

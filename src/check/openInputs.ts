import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, EdgeEnd } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import type { Category, Shape } from '../layers/layer.ts';
import { isLost } from './blockProblems.ts';
import { type Drawing, nodeText, outputsOf } from './drawing.ts';
import { removeFix, setConfigFix } from './fixes.ts';
import type { NodeKind, Shapes } from './inference.ts';
import { leadingTo } from './order.ts';
import type { DraftDiagnostic, Report } from './report.ts';

/** An output at which an edge could start. */
export interface Output {
  /** True if no edge starts there yet. */
  readonly free: boolean;
  readonly source: DocumentNode;
  readonly port: string;
  /** Undefined if a problem upstream hides it. */
  readonly shape: Shape | undefined;
}

const OFFERED = 3;

/** Reports inputs without an edge, with the outputs that an expert would connect. */
export function reportOpenInputs(drawing: Drawing, report: Report): void {
  const { byId, wiring, kinds } = drawing;
  let outputs: readonly Output[] | null = null;
  for (const node of byId.values()) {
    const kind = kinds.get(node.id) ?? null;
    if (kind === null) continue;
    const edges = wiring.into.get(node.id);
    for (const port of kind.ports.inputs) {
      if (edges?.has(port) || wiring.dangling.some((edge) => edge.to.node === node.id && isLost(drawing, edge)))
        continue;
      // Fixes need all shapes, so they are computed here.
      outputs ??= drawing.offering ? allOutputs(drawing) : [];
      report(openInput(drawing, node, kind, port, outputs));
    }
  }
}

export function allOutputs(drawing: Drawing): Output[] {
  const known: Output[] = [];
  for (const source of drawing.byId.values()) {
    const free = (drawing.wiring.outOf.get(source.id) ?? []).length === 0;
    const shapes = outputsOf(drawing, source.id);
    for (const port of drawing.kinds.get(source.id)?.ports.outputs ?? []) {
      known.push({ source, port, shape: shapes?.[port], free });
    }
  }
  return known;
}

function openInput(
  drawing: Drawing,
  node: DocumentNode,
  kind: NodeKind,
  port: string,
  outputs: readonly Output[],
): DraftDiagnostic {
  const self = nodeText(node, kind.layer);
  const likely = drawing.offering ? likelyOutputs(drawing, node, kind, port, outputs) : [];
  const connections = likely.map(
    ({ source, port: from }): Fix => ({
      title: { en: `Connect “${source.name}” to “${node.name}”`, zh: `将“${source.name}”连接到“${node.name}”` },
      edits: [{ kind: 'connect', from: { node: source.id, port: from }, to: { node: node.id, port } }],
    }),
  );
  return {
    code: 'unconnected-input',
    node: node.id,
    port,
    message: {
      en: `Input “${port}” of ${self.en} is not connected. Connect another layer to it.`,
      zh: `${self.zh}的输入“${port}”没有连接。请将其他层连接到它。`,
    },
    fixes: [...connections, ...withoutInput(drawing, node, kind, port)],
  };
}

/** Fixes: one input less for a merge; no merge if one input remains; no layer if it has no edges. */
function withoutInput({ wiring }: Drawing, node: DocumentNode, kind: NodeKind, port: string): Fix[] {
  const edges = wiring.into.get(node.id) ?? new Map();
  const loose = edges.size === 0 && (wiring.outOf.get(node.id) ?? []).length === 0;
  if (loose) return [removeFix(node)];
  const { inputs } = kind.ports;
  if (kind.layer.category !== 'merge' || edges.size === 0) return [];
  if (edges.size === 1 && inputs.length === 2) return [removeFix(node)];
  const at = inputs.indexOf(port);
  const { title, edits } = setConfigFix(node, kind.layer, 'count', inputs.length - 1);
  const down: Edit[] = inputs.slice(at + 1).flatMap((later, i): Edit[] => {
    const edge = edges.get(later);
    if (edge === undefined) return [];
    const to: EdgeEnd = { node: node.id, port: inputs[at + i] ?? '' };
    return [
      { kind: 'disconnect', edges: [edge.id] },
      { kind: 'connect', from: edge.from, to },
    ];
  });
  return [{ title, edits: [...down, ...edits] }];
}

/** Categories of layers at which a shortcut may start. */
const ENDING: ReadonlySet<Category> = new Set(['activation', 'merge', 'pooling', 'blocks', 'io']);

/**
 * The outputs that fit a port, best first: unused ones, then those at which a shortcut would start, then the nearest, and
 * last those that would be broadcast. Outputs that already feed the node or lie downstream are left out. Each shape is
 * tried once, because many pasted layers have as many open inputs as free outputs.
 */
export function likelyOutputs(
  drawing: Drawing,
  node: DocumentNode,
  kind: NodeKind,
  port: string,
  outputs: readonly Output[],
): readonly Output[] {
  const edges = drawing.wiring.into.get(node.id) ?? new Map();
  const sources = [...edges.values()].map(({ from }) => from);
  const feeds = (output: Output) =>
    sources.some(({ node: id, port: from }) => id === output.source.id && from === output.port);
  const behind = nodesBehind(drawing, node.id);
  const takes = taker(drawing, node, kind, port);
  const weights = sources.length > 0 ? weightsUpTo(drawing, sources) : null;
  const rank = (output: Output): number => {
    if (output.free) return 0;
    if (output.shape !== undefined && takes(output.shape) === 'stretched') return 4;
    const between = weights?.get(output.source.id);
    const category = drawing.kinds.get(output.source.id)?.layer.category ?? 'io';
    if (between === undefined || between === 0) return 3;
    // A shortcut skips two layers with weights (He et al. 2015).
    return ENDING.has(category) ? (between >= 2 ? 1 : 2) : 3;
  };
  const best: { readonly output: Output; readonly order: readonly [number, number] }[] = [];
  for (const output of outputs) {
    if (behind.has(output.source.id) || feeds(output)) continue;
    const dx = output.source.position.x - node.position.x;
    const dy = output.source.position.y - node.position.y;
    const order = [rank(output), dx * dx + dy * dy] as const;
    const before = (other: { readonly order: readonly [number, number] }): boolean =>
      order[0] < other.order[0] || (order[0] === other.order[0] && order[1] < other.order[1]);
    const last = best.at(-1);
    if (best.length === OFFERED && last !== undefined && !before(last)) continue;
    if (output.shape === undefined ? !output.free : takes(output.shape) === 'no') continue;
    const at = best.findIndex(before);
    best.splice(at < 0 ? best.length : at, 0, { output, order });
    if (best.length > OFFERED) best.pop();
  }
  return best.map(({ output }) => output);
}

/** The node and all nodes downstream. */
function nodesBehind({ wiring }: Drawing, id: string): ReadonlySet<string> {
  const reached = new Set([id]);
  for (const at of reached) for (const { to } of wiring.outOf.get(at) ?? []) reached.add(to.node);
  return reached;
}

/** Fit of a shape at a port, given the connected inputs; `stretched` means by broadcasting. */
type Fit = 'no' | 'stretched' | 'yes';

function taker(drawing: Drawing, node: DocumentNode, kind: NodeKind, port: string): (shape: Shape) => Fit {
  const { layer, config, ports } = kind;
  const others: Record<string, Shape> = {};
  for (const [name, { from }] of drawing.wiring.into.get(node.id) ?? []) {
    const shape = outputsOf(drawing, from.node)?.[from.port];
    if (shape !== undefined) others[name] = shape;
  }
  // Only merge layers can be tried with some of their inputs.
  const whole = layer.category === 'merge' || Object.keys(others).length + 1 === ports.inputs.length;
  const tried = new Map<string, Fit>();
  return (shape) => {
    if (!whole) return 'yes';
    const key = shape.join();
    const known = tried.get(key);
    if (known !== undefined) return known;
    const given: Shapes = Object.fromEntries(
      ports.inputs.flatMap((name) => {
        const at = name === port ? shape : others[name];
        return at === undefined ? [] : [[name, at]];
      }),
    );
    const fits = fitOf(shape, given, layer.infer(given, config));
    tried.set(key, fits);
    return fits;
  };
}

function fitOf(shape: Shape, given: Shapes, result: ReturnType<NodeKind['layer']['infer']>): Fit {
  if (!('outputs' in result)) return 'no';
  const isResult = (each: Shape): boolean =>
    Object.values(result.outputs).some((output) => output.join() === each.join());
  // The other inputs already have the output shape, and this one does not.
  return !isResult(shape) && Object.values(given).some(isResult) ? 'stretched' : 'yes';
}

/** For each node upstream: the smallest number of layers with weights on a path to `ends`. */
function weightsUpTo(drawing: Drawing, ends: readonly EdgeEnd[]): ReadonlyMap<string, number> {
  const { wiring, kinds } = drawing;
  const above = leadingTo(
    ends.map(({ node }) => node),
    wiring.into,
  );
  const fewest = new Map<string, number>(ends.map(({ node }) => [node, 0]));
  for (const id of wiring.order.toReversed()) {
    const passed = fewest.get(id);
    if (passed === undefined || !above.has(id)) continue;
    const layer = kinds.get(id)?.layer;
    const own = layer?.category === 'blocks' ? 2 : layer?.featuresKey === undefined ? 0 : 1;
    for (const { from } of wiring.into.get(id)?.values() ?? []) {
      fewest.set(from.node, Math.min(fewest.get(from.node) ?? Number.POSITIVE_INFINITY, passed + own));
    }
  }
  return fewest;
}

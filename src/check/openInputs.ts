import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, EdgeEnd } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import type { Category, Shape } from '../layers/layer.ts';
import { isLost } from './blockProblems.ts';
import { type Drawing, nodeText, outputsOf } from './drawing.ts';
import { removeFix, setConfigFix } from './fixes.ts';
import type { NodeKind, Shapes } from './inference.ts';
import { leadingTo } from './order.ts';
import type { Found, Report } from './report.ts';

/** An output that an edge could begin at. */
export interface Output {
  /** Nothing uses it yet. */
  readonly free: boolean;
  readonly source: DocumentNode;
  readonly port: string;
  /** Undefined where a problem up its edges hides it. */
  readonly shape: Shape | undefined;
}

const OFFERED = 3;

/** Inputs without an edge, with the outputs that an expert would draw one from. */
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
      // Only now, when every shape is known, can a fix say what fits.
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
): Found {
  const self = nodeText(node, kind.layer);
  const likely = drawing.offering ? likelyOutputs(drawing, node, kind, port, outputs) : [];
  const connections = likely.map(
    ({ source, port: from }): Fix => ({
      title: { en: `Connect '${source.name}' to '${node.name}'`, zh: `把“${source.name}”连到“${node.name}”` },
      edits: [{ kind: 'connect', from: { node: source.id, port: from }, to: { node: node.id, port } }],
    }),
  );
  return {
    code: 'unconnected-input',
    node: node.id,
    port,
    message: {
      en: `The input '${port}' of ${self.en} is not connected. Draw a connection to it from the layer that feeds it.`,
      zh: `${self.zh} 的输入“${port}”没有连接。请从为它提供数据的层连一条线过来。`,
    },
    fixes: [...connections, ...withoutInput(drawing, node, kind, port)],
  };
}

/** A merge has an input less; with one left there is nothing to merge. A card without any edge goes. */
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

/** Layers that end a part of a network: where a shortcut begins. */
const ENDING: ReadonlySet<Category> = new Set(['activation', 'merge', 'pooling', 'blocks', 'io']);

/**
 * The outputs that fit a port, best first: those that nothing uses, then where a shortcut would begin, then the nearest, and last
 * those that would be broadcast.
 * Never one that feeds the node already, nor one behind it. In one pass, and every shape tried once: a pasted heap of
 * layers has as many open inputs as free outputs.
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
    // A shortcut passes two layers with weights (He et al. 2015).
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

/** The node and all that its data goes to. */
function nodesBehind({ wiring }: Drawing, id: string): ReadonlySet<string> {
  const reached = new Set([id]);
  for (const at of reached) for (const { to } of wiring.outOf.get(at) ?? []) reached.add(to.node);
  return reached;
}

/** Whether a port takes a shape, beside the inputs that are connected; `stretched`: by broadcasting it. */
type Fit = 'no' | 'stretched' | 'yes';

function taker(drawing: Drawing, node: DocumentNode, kind: NodeKind, port: string): (shape: Shape) => Fit {
  const { layer, config, ports } = kind;
  const others: Record<string, Shape> = {};
  for (const [name, { from }] of drawing.wiring.into.get(node.id) ?? []) {
    const shape = outputsOf(drawing, from.node)?.[from.port];
    if (shape !== undefined) others[name] = shape;
  }
  // Only what merges can be asked of some of its inputs.
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
  // The other inputs have the size of the result already, and this one does not.
  return !isResult(shape) && Object.values(given).some(isResult) ? 'stretched' : 'yes';
}

/** Of every node up the edges: the fewest layers with weights that its output passes on the way to `ends`. */
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

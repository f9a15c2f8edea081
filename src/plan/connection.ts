import type { CheckResult } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import type { DocumentNode, Edge, EdgeEnd, NetworkDocument } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { readConfig } from '../layers/config.ts';
import { inputPorts } from '../layers/layer.ts';
import { connectedPorts, type Ports } from '../layers/ports.ts';
import type { Text } from '../text.ts';
import { tryNode } from './trial.ts';

/** Verdict on an edge between two ports. */
export interface Verdict {
  /** True if the edge can be added. */
  readonly allowed: boolean;
  /** Allowed, and the shape fits or is unknown. */
  readonly fits: boolean;
  /** The edge that it would replace. */
  readonly replaces: Edge | null;
  /** Reason why it is not allowed or does not fit, or the replaced connection; null if none applies. */
  readonly reason: Text | null;
}

/** A port for the other end, with the verdict. */
export interface Candidate extends Verdict {
  readonly end: EdgeEnd;
  /** New number of inputs, if the layer has to get another port for the edge. */
  readonly grows?: number;
}

export type Side = 'input' | 'output';

/** The ports of a node; an unknown layer has the ports that its edges use. */
export function portsOf(doc: NetworkDocument, node: DocumentNode): Ports {
  const layer = layerIn(doc, node.layer);
  if (layer === undefined) return connectedPorts(node, doc.edges);
  return { inputs: inputPorts(layer, readConfig(layer.config, node.config).config), outputs: layer.outputs };
}

/** A merge layer with one more input; null if it has the maximum. */
function withInput(
  doc: NetworkDocument,
  node: DocumentNode,
): { readonly node: DocumentNode; readonly count: number } | null {
  const layer = layerIn(doc, node.layer);
  const field = layer?.config.count;
  if (layer?.inputsOf === undefined || field?.kind !== 'int') return null;
  const count = Number(readConfig(layer.config, node.config).config.count) + 1;
  return count > (field.max ?? count) ? null : { node: { ...node, config: { ...node.config, count } }, count };
}

const isAt = (a: EdgeEnd, b: EdgeEnd): boolean => a.node === b.node && a.port === b.port;

/** A network with its nodes and edges indexed, to judge many connections at once. */
interface DrawingIndex {
  readonly doc: NetworkDocument;
  readonly check: CheckResult;
  readonly byId: ReadonlyMap<string, DocumentNode>;
  /** The first edge into a port, by `node` and then `port`. */
  readonly into: ReadonlyMap<string, ReadonlyMap<string, Edge>>;
}

function read(doc: NetworkDocument, check: CheckResult): DrawingIndex {
  const into = new Map<string, Map<string, Edge>>();
  for (const edge of doc.edges) {
    const ports = into.get(edge.to.node) ?? new Map<string, Edge>();
    if (!ports.has(edge.to.port)) ports.set(edge.to.port, edge);
    into.set(edge.to.node, ports);
  }
  return { doc, check, byId: new Map(doc.nodes.map((node) => [node.id, node])), into };
}

/** The nodes downstream (or upstream) of `start`, each with its predecessor on the path. */
function reach(doc: NetworkDocument, start: string, way: 'down' | 'up'): ReadonlyMap<string, string | null> {
  const next = new Map<string, string[]>();
  for (const { from, to } of doc.edges) {
    const [a, b] = way === 'down' ? [from.node, to.node] : [to.node, from.node];
    const others = next.get(a);
    if (others === undefined) next.set(a, [b]);
    else others.push(b);
  }
  const reached = new Map<string, string | null>([[start, null]]);
  for (const [id] of reached) {
    for (const other of next.get(id) ?? []) if (!reached.has(other)) reached.set(other, id);
  }
  return reached;
}

/** The path from `id` back to the start. */
function trail(reached: ReadonlyMap<string, string | null>, id: string): string[] {
  const path: string[] = [];
  for (let at: string | null | undefined = id; at !== null && at !== undefined; at = reached.get(at)) path.push(at);
  return path;
}

/** Problem that the shape rule at `to` would report; null if a shape is unknown. */
function misfit({ doc, check, byId, into }: DrawingIndex, from: EdgeEnd, to: EdgeEnd): Text | null {
  const node = byId.get(to.node);
  if (node === undefined) return null;
  const { reason } = tryNode(doc, node, (port) => {
    const end = port === to.port ? from : into.get(to.node)?.get(port)?.from;
    return end && { shape: check.nodes.get(end.node)?.outputs[end.port], from: byId.get(end.node)?.name ?? port };
  });
  return reason;
}

const no = (reason: Text): Verdict => ({ allowed: false, fits: false, replaces: null, reason });
const joined = (a: Text | null, b: Text | null): Text | null =>
  a && b ? { en: `${a.en} ${b.en}`, zh: `${a.zh}${b.zh}` } : (a ?? b);

/** Verdict on an edge. `path` leads from the target to the source, if there is such a path. */
function judge(index: DrawingIndex, from: EdgeEnd, to: EdgeEnd, path: readonly string[] | null): Verdict {
  const name = (id: string): string => index.byId.get(id)?.name ?? id;
  if (from.node === to.node) {
    return no({
      en: `A layer cannot connect to itself: “${name(from.node)}”.`,
      zh: `“${name(from.node)}”不能连接到自身。`,
    });
  }
  if (isPort(from.node) && isPort(to.node)) {
    return no({
      en: `A block’s input (“${name(from.node)}”) cannot connect directly to its output. Insert a layer between them.`,
      zh: `块的输入“${name(from.node)}”不能直接连接到块的输出。请在中间插入一个层。`,
    });
  }
  if (path !== null) {
    const circle = [from.node, ...path].map(name).join(' → ');
    return no({ en: `This connection would form a loop: ${circle}.`, zh: `这条连线会形成环路：${circle}。` });
  }
  const before = index.into.get(to.node)?.get(to.port) ?? null;
  if (before !== null && isAt(before.from, from)) {
    return no({
      en: `“${name(from.node)}” is already connected to “${name(to.node)}”.`,
      zh: `“${name(from.node)}”已连接到“${name(to.node)}”。`,
    });
  }
  const wrong = misfit(index, from, to);
  const replaced: Text | null =
    before === null
      ? null
      : {
          en: `Replaces the connection from “${name(before.from.node)}”.`,
          zh: `将取代来自“${name(before.from.node)}”的连线。`,
        };
  return { allowed: true, fits: wrong === null, replaces: before, reason: joined(wrong, replaced) };
}

/** Verdict on an edge from an output to an input. */
export function judgeConnection(doc: NetworkDocument, check: CheckResult, from: EdgeEnd, to: EdgeEnd): Verdict {
  const up = reach(doc, from.node, 'up');
  return judge(read(doc, check), from, to, up.has(to.node) ? trail(up, to.node) : null);
}

/** All ports at which an edge from `fixed` could end, in the order of the document. */
export function candidatesFor(
  doc: NetworkDocument,
  check: CheckResult,
  fixed: EdgeEnd,
  side: Side,
): readonly Candidate[] {
  const index = read(doc, check);
  const reached = reach(doc, fixed.node, side === 'output' ? 'up' : 'down');
  return doc.nodes.flatMap((node) => {
    const circle = reached.has(node.id) ? trail(reached, node.id) : null;
    const ports = portsOf(doc, node);
    const full = ports.inputs.every((port) => index.into.get(node.id)?.has(port));
    const grown = side === 'output' && full && node.id !== fixed.node ? withInput(doc, node) : null;
    const more = (larger: NonNullable<typeof grown>): Candidate => {
      const end = { node: node.id, port: portsOf(doc, larger.node).inputs.at(-1) ?? '' };
      const with1 = { ...index, byId: new Map(index.byId).set(node.id, larger.node) };
      return { end, ...judge(with1, fixed, end, circle), grows: larger.count };
    };
    const own = (side === 'output' ? ports.inputs : ports.outputs).map((port): Candidate => {
      const end = { node: node.id, port };
      const verdict =
        side === 'output' ? judge(index, fixed, end, circle) : judge(index, end, fixed, circle?.toReversed() ?? null);
      return { end, ...verdict };
    });
    return grown === null ? own : [...own, more(grown)];
  });
}

/** Rank of a verdict, lower is better: fits a free port, does not fit it, replaces an edge, is not allowed. */
export const rankOf = ({ allowed, fits, replaces }: Verdict): number =>
  allowed ? (replaces === null ? 0 : 2) + (fits ? 0 : 1) : 4;

/** The best port of a node for an edge that is dropped on its card. */
export function bestPort<C extends Candidate>(candidates: readonly C[], node: string): C | null {
  const own = candidates.filter(({ end }) => end.node === node);
  return own.reduce<C | null>((best, next) => (best && rankOf(best) <= rankOf(next) ? best : next), null);
}

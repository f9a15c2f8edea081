import type { Edge, NetworkDocument } from '../graph/document.ts';

/** The edges of a document in data order, with their problems. */
export interface Wiring {
  /** Node ids in data order, without nodes on or after a cycle. */
  readonly order: readonly string[];
  /** The edge into each input port, by node and then port. */
  readonly into: ReadonlyMap<string, ReadonlyMap<string, Edge>>;
  readonly outOf: ReadonlyMap<string, readonly Edge[]>;
  /** Edges with a node or port that does not exist. */
  readonly dangling: readonly Edge[];
  /** Further edges into a port that already has one. */
  readonly surplus: readonly Edge[];
  /** One cycle, as edges in order; null if there is none. */
  readonly cycle: readonly Edge[] | null;
}

/** Reads the edges. `hasPort` is true if a node has an input or output port of that name, and for unknown layers. */
export function readWiring(
  { nodes, edges }: Pick<NetworkDocument, 'nodes' | 'edges'>,
  hasPort: (node: string, side: 'inputs' | 'outputs', port: string) => boolean,
): Wiring {
  const ids = new Set(nodes.map((node) => node.id));
  const into = new Map<string, Map<string, Edge>>();
  const outOf = new Map<string, Edge[]>();
  for (const id of ids) {
    into.set(id, new Map());
    outOf.set(id, []);
  }
  const dangling: Edge[] = [];
  const surplus: Edge[] = [];
  for (const edge of edges) {
    const { from, to } = edge;
    const present = ids.has(from.node) && ids.has(to.node);
    if (!present || !hasPort(from.node, 'outputs', from.port) || !hasPort(to.node, 'inputs', to.port)) {
      dangling.push(edge);
      continue;
    }
    const ports = into.get(to.node);
    if (ports?.has(to.port)) {
      surplus.push(edge);
      continue;
    }
    ports?.set(to.port, edge);
    outOf.get(from.node)?.push(edge);
  }
  const order = sort([...ids], into, outOf);
  const cycle = order.length === ids.size ? null : findCycle([...ids], new Set(order), into);
  return { order, into, outOf, dangling, surplus, cycle };
}

/** Topological order (Kahn 1962); independent nodes keep the order of the document. */
function sort(
  ids: readonly string[],
  into: ReadonlyMap<string, ReadonlyMap<string, Edge>>,
  outOf: ReadonlyMap<string, readonly Edge[]>,
): string[] {
  const waiting = new Map(ids.map((id) => [id, into.get(id)?.size ?? 0]));
  const order = ids.filter((id) => waiting.get(id) === 0);
  for (let i = 0; i < order.length; i++) {
    for (const { to } of outOf.get(order[i]) ?? []) {
      const left = (waiting.get(to.node) ?? 0) - 1;
      waiting.set(to.node, left);
      if (left === 0) order.push(to.node);
    }
  }
  return order;
}

/** Finds a cycle by walking backwards over unsorted nodes until one repeats. */
function findCycle(
  ids: readonly string[],
  sorted: ReadonlySet<string>,
  into: ReadonlyMap<string, ReadonlyMap<string, Edge>>,
): readonly Edge[] | null {
  let at = ids.find((id) => !sorted.has(id));
  const path: Edge[] = [];
  const seenAt = new Map<string, number>();
  while (at !== undefined && !seenAt.has(at)) {
    seenAt.set(at, path.length);
    const edge: Edge | undefined = [...(into.get(at)?.values() ?? [])].find(({ from }) => !sorted.has(from.node));
    if (edge === undefined) return null;
    path.push(edge);
    at = edge.from.node;
  }
  return at === undefined ? null : path.slice(seenAt.get(at)).reverse();
}

/** The ids of the nodes from which `targets` can be reached, targets included. */
export function leadingTo(
  targets: readonly string[],
  into: ReadonlyMap<string, ReadonlyMap<string, Edge>>,
): ReadonlySet<string> {
  const reached = new Set(targets);
  for (const id of reached) for (const { from } of into.get(id)?.values() ?? []) reached.add(from.node);
  return reached;
}

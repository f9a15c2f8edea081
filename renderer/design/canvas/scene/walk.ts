import { readWiring } from '../../../../src/check/order.ts';
import type { DocumentNode, NetworkDocument } from '../../../../src/graph/document.ts';

export type Way = 'up' | 'down' | 'left' | 'right';

/** Ids of all selectable items in keyboard order: layers in data order, then notes, then frames. */
export function keyboardOrder(doc: NetworkDocument): readonly string[] {
  const { order } = readWiring(doc, () => true);
  const sorted = new Set(order);
  const inCircles = doc.nodes.map(({ id }) => id).filter((id) => !sorted.has(id));
  return [...order, ...inCircles, ...doc.notes.map(({ id }) => id), ...doc.frames.map(({ id }) => id)];
}

const nearestTo = (node: DocumentNode, others: readonly DocumentNode[]): DocumentNode | undefined =>
  others.toSorted((a, b) => distance(node, a) - distance(node, b))[0];
const distance = (a: DocumentNode, b: DocumentNode): number =>
  Math.hypot(a.position.x - b.position.x, a.position.y - b.position.y);

/**
 * The neighbor of `id` in a direction. Along the data flow: the nearest connected layer. Across it: the next parallel
 * branch, a layer with the same source or the same target.
 */
export function walk(doc: NetworkDocument, id: string, way: Way): string | null {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return null;
  const named = (ids: readonly string[]): readonly DocumentNode[] =>
    doc.nodes.filter((other) => ids.includes(other.id));
  const sources = (of: string) => doc.edges.filter(({ to }) => to.node === of).map(({ from }) => from.node);
  const targets = (of: string) => doc.edges.filter(({ from }) => from.node === of).map(({ to }) => to.node);
  const [along, back] = doc.direction === 'down' ? (['down', 'up'] as const) : (['right', 'left'] as const);
  if (way === along) return nearestTo(node, named(targets(id)))?.id ?? null;
  if (way === back) return nearestTo(node, named(sources(id)))?.id ?? null;
  const axis = doc.direction === 'down' ? 'x' : 'y';
  const step = way === 'right' || way === 'down' ? 1 : -1;
  const beside = new Set([...sources(id).flatMap(targets), ...targets(id).flatMap(sources)]);
  const further = named([...beside]).filter(
    (other) => other.id !== id && Math.sign(other.position[axis] - node.position[axis]) === step,
  );
  return nearestTo(node, further)?.id ?? null;
}

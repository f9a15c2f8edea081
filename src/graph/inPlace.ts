import type { DocumentNode, NetworkDocument } from './document.ts';

/** The document with one node changed; the same document if there is no such node or no change. */
export function changeNode(
  doc: NetworkDocument,
  id: string,
  change: (node: DocumentNode) => DocumentNode,
): NetworkDocument {
  const at = doc.nodes.findIndex((node) => node.id === id);
  const before = doc.nodes[at];
  if (before === undefined) return doc;
  const after = change(before);
  return after === before ? doc : { ...doc, nodes: doc.nodes.with(at, after) };
}

/** The list with `item` replacing the one with its id, or added at the end. */
export function withItem<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  const at = items.findIndex(({ id }) => id === item.id);
  return at < 0 ? [...items, item] : items.with(at, item);
}

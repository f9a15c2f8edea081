import type { DocumentNode, NetworkDocument } from './document.ts';

/** The document with one node changed; the same document when there is no such node, or nothing changes. */
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

/** The list with `item` in the place of the one that has its id, or at the end. */
export function withItem<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  const at = items.findIndex(({ id }) => id === item.id);
  return at < 0 ? [...items, item] : items.with(at, item);
}

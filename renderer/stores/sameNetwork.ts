import type { DocumentNode, NetworkDocument } from '../../src/graph/document.ts';

const sameNode = (a: DocumentNode, b: DocumentNode): boolean =>
  a === b ||
  (a.id === b.id &&
    a.layer === b.layer &&
    a.name === b.name &&
    (a.frozen ?? false) === (b.frozen ?? false) &&
    (a.config === b.config || JSON.stringify(a.config) === JSON.stringify(b.config)));

/** Whether both compile to the same: layers and wires, whatever the places, notes and recipe are. */
export function sameNetwork(a: NetworkDocument, b: NetworkDocument): boolean {
  if (a === b) return true;
  if (a.nodes.length !== b.nodes.length || a.edges.length !== b.edges.length) return false;
  const nodes = new Map(b.nodes.map((node) => [node.id, node]));
  const edges = new Set(b.edges.map((edge) => edge.id));
  return (
    a.nodes.every((node) => {
      const other = nodes.get(node.id);
      return other !== undefined && sameNode(node, other);
    }) && a.edges.every((edge) => edges.has(edge.id))
  );
}

const sameButPlace = (a: DocumentNode, b: DocumentNode | undefined): boolean =>
  a === b ||
  (a.id === b?.id && a.layer === b.layer && a.name === b.name && a.config === b.config && a.frozen === b.frozen);

/**
 * Whether the documents, one an edit of the other, differ in nothing that a check looks at. Compares objects, not what is
 * in them: it is asked at every step of a drag.
 */
export const samePlacesAside = (a: NetworkDocument, b: NetworkDocument): boolean =>
  a.edges === b.edges &&
  (a.nodes === b.nodes ||
    (a.nodes.length === b.nodes.length && a.nodes.every((node, index) => sameButPlace(node, b.nodes[index]))));

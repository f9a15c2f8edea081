import type { BlockDefinition, DocumentNode, NetworkDocument } from '../../../src/graph/document.ts';

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges'>;

const portsOf = ({ inputs, outputs, exposed }: BlockDefinition): string =>
  JSON.stringify([inputs.map(({ name, to }) => [name, to]), outputs.map(({ name, from }) => [name, from]), exposed]);

/** True for the same blocks in the same order, with insides equal by `sameInside`. */
const sameBlocks = (
  a: NetworkDocument['blocks'],
  b: NetworkDocument['blocks'],
  sameInside: (a: BlockDefinition, b: BlockDefinition) => boolean,
): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((block, i) => {
      const other = b[i];
      if (block === other) return true;
      return block.id === other?.id && sameInside(block, other) && portsOf(block) === portsOf(other);
    }));

/** The same node but for its place, and for being drawn open. */
export const sameButPlace = (a: DocumentNode, b: DocumentNode | undefined): boolean =>
  a === b ||
  (a.id === b?.id &&
    a.layer === b.layer &&
    a.name === b.name &&
    a.config === b.config &&
    a.frozen === b.frozen &&
    a.repeat === b.repeat);

const samePlacesAsideIn = (a: Drawing, b: Drawing): boolean =>
  a.edges === b.edges &&
  (a.nodes === b.nodes ||
    (a.nodes.length === b.nodes.length && a.nodes.every((node, index) => sameButPlace(node, b.nodes[index]))));

/**
 * True if two documents, one an edit of the other, differ in nothing that affects the check. It compares objects by
 * identity, because it runs at each step of a drag.
 */
export const samePlacesAside = (a: NetworkDocument, b: NetworkDocument): boolean =>
  a.data === b.data &&
  a.recipe === b.recipe &&
  samePlacesAsideIn(a, b) &&
  sameBlocks(a.blocks, b.blocks, (one, other) => one.title === other.title && samePlacesAsideIn(one, other));

import {
  type Config,
  type DocumentNode,
  type Edge,
  emptyDocument,
  type NetworkDocument,
} from '../src/graph/document.ts';
import { edgeId } from '../src/graph/edges.ts';

/** Distance of neighboring nodes on the canvas. */
const COLUMN = 250;
const ROW = 110;

export type Row = readonly [name: string, layer: string, config?: Config];

/**
 * A network without branches outside its blocks: columns of nodes from top to bottom, each fed by the one before it.
 */
export function chain(
  columns: readonly (readonly Row[])[],
  settings: Partial<NetworkDocument> & Pick<NetworkDocument, 'name'>,
): NetworkDocument {
  const nodes = columns.flatMap((rows, column) =>
    rows.map(([name, layer, config = {}], row): DocumentNode => {
      return { id: name, layer, name, config, position: { x: COLUMN * column, y: ROW * row } };
    }),
  );
  const edges = nodes.slice(1).map((node, i): Edge => {
    const from = { node: (nodes[i] as DocumentNode).id, port: 'y' };
    const to = { node: node.id, port: 'x' };
    return { id: edgeId(from, to), from, to };
  });
  return { ...emptyDocument, ...settings, nodes, edges };
}

/** Splits the rows into columns of at most `height`. */
export const inColumns = (rows: readonly Row[], height: number): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / height) }, (_, i) => rows.slice(i * height, (i + 1) * height));

import type { Config, DocumentNode } from './document.ts';
import type { Edit } from './edits.ts';

// Nodes and edits in few words, for the drawings of tests.

/** A node at the origin whose name is its id. */
export const node = (id: string, layer = 'relu', more: Partial<DocumentNode> = {}): DocumentNode => ({
  id,
  layer,
  name: id,
  config: {},
  position: { x: 0, y: 0 },
  ...more,
});

export const add = (id: string, layer = 'relu', config: Config = {}): Edit => ({
  kind: 'addNode',
  node: node(id, layer, { config }),
});

/** Connects output “y” of one node to an input of another. */
export const connect = (from: string, to: string, port = 'x'): Edit => ({
  kind: 'connect',
  from: { node: from, port: 'y' },
  to: { node: to, port },
});

import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';

/** What stands at a path of the drawing: one layer, or a block with the layers inside. */
export interface Looked {
  readonly path: string;
  /** The layer at the path; null where it is a block. */
  readonly layer: CheckedNode | null;
  /** The layer whose output leaves the block; the layer itself where it is one. */
  readonly end: CheckedNode;
}

/**
 * Finds a layer by its path (`stage2/block1/conv1`), or a block by the path of what is inside it. Of a block with several
 * outputs it is the one that is computed last. Null where nothing is called so.
 */
export function lookedAt({ nodes }: CheckedGraph, path: string): Looked | null {
  const layer = nodes.find(({ node }) => node.name === path) ?? null;
  if (layer !== null) return { path, layer, end: layer };
  const inside = new Set(nodes.filter(({ node }) => node.name.startsWith(`${path}/`)).map(({ node }) => node.id));
  const leaving = new Set<string>();
  for (const { node, from } of nodes) {
    if (inside.has(node.id)) continue;
    for (const end of Object.values(from)) if (inside.has(end.node)) leaving.add(end.node);
  }
  const end = nodes.findLast(({ node }) => leaving.has(node.id)) ?? nodes.findLast(({ node }) => inside.has(node.id));
  return end === undefined ? null : { path, layer: null, end };
}

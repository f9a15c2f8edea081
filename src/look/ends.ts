import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';

/** The item at a path of the network: one layer, or a block with its layers. */
export interface LookTarget {
  readonly path: string;
  /** The layer at the path; null for a block. */
  readonly layer: CheckedNode | null;
  /** The layer whose output is the output of the block; for a layer, the layer itself. */
  readonly end: CheckedNode;
}

/**
 * Finds a layer or block by its path (`stage2/block1/conv1`). If a block has several outputs, the end is the one
 * computed last. Null for an unknown path.
 */
export function lookedAt({ nodes }: CheckedGraph, path: string): LookTarget | null {
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

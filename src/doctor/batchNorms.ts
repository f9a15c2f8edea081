import type { CheckedNode } from '../check/checkedGraph.ts';

/** Batch norm layers that use the statistics of the batch in training; frozen ones use their running statistics. */
export const trainedBatchNorms = (nodes: readonly CheckedNode[]): readonly CheckedNode[] =>
  nodes.filter(({ layer, node }) => layer.overBatch !== undefined && node.frozen !== true);

import type { CheckedNode } from '../check/checkedGraph.ts';

/** The batch norms that train on statistics of the batch; frozen ones use their running statistics. */
export const trainedBatchNorms = (nodes: readonly CheckedNode[]): readonly CheckedNode[] =>
  nodes.filter(
    ({ layer, node }) => (layer.type === 'batchNorm1d' || layer.type === 'batchNorm2d') && node.frozen !== true,
  );

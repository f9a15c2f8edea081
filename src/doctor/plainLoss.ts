import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';

/** Label smoothing of an output: fraction of the target spread over all classes. */
export const smoothingOf = ({ layer, config }: CheckedNode): number =>
  layer.output?.classes?.isEntropy(config) ? ((config.labelSmoothing as number | undefined) ?? 0) : 0;

/**
 * The network without label smoothing. The lowest possible loss depends on label smoothing, so networks that differ in it
 * could not be compared.
 */
export const withPlainLoss = (graph: CheckedGraph): CheckedGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    smoothingOf(node) > 0 ? { ...node, config: { ...node.config, labelSmoothing: 0 } } : node,
  ),
});

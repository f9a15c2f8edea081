import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';

/** Share of the target that a classifier spreads over all classes. */
export const smoothingOf = ({ layer, config }: CheckedNode): number =>
  layer.type === 'classifier' && config.loss === 'crossEntropy' ? (config.labelSmoothing as number) : 0;

/**
 * The network with a loss that is the same for all label smoothings: each has a lowest value of its own, so networks that
 * differ in it could not be compared.
 */
export const withPlainLoss = (graph: CheckedGraph): CheckedGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    smoothingOf(node) > 0 ? { ...node, config: { ...node.config, labelSmoothing: 0 } } : node,
  ),
});

import type { CheckedNode } from '../check/checkedGraph.ts';
import { usesBatch } from '../graph/frozenBatchNorm.ts';
import type { Patient } from './patient.ts';

/** Batch norm layers that use the statistics of the batch in training. */
export const trainedBatchNorms = ({ nodes, recipe }: Pick<Patient, 'nodes' | 'recipe'>): readonly CheckedNode[] =>
  nodes.filter(({ layer, node }) => layer.overBatch !== undefined && usesBatch(node, recipe));

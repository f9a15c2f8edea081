import { z } from 'zod';
import { measured } from '../runs/measured.ts';

/** What the engine measures for the doctor: plain JSON, told in src/protocol. */

const count = z.int().nonnegative();

/** Of the data alone. */
const dataEvidence = z.object({
  train: count,
  validation: count,
  /** Samples by class in both splits; null where there are no classes. */
  classes: z.object({ train: z.array(count), validation: z.array(count) }).nullable(),
  /** Validation samples whose inputs are also in the training split, number by number. */
  shared: count,
  /** Those of `looked` validation samples that are no copies, but as near to a training sample as noise. */
  near: count,
  looked: count,
  /** Different inputs in both splits together. */
  distinct: count,
  /**
   * How well a sample's nearest neighbour tells its answer: the share that has the same class, or the share of the
   * variance that it explains; `chance` is what random answers would give, `error` the standard error of that.
   */
  neighbours: z.object({ samples: count, agree: measured, chance: measured, error: measured }).nullable(),
  /** Of all numbers that go into the network. */
  inputs: z.object({ mean: measured, std: measured, largest: measured }),
});
export type DataEvidence = z.infer<typeof dataEvidence>;

const parameter = z.object({
  name: z.string(),
  /** Id of the layer; of one inside blocks the ids of the way there, with slashes. */
  node: z.string(),
  role: z.enum(['weight', 'bias', 'norm']),
  size: count,
  /** Euclidean norms. */
  gradient: measured,
  weight: measured,
});
export type ExaminedParameter = z.infer<typeof parameter>;

const activation = z.object({
  node: z.string(),
  name: z.string(),
  kind: z.enum(['relu', 'sigmoid', 'tanh']),
  units: count,
  /** ReLU: units that are 0 for every sample of the batch, at every place. */
  dead: count,
  /** Sigmoid and tanh: share of results at either end, where the slope is next to nothing. */
  saturated: measured,
  /** How far the samples of the batch are apart: the standard deviation of a result over them, units together. */
  spread: measured,
});
export type ExaminedActivation = z.infer<typeof activation>;

/** Of the network, on one batch of training samples. */
const networkEvidence = z.object({
  batch: count,
  /** Of the same samples, in the two modes. */
  trainingLoss: measured,
  predictionLoss: measured,
  /**
   * In prediction mode: accuracy, or the share of the variance that is explained; on the batch and on samples of the
   * validation split.
   */
  score: z.object({ train: measured, validation: measured }),
  /** How often the first output said each class to those validation samples; null where it says numbers. */
  predicted: z.array(count).nullable(),
  parameters: z.array(parameter),
  activations: z.array(activation),
  /**
   * The training loss of the batch after one step along its own gradient, at `factor` times the learning rate: as the
   * first step of the optimizer would be. Not finite where that step breaks the network.
   */
  trials: z.array(z.object({ factor: measured, loss: measured })),
});
export type NetworkEvidence = z.infer<typeof networkEvidence>;

export const examination = z.object({
  data: dataEvidence,
  network: networkEvidence.nullable(),
  /** Why there is nothing of the network: it is too large to be examined beside a run, or its weights are not there. */
  without: z.enum(['large', 'weights']).nullable(),
  /** What it took. */
  seconds: measured,
});
export type Examination = z.infer<typeof examination>;

import { z } from 'zod';
import { measured } from '../runs/measured.ts';

/** Measurements of the engine for the diagnosis, as plain JSON (src/protocol). */

const count = z.int().nonnegative();

/** Measurements of the dataset. */
const dataEvidence = z.object({
  train: count,
  validation: count,
  /** Samples per class in the training and validation set; null without classes. */
  classes: z.object({ train: z.array(count), validation: z.array(count) }).nullable(),
  /** Number of validation samples whose inputs are exactly those of a training sample. */
  shared: count,
  /** Number of near duplicates of training samples among `looked` validation samples, without exact ones. */
  near: count,
  looked: count,
  /** Number of different inputs in both sets together. */
  distinct: count,
  /**
   * Agreement of targets between nearest neighbors: the fraction with the same class, or the fraction of the variance
   * explained. `chance`: its value for random targets; `error`: the standard error of that.
   */
  neighbors: z.object({ samples: count, agree: measured, chance: measured, error: measured }).nullable(),
  /** Statistics of all input values. */
  inputs: z.object({ mean: measured, std: measured, largest: measured }),
});
export type DataEvidence = z.infer<typeof dataEvidence>;

const parameter = z.object({
  name: z.string(),
  /** Id of the layer; inside blocks, the path of ids, with slashes. */
  node: z.string(),
  role: z.enum(['weight', 'bias', 'norm']),
  size: count,
  /** Euclidean norms of gradient and weight. */
  gradient: measured,
  weight: measured,
});
export type ExaminedParameter = z.infer<typeof parameter>;

const activation = z.object({
  node: z.string(),
  name: z.string(),
  /** How the activation stops passing gradients on. */
  kind: z.enum(['dies', 'saturates']),
  units: count,
  /** Where units die: number of units that are 0 for all samples of the batch, at all positions. */
  dead: count,
  /** Where it saturates: fraction of outputs near either limit, where the slope is almost 0. */
  saturated: measured,
  /** Difference between samples: standard deviation of the outputs over the batch, over all units. */
  spread: measured,
});
export type ExaminedActivation = z.infer<typeof activation>;

/** Measurements of the network, on one batch of training samples. */
const networkEvidence = z.object({
  batch: count,
  /** Loss of the same samples in training mode; `predictionLoss` in prediction mode. */
  trainingLoss: measured,
  predictionLoss: measured,
  /**
   * In prediction mode: accuracy, or the fraction of the variance explained, on the batch and on samples of the
   * validation set.
   */
  score: z.object({ train: measured, validation: measured }),
  /** Number of predictions of each class by the first output on those validation samples; null for regression. */
  predicted: z.array(count).nullable(),
  parameters: z.array(parameter),
  activations: z.array(activation),
  /**
   * Training loss of the batch after one step along its own gradient, at `factor` times the learning rate, like the
   * first step of the optimizer. Not finite if that step makes the weights overflow.
   */
  trials: z.array(z.object({ factor: measured, loss: measured })),
});
export type NetworkEvidence = z.infer<typeof networkEvidence>;

export const examination = z.object({
  data: dataEvidence,
  network: networkEvidence.nullable(),
  /** Reason why `network` is null: too large to measure during a run, or weights missing. */
  without: z.enum(['large', 'weights']).nullable(),
  /** Duration of the measurement. */
  seconds: measured,
});
export type Examination = z.infer<typeof examination>;

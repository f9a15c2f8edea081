import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { measured } from '../runs/measured.ts';
import { checkpointRef } from '../runs/record.ts';

const floats = z.instanceof(Float32Array);

/** A network with the weights of checkpoint `at`, or by default with the current weights of the engine. */
export const network = { document: documentSchema, at: checkpointRef.optional() };

const scores = z.object({ precision: measured, recall: measured, f1: measured });

/** Metrics of one output; those that do not apply to its kind of predictions are null or empty. */
const outputEvaluation = z.object({
  /** Name of the node. */
  name: z.string(),
  answers: z.enum(['class', 'binary', 'numbers']),
  accuracy: measured.nullable(),
  /** Cells of the confusion matrix that are not 0. For binary outputs, no is class 0 and yes class 1. */
  cells: z.array(z.object({ truth: z.int(), predicted: z.int(), count: z.int() })),
  /** Scores per class; `support` is the number of samples of the class. */
  classes: z.array(scores.extend({ support: z.int() })),
  /** Means over the classes: unweighted, and weighted by the number of samples. */
  macro: scores.nullable(),
  weighted: scores.nullable(),
  /** Top-k accuracies: fractions of samples whose true class is among the `k` most probable ones. */
  topK: z.array(z.object({ k: z.int(), accuracy: measured })),
  /** Mean squared error, mean absolute error, and the fraction of the target variance explained. */
  regression: z.object({ mse: measured, mae: measured, r2: measured }).nullable(),
});
export type OutputEvaluation = z.infer<typeof outputEvaluation>;

/** Metrics of the first output, and of every output. */
const evaluation = outputEvaluation.omit({ name: true, answers: true }).extend({
  loss: measured,
  outputs: z.array(outputEvaluation),
});
export type Evaluation = z.infer<typeof evaluation>;

/** All predictions of an output (src/metrics/predictionLog.ts), and its calibration. */
const outputResults = outputEvaluation.extend({
  width: z.int().positive(),
  predicted: floats,
  truth: floats,
  probability: floats,
  trueProbability: floats,
  loss: floats,
  /** Null for regression. */
  calibration: z
    .object({
      bins: z.array(z.object({ count: z.int(), confidence: measured, accuracy: measured })),
      ece: measured,
      gap: measured,
    })
    .nullable(),
});
export type OutputResults = z.infer<typeof outputResults>;

/** Run and step of the weights; null if unknown. */
const made = z.object({ run: z.string().nullable(), step: z.int().nullable(), epoch: z.int() }).nullable();

const results = z.object({
  loss: measured,
  outputs: z.array(outputResults),
  /** Indices of the samples, in the order of the predictions. */
  indices: z.instanceof(Uint32Array),
  /** True if every layer has trained or loaded weights. */
  trained: z.boolean(),
  made,
  /** Duration in milliseconds. */
  took: measured,
});
export type Results = z.infer<typeof results>;

/** Predictions of one output, sample by sample: class probabilities, the probability of yes, or numbers. */
const prediction = z.object({
  /** Name of the node. */
  name: z.string(),
  answers: z.enum(['class', 'binary', 'numbers']),
  values: floats,
});
export type OutputPrediction = z.infer<typeof prediction>;

export const resultCalls = {
  /** Predicts one or more samples with every output. `input`: consecutive samples, each `[C, H, W]` flattened. */
  predict: {
    args: z.object({ ...network, input: floats }),
    answer: z.object({
      outputs: z.array(prediction),
      /** False if at least one weight has its initial value. */
      trained: z.boolean(),
    }),
  },
  /** Computes loss, accuracy and confusion matrix on the validation set. */
  evaluate: { args: z.object(network), answer: evaluation },
  /**
   * Like `evaluate`, on the test set. Counts how often this was asked for the run of the weights; without a kept run, for the
   * dataset since the engine started. Refused where there is no test set.
   */
  evaluateTest: {
    args: z.object(network),
    answer: z.object({ evaluation, samples: z.int(), asked: z.int(), made }),
  },
  /** Like `evaluate`, with the prediction for every sample. */
  results: { args: z.object(network), answer: results },
};

import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { measured } from '../runs/measured.ts';
import { checkpointRef } from '../runs/record.ts';

const floats = z.instanceof(Float32Array);

/** A network with the weights of that checkpoint; absent: with those that the engine holds. */
export const network = { document: documentSchema, at: checkpointRef.optional() };

const scores = z.object({ precision: measured, recall: measured, f1: measured });

/** How good one output of the network is; what makes no sense for its kind of answers is null or empty. */
const outputEvaluation = z.object({
  /** The node's name. */
  name: z.string(),
  answers: z.enum(['class', 'binary', 'numbers']),
  accuracy: measured.nullable(),
  /** Rows are true classes, columns predicted ones; counts. Of yes and no: no is class 0, yes class 1. */
  confusion: z.array(z.array(z.int())),
  /** By class; `support` is the number of samples that truly are of it. */
  classes: z.array(scores.extend({ support: z.int() })),
  /** Means over the classes: of all alike, and each as often as it occurs. */
  macro: scores.nullable(),
  weighted: scores.nullable(),
  /** The share of samples whose true class is among the `k` with the highest scores. */
  topK: z.array(z.object({ k: z.int(), accuracy: measured })),
  /** Mean squared and absolute error, and the share of the answers' variance that is explained. */
  regression: z.object({ mse: measured, mae: measured, r2: measured }).nullable(),
});
export type OutputEvaluation = z.infer<typeof outputEvaluation>;

/** All that can be said of the first output, and every output on its own. */
const evaluation = outputEvaluation.omit({ name: true, answers: true }).extend({
  loss: measured,
  outputs: z.array(outputEvaluation),
});
export type Evaluation = z.infer<typeof evaluation>;

/** Every answer of an output (src/metrics/answerLog.ts), and whether its probabilities come true. */
const outputResults = outputEvaluation.extend({
  width: z.int().positive(),
  predicted: floats,
  truth: floats,
  probability: floats,
  trueProbability: floats,
  loss: floats,
  /** Null where the answers are numbers. */
  calibration: z
    .object({
      bins: z.array(z.object({ count: z.int(), confidence: measured, accuracy: measured })),
      ece: measured,
      gap: measured,
    })
    .nullable(),
});
export type OutputResults = z.infer<typeof outputResults>;

const results = z.object({
  loss: measured,
  outputs: z.array(outputResults),
  /** The samples, in the order of the answers. */
  indices: z.instanceof(Uint32Array),
  /** Every layer has weights that were trained or loaded. */
  trained: z.boolean(),
  /** When in which run the weights were made; null where that is not known. */
  made: z.object({ run: z.string().nullable(), step: z.int().nullable(), epoch: z.int() }).nullable(),
  /** Milliseconds that it took. */
  took: measured,
});
export type Results = z.infer<typeof results>;

/** Predictions of one output, sample by sample: probabilities of the classes, the probability of yes, or numbers. */
const prediction = z.object({
  /** The node's name. */
  name: z.string(),
  answers: z.enum(['class', 'binary', 'numbers']),
  values: floats,
});
export type OutputPrediction = z.infer<typeof prediction>;

export const resultCalls = {
  /** Predictions of every output for one or more samples: each `[C, H, W]` flattened, one behind the other. */
  predict: {
    args: z.object({ ...network, input: floats }),
    answer: z.object({
      outputs: z.array(prediction),
      /** False when the weights are still the untrained initial ones. */
      trained: z.boolean(),
    }),
  },
  /** Loss, accuracy and confusion matrix over the validation split. */
  evaluate: { args: z.object(network), answer: evaluation },
  /** The same, with the answer for every sample. */
  results: { args: z.object(network), answer: results },
};

import { z } from 'zod';
import type { OptimizerKind } from '../graph/recipe.ts';
import { measured } from '../runs/measured.ts';
import { metrics } from '../runs/record.ts';

/** Files that train.py writes and `netloom import` reads. */

/** Contents of names.json. */
export const torchNames = z.object({
  format: z.literal('netloom-pytorch'),
  version: z.literal(1),
  /** Key in `state_dict` of every parameter and buffer, by its name in Netloom. */
  tensors: z.record(z.string(), z.string()),
  /** Number of training samples, and the hash of them; null without data. */
  samples: z.int().positive().nullable(),
  dataSha256: z.string().nullable(),
});
export type TorchNames = z.infer<typeof torchNames>;

/** Progress of a run, in the metadata of its checkpoint. */
export const torchProgress = z.object({
  epochs: z.array(z.object({ epoch: z.int(), train: metrics, validation: metrics, seconds: z.number() })),
  step: z.int().nonnegative(),
  /** The best epoch, from 1. */
  best: z.int().positive().nullable(),
  /** Epochs of the whole run. */
  of: z.int().positive(),
  batch_size: z.int().positive(),
});
export type TorchProgress = z.infer<typeof torchProgress>;

/** Curves in history.json, one value per step in each list. */
export const torchHistory = z.object({
  steps: z.object({
    step: z.array(z.int()),
    loss: z.array(measured),
    accuracy: z.array(measured),
    learning_rate: z.array(measured),
  }),
});

/** Optimizer state in Netloom, by its name in PyTorch. */
export const stateNames: Readonly<Record<OptimizerKind, Readonly<Record<string, string>>>> = {
  sgd: { momentum_buffer: 'momentum' },
  adam: { exp_avg: 'm', exp_avg_sq: 'v', max_exp_avg_sq: 'vMax' },
  adamw: { exp_avg: 'm', exp_avg_sq: 'v', max_exp_avg_sq: 'vMax' },
  rmsprop: { square_avg: 'v', grad_avg: 'mean', momentum_buffer: 'momentum' },
  adagrad: { sum: 'sum' },
};

import type { Recipe } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { Patient } from './patient.ts';
import type { LayerRepair } from './repair.ts';

/** What can be wrong. Stable: tests and lessons depend on it. */
export const codes = [
  'loss-exploding',
  'rate-too-high',
  'vanishing-gradients',
  'dead-relus',
  'small-batch-norm',
  'modes-differ',
  'rate-too-low',
  'labels-shuffled',
  'class-imbalance',
  'leakage',
  'overfitting',
  'underfitting',
  'one-answer',
] as const;
export type Code = (typeof codes)[number];

/** A fix as a value: what it changes is worked out for the document as it is when it is asked for (repair.ts). */
export interface Repair {
  readonly title: Text;
  readonly recipe?: (recipe: Recipe) => Recipe;
  readonly layers?: readonly LayerRepair[];
  /** A run that goes on can take this rate at once. */
  readonly learningRate?: number;
}

/** Something that goes wrong in a run, with what was measured. */
export interface Finding {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly title: Text;
  /** What was measured, what it means. */
  readonly message: Text;
  /** Ids of the layers that are concerned; of those inside blocks the ids of the way there, with slashes. */
  readonly nodes: readonly string[];
  /** Best first. */
  readonly fixes: readonly Repair[];
}

export interface Ailment {
  readonly code: Code;
  /** What would be said wrongly beside it: its consequences, and what looks alike. */
  readonly explains: readonly Code[];
  look(patient: Patient): Omit<Finding, 'code'> | null;
}

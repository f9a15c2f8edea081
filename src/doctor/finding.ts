import type { Recipe } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { Patient } from './patient.ts';
import type { LayerRepair } from './repair.ts';

/** What can be wrong. Stable: tests and lessons depend on it. */
export const codes = [
  'decay-too-strong',
  'steps-held-back',
  'dropout-too-strong',
  'label-smoothing',
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
  'plateau',
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
  /** Changes nothing and trains from the start. */
  readonly again?: true;
  /** Its trial is that of the network as it is. */
  readonly asIs?: true;
  /** Its trial goes on from the weights of the run; absent: it begins anew. */
  readonly from?: 'held';
  /** The run itself has shown its effect, so no trial is needed. */
  readonly known?: Shown;
  /** Measured effect; absent before a trial. */
  readonly shown?: Text;
}

/** The effect of a repair: the loss with it and without, and the words for it. */
export interface Shown {
  readonly loss: number;
  readonly instead: number;
  readonly words: Text;
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
  /** Best first. After trials only those that helped, or that could not be tried. */
  readonly fixes: readonly Repair[];
  /** Not to be shown before a trial has confirmed it. */
  readonly provisional?: true;
  /** Result of the trials as a whole, where no repair helped or none could be tried. */
  readonly tried?: Text;
}

/** A finding before its code is added; `explains` takes the place of the ailment's own list. */
export type Symptom = Omit<Finding, 'code'> & { readonly explains?: readonly Code[] };

export interface Ailment {
  readonly code: Code;
  /** What would be said wrongly beside it: its consequences, and what looks alike. */
  readonly explains: readonly Code[];
  look(patient: Patient): Symptom | null;
}

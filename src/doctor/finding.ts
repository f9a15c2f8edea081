import type { Recipe } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { Patient } from './patient.ts';
import type { LayerRepair } from './repair.ts';

/** Settings that keep a network from learning. */
export const settingCodes = [
  'decay-too-strong',
  'steps-held-back',
  'dropout-too-strong',
  'label-smoothing',
  'loss-exploding',
  'rate-too-high',
] as const;

/** Codes of findings. They are stable: tests and lessons depend on them. */
export const codes = [
  ...settingCodes,
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
  'one-class',
] as const;
export type Code = (typeof codes)[number];

/** Findings that follow from any cause that keeps a network from learning. */
export const consequences = [
  'vanishing-gradients',
  'dead-relus',
  'modes-differ',
  'rate-too-low',
  'labels-shuffled',
  'overfitting',
  'underfitting',
  'plateau',
  'one-class',
] as const satisfies readonly Code[];

/** A fix as a value; its edits are computed for the current document (repair.ts). */
export interface Repair {
  readonly title: Text;
  readonly recipe?: (recipe: Recipe) => Recipe;
  readonly layers?: readonly LayerRepair[];
  /** Learning rate that a run in progress can use at once. */
  readonly learningRate?: number;
  /** Trains from scratch without changes. */
  readonly again?: true;
  /** Its trial is that of the unchanged network. */
  readonly asIs?: true;
  /** Its trial continues from the weights of the run; by default it starts from scratch. */
  readonly from?: 'held';
  /** Effect that the run itself has shown, so no trial is needed. */
  readonly known?: Effect;
  /** Measured effect in words; absent before a trial. */
  readonly shown?: Text;
}

/** Effect of a fix: the loss with and without it, also in words. */
export interface Effect {
  readonly loss: number;
  readonly instead: number;
  readonly words: Text;
}

/** A finding about a run, with its measurements. */
export interface Finding {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly title: Text;
  /** Measurements, their meaning, and the remedy. */
  readonly message: Text;
  /** Ids of the affected layers; inside blocks, paths of ids, with slashes. */
  readonly nodes: readonly string[];
  /** Fixes, best first. After trials, only those that helped or could not be tried. */
  readonly fixes: readonly Repair[];
  /** Hidden until a trial has confirmed it. */
  readonly provisional?: true;
  /** Summary of the trials if no fix helped or none could be tried. */
  readonly tried?: Text;
}

/** A finding without its code; `explains` overrides the list of the ailment. */
export type Symptom = Omit<Finding, 'code'> & { readonly explains?: readonly Code[] };

export interface Ailment {
  readonly code: Code;
  /** Findings hidden by this one: its consequences, and those that look alike. */
  readonly explains: readonly Code[];
  look(patient: Patient): Symptom | null;
}

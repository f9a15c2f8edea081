import type { Text } from '../text.ts';
import type { Repair } from './finding.ts';

/** A setting of the recipe that makes the steps smaller than the optimizer would make them. */
export interface Brake {
  /** Share of the step that is left, in [0, 1]. */
  readonly left: number;
  readonly title: Text;
  /** The setting, and the share that is left. */
  readonly message: Text;
  readonly repairs: readonly Repair[];
}

import type { Text } from '../text.ts';
import type { Repair } from './finding.ts';

/** A training setting that makes the steps much smaller. */
export interface Brake {
  /** Fraction of the step that remains, in [0, 1]. */
  readonly left: number;
  readonly title: Text;
  /** The setting, and the fraction that remains. */
  readonly message: Text;
  readonly repairs: readonly Repair[];
}

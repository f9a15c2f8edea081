import type { Brake } from './brake.ts';
import { optimizerBrakes } from './optimizerBrakes.ts';
import type { Patient } from './patient.ts';
import { scheduleBrake } from './scheduleBrake.ts';

/** A setting that leaves more of the steps is not to blame: a cosine leaves half, one cycle nearly as much. */
const HELD = 0.25;

/** The settings of the recipe that hold the steps back, the strongest first. */
export function brakesOf(patient: Patient): readonly Brake[] {
  const schedule = scheduleBrake(patient);
  return [...(schedule === null ? [] : [schedule]), ...optimizerBrakes(patient)]
    .filter(({ left }) => left < HELD)
    .sort((a, b) => a.left - b.left);
}

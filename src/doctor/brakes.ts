import type { Brake } from './brake.ts';
import { optimizerBrakes } from './optimizerBrakes.ts';
import type { Patient } from './patient.ts';
import { scheduleBrake } from './scheduleBrake.ts';

/** Settings that leave a larger fraction of the steps are harmless: a cosine schedule leaves half, one cycle nearly as much. */
const HELD = 0.25;

/** Training settings that make the steps too small, the strongest first. */
export function brakesOf(patient: Patient): readonly Brake[] {
  const schedule = scheduleBrake(patient);
  return [...(schedule === null ? [] : [schedule]), ...optimizerBrakes(patient)]
    .filter(({ left }) => left < HELD)
    .sort((a, b) => a.left - b.left);
}

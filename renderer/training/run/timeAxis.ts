import { isActive, type RunState } from '../../state/stores/runStore.ts';
import { epochScale } from './epochScale.ts';

export type AxisRun = Pick<RunState, 'state' | 'step' | 'steps' | 'history' | 'epochs'>;

/** Lengths of the time axis during a run, in epochs. They repeat times ten. */
const LENGTHS = [1, 2, 3, 5, 8] as const;
/** Min ratio of a new length to the epochs done, so that the axis is not full at once. */
const ROOM = 1.1;

function lengthFor(epochs: number): number {
  for (let power = 1; ; power *= 10) {
    const fitting = LENGTHS.find((length) => length * power >= epochs);
    if (fitting !== undefined) return fitting * power;
  }
}

/**
 * Length of the time axis: the epochs done. During a run it grows in jumps, so that nothing moves from step to step, up to
 * the length of the run. Before the first step it is the length of the run.
 */
export function axisEnd({ state, step, steps, history, epochs }: AxisRun): number {
  const planned = Math.max(1, epochs);
  if (step === 0) return planned;
  const done = epochScale(history, steps, epochs).epochOf(step);
  return isActive(state) ? Math.min(planned, lengthFor(ROOM * done)) : done;
}

/** At most `most` round numbers in a range, at distances of 1, 2 or 5 times a power of ten. */
export function ticksOf([from, to]: readonly [number, number], most: number): number[] {
  const least = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((head) => head * power).find((each) => each >= least * (1 - 1e-9)) ?? least;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

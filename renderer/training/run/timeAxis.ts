import { isActive, type RunState } from '../../state/stores/runStore.ts';
import { epochScale } from './epochScale.ts';

export type AxisRun = Pick<RunState, 'state' | 'step' | 'steps' | 'history' | 'epochs'>;

/** Lengths that the axis of a run under way takes one after the other, in epochs, then ten times each. */
const LENGTHS = [1, 2, 3, 5, 8] as const;
/** Share of a new length that is still empty when it is taken. */
const ROOM = 1.1;

function lengthFor(epochs: number): number {
  for (let power = 1; ; power *= 10) {
    const fitting = LENGTHS.find((length) => length * power >= epochs);
    if (fitting !== undefined) return fitting * power;
  }
}

/**
 * The epochs that the time axis spans: those that are done. While a run goes on, the axis grows by leaps, so that nothing
 * moves from step to step, and to the whole run at most. Before the first step it is the whole run.
 */
export function axisEnd({ state, step, steps, history, epochs }: AxisRun): number {
  const planned = Math.max(1, epochs);
  if (step === 0) return planned;
  const done = epochScale(history, steps, epochs).epochOf(step);
  return isActive(state) ? Math.min(planned, lengthFor(ROOM * done)) : done;
}

/** Round places between two, no more than `most` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf([from, to]: readonly [number, number], most: number): number[] {
  const least = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((head) => head * power).find((each) => each >= least * (1 - 1e-9)) ?? least;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

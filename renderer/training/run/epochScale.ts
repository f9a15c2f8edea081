import type { EpochRow } from '../../state/stores/runStore.ts';

/** Conversion between steps and epochs. The steps per epoch depend on the batch size, which may change during a run. */
export interface EpochScale {
  epochOf(step: number): number;
  stepOf(epoch: number): number;
}

/** Scale of a run. Steps are spaced evenly between the known ends of epochs and up to the end of the run. */
export function epochScale(history: readonly EpochRow[], steps: number, epochs: number): EpochScale {
  const at = [0, ...history.map(({ step }) => step)];
  const epoch = [0, ...history.map((row) => row.epoch)];
  const last = history.at(-1);
  if (steps > (last?.step ?? 0) && epochs > (last?.epoch ?? 0)) {
    at.push(steps);
    epoch.push(epochs);
  } else if (at.length === 1) {
    at.push(1);
    epoch.push(1);
  }
  return { epochOf: (step) => between(at, epoch, step), stepOf: (value) => between(epoch, at, value) };
}

/** Linear interpolation between the knots; beyond the last knot, extrapolation from the last two. */
function between(from: readonly number[], to: readonly number[], value: number): number {
  let right = from.findIndex((knot) => knot >= value);
  if (right < 0) right = from.length - 1;
  right = Math.max(1, right);
  const [x0, x1, y0, y1] = [from[right - 1], from[right], to[right - 1], to[right]] as [number, number, number, number];
  return x1 === x0 ? y1 : y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
}

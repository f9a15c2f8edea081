import { z } from 'zod';
import type { MeasuredStep } from '../../src/metrics/stepTime.ts';

const measurement = z.object({
  /** Provider and threads: one machine has several speeds. */
  device: z.string(),
  /** The run that was measured: it counts once. */
  run: z.string(),
  macs: z.number().nonnegative(),
  bytes: z.number().nonnegative(),
  ops: z.number().nonnegative(),
  ms: z.number().positive(),
});
export type Measurement = z.infer<typeof measurement>;

const KEY = 'netloom.stepTimes';
/** Of each device; older ones go, as drivers and habits change. */
const KEPT = 24;

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export function readMeasurements(storage: Kept): readonly Measurement[] {
  try {
    return z.array(measurement).parse(JSON.parse(storage.getItem(KEY) ?? '[]'));
  } catch {
    // Of another version, or damaged: measured anew with the next run.
    return [];
  }
}

/** Adds a measurement, or brings that of its run up to date; the list as it is kept then. */
export function keepMeasurement(storage: Kept, latest: Measurement): readonly Measurement[] {
  const others = readMeasurements(storage).filter(({ run }) => run !== latest.run);
  const own = [...others.filter(({ device }) => device === latest.device), latest].slice(-KEPT);
  const list = [...others.filter(({ device }) => device !== latest.device), ...own];
  storage.setItem(KEY, JSON.stringify(list));
  return list;
}

export const measuredOn = (list: readonly Measurement[], device: string): readonly MeasuredStep[] =>
  list.filter((each) => each.device === device);

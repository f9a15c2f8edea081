import { z } from 'zod';
import type { MeasuredStep } from '../../../src/metrics/stepTime.ts';
import { type Memory, remembered } from '../stores/remembered.ts';

const measurement = z.object({
  /** Execution provider and number of threads: speeds differ between the devices of one machine. */
  device: z.string(),
  /** Id of the measured run; each run has one measurement. */
  run: z.string(),
  macs: z.number().nonnegative(),
  bytes: z.number().nonnegative(),
  ops: z.number().nonnegative(),
  ms: z.number().positive(),
});
export type Measurement = z.infer<typeof measurement>;

/** Measurements kept for each device; the oldest are dropped, because drivers and habits change. */
const KEPT = 24;

const memoryIn = (storage?: Memory) => remembered('netloom.stepTimes', z.array(measurement), [], storage);

export const readMeasurements = (storage?: Memory): readonly Measurement[] => memoryIn(storage).read();

/** Adds a measurement or replaces that of the same run, and returns the stored list. */
export function keepMeasurement(latest: Measurement, storage?: Memory): readonly Measurement[] {
  const others = readMeasurements(storage).filter(({ run }) => run !== latest.run);
  const own = [...others.filter(({ device }) => device === latest.device), latest].slice(-KEPT);
  const list = [...others.filter(({ device }) => device !== latest.device), ...own];
  memoryIn(storage).write(list);
  return list;
}

export const measuredOn = (list: readonly Measurement[], device: string): readonly MeasuredStep[] =>
  list.filter((each) => each.device === device);

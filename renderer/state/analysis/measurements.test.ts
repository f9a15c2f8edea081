import { expect, test } from 'vitest';
import { keepMeasurement, measuredOn, readMeasurements } from './measurements.ts';

function memory(start?: string) {
  let kept: string | null = start ?? null;
  return {
    getItem: () => kept,
    setItem(_: string, value: string) {
      kept = value;
    },
  };
}
const measured = (run: string, device = 'cpu 2', ms = 5) => ({ device, run, macs: 1e6, bytes: 1e5, ops: 90, ms });

test('a run counts once, by its latest time', () => {
  const storage = memory();
  keepMeasurement(measured('a', 'cpu 2', 9), storage);
  keepMeasurement(measured('b'), storage);
  keepMeasurement(measured('a', 'cpu 2', 7), storage);
  expect(readMeasurements(storage).map(({ run, ms }) => [run, ms])).toEqual([
    ['b', 5],
    ['a', 7],
  ]);
});

test('devices are kept apart, and each has a bounded list', () => {
  const storage = memory();
  keepMeasurement(measured('gpu', 'webgpu 2'), storage);
  for (let i = 0; i < 100; i++) keepMeasurement(measured(`${i}`), storage);
  const list = readMeasurements(storage);
  expect(measuredOn(list, 'webgpu 2')).toHaveLength(1);
  expect(measuredOn(list, 'cpu 2').length).toBe(24);
  expect(list.at(-1)?.run).toBe('99');
});

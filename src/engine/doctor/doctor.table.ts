import { expect, it } from 'vitest';
import { filesBeside, openDataset } from '../files.ts';
import { isBetter } from './outcome.ts';
import { codesOf, faultyRuns, healthyRuns, isNamed, lineOf, type Row, rowOf, wrong } from './rows.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);
const digits = await openDataset('mnist', files);

/** Required fraction of first fixes that measurably improve the run. */
const BETTER = 0.9;

it('finds the faults, reports no others, and has a first fix that helps', async () => {
  const rows: Row[] = [];
  for (const each of [...faultyRuns(digits), ...healthyRuns(digits)]) {
    const row = await rowOf(each);
    console.info(lineOf(row));
    rows.push(row);
  }
  const faulty = rows.filter((row) => row.case.code !== null);
  const healthy = rows.filter((row) => row.case.code === null);
  const fixed = faulty.flatMap(({ outcome }) => (outcome === null ? [] : [isBetter(outcome)]));
  const better = fixed.filter((each) => each).length;
  console.info(
    `${faulty.length} faults, ${faulty.filter(isNamed).length} named; ${healthy.length} healthy; first fix better in ${better} of ${fixed.length}, ${faulty.length - fixed.length} without a fix`,
  );
  // Processors round differently, and diverging runs are chaotic, so one row may be missed.
  expect(faulty.filter((row) => !isNamed(row)).length).toBeLessThanOrEqual(1);
  expect(faulty.filter((row) => wrong(row).length > 0).length).toBeLessThanOrEqual(1);
  expect(healthy.filter((row) => codesOf(row).length > 0).length).toBeLessThanOrEqual(1);
  expect(better).toBeGreaterThanOrEqual(BETTER * fixed.length);
}, 1_800_000);

import { describe, expect, it } from 'vitest';
import { check } from '../../check/check.ts';
import { codes } from '../../doctor/finding.ts';
import { repairEdits } from '../../doctor/repair.ts';
import { applyEdits } from '../../graph/edits.ts';
import { filesBeside, openDataset } from '../files.ts';
import { isBetter } from './outcome.ts';
import { codesOf, faultyRuns, healthyRuns, isNamed, lineOf, oneOfEach, rowOf, wrong } from './rows.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);
const digits = await openDataset('mnist', files);
const faults = faultyRuns(digits);

/** One case per code; `npm run test:tables` tests all. */
describe('the doctor', () => {
  it.each(oneOfEach(faults).map((each) => [each.code, each.name, each] as const))('%s: %s', async (_, __, each) => {
    const row = await rowOf(each);
    console.info(lineOf(row));
    expect([isNamed(row), wrong(row)]).toEqual([true, []]);
    for (const { fixes } of row.findings) {
      const titles = fixes.map(({ title }) => title.en);
      expect(titles).toEqual([...new Set(titles)]);
    }
    for (const fix of row.findings.flatMap(({ fixes }) => fixes)) {
      const { graph } = check(applyEdits(each.document, repairEdits(each.document, fix)));
      expect([fix.title.en, graph !== null]).toEqual([fix.title.en, true]);
      // Every offered fix has its measured effect.
      expect(fix.shown?.en).toMatch(/\d/);
      expect(fix.shown?.zh).toMatch(/\d/);
    }
    if (row.outcome !== null) expect(isBetter(row.outcome), lineOf(row)).toBe(true);
  });

  it.each(
    healthyRuns(digits)
      .filter((_, i) => i % 3 === 1)
      .map((each) => [each.name, each] as const),
  )('reports nothing for a healthy run: %s', async (_, each) => {
    expect(codesOf(await rowOf(each))).toEqual([]);
  });

  it('has a case for each code', () => {
    const seeded = new Set(faults.map(({ code }) => code));
    // This code follows from others.
    expect(codes.filter((code) => !seeded.has(code))).toEqual(['one-class']);
  });
});

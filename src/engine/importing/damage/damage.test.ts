import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { damages } from '../../data/damage/damage.ts';
import { tryDamagedModel } from './damagedModel.ts';

const scratch = mkdtempSync(join(tmpdir(), 'damaged-models-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** `damage.table.ts` has more models and trials. */
it.each(damages)('a damaged model (%s) is imported or refused with a message', async (kind) => {
  const bytes = readFileSync('testdata/onnx/train-17.onnx');
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const { outcome, faults } = await tryDamagedModel(scratch, bytes, kind, seed);
    outcomes.add(outcome);
    expect(faults).toEqual([]);
  }
  expect(outcomes).toContain('refused');
});

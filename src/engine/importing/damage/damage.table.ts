import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { damages } from '../../data/damage/damage.ts';
import { tryDamagedModel } from './damagedModel.ts';

const scratch = mkdtempSync(join(tmpdir(), 'damaged-models-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const TRIALS = 1000;
/** Resident memory (kB) of the process at its highest. */
const MOST_MEMORY = 2e6;

/** Small models of all parts of the format: layers, constants, sub-expressions, nodes that stay ONNX nodes. */
const models = ['train-17', 'gn-13', 'lstm-17', 'convt-17', 'split-17'];
const rows = models.flatMap((model) => damages.map((kind) => [model, kind] as const));

it.each(rows)('%s: %s', { timeout: 900_000 }, async (model, kind) => {
  const bytes = readFileSync(join('testdata/onnx', `${model}.onnx`));
  const counts = { opened: 0, refused: 0 };
  const faults = new Map<string, number>();
  let slowest = 0;
  for (let seed = 0; seed < TRIALS; seed++) {
    const trial = await tryDamagedModel(scratch, bytes, kind, seed);
    counts[trial.outcome]++;
    slowest = Math.max(slowest, trial.time);
    for (const fault of trial.faults) if (!faults.has(fault)) faults.set(fault, seed);
  }
  const { maxRSS } = process.resourceUsage();
  console.info(`${model}, ${kind}: ${JSON.stringify(counts)}, slowest ${Math.round(slowest)} ms, ${maxRSS} kB`);
  expect([...faults].map(([fault, seed]) => `${seed}: ${fault}`)).toEqual([]);
  expect(maxRSS).toBeLessThan(MOST_MEMORY);
});

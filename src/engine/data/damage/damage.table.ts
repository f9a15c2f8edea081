import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { damages } from './damage.ts';
import { sources } from './sources.ts';
import { tryDamaged } from './trial.ts';

const scratch = mkdtempSync(join(tmpdir(), 'damage-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const TRIALS = 1000;
/** Resident memory (kB) of the process at its highest. */
const MOST_MEMORY = 1.5e6;

const rows = sources.flatMap((source) => damages.map((kind) => [source.format, kind, source] as const));

it.each(rows)('%s: %s', { timeout: 600_000 }, async (format, kind, source) => {
  const counts = { opened: 0, 'left out': 0, refused: 0 };
  const faults = new Map<string, number>();
  let slowest = 0;
  for (let seed = 0; seed < TRIALS; seed++) {
    const trial = await tryDamaged(scratch, source, kind, seed);
    counts[trial.outcome]++;
    slowest = Math.max(slowest, trial.time);
    for (const fault of trial.faults) if (!faults.has(fault)) faults.set(fault, seed);
  }
  const { maxRSS } = process.resourceUsage();
  console.info(`${format}, ${kind}: ${JSON.stringify(counts)}, slowest ${Math.round(slowest)} ms, ${maxRSS} kB`);
  expect([...faults].map(([fault, seed]) => `${seed}: ${fault}`)).toEqual([]);
  expect(maxRSS).toBeLessThan(MOST_MEMORY);
});

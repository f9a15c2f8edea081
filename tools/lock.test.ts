import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newerEngines } from './lockEngines.mjs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));

it('no locked package asks for a newer Node than Netloom: node tools/lockEngines.mjs', () => {
  expect(newerEngines(lock)).toEqual([]);
});

it('the lock file names no download address', () => {
  const addresses = Object.entries(lock.packages as Record<string, { resolved?: string }>).filter(
    ([, { resolved }]) => resolved !== undefined,
  );
  expect(addresses).toEqual([]);
});

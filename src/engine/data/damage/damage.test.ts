import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openPath } from '../openPath.ts';
import { damages } from './damage.ts';
import { place, sources } from './sources.ts';
import { tryDamaged } from './trial.ts';

const scratch = mkdtempSync(join(tmpdir(), 'damage-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Of each kind and format; `npm run test:tables` tries a thousand. */
const TRIALS = 10;

describe.each(sources.map((source) => [source.format, source] as const))('%s', (_, source) => {
  it('is read where it is undamaged', async () => {
    const path = place(join(scratch, 'undamaged', source.format), source, source.bytes);
    const data = await openPath(path, {
      data: { validation: 0.2, splitSeed: 1 },
      image: null,
      progress: () => {},
    });
    expect(data.count).toBeGreaterThan(1);
    expect(data.unreadable ?? []).toEqual([]);
  });

  it.each(damages)('is opened soundly, left out or refused with a clear message after %s', async (kind) => {
    const faults: string[] = [];
    for (let seed = 0; seed < TRIALS; seed++) faults.push(...(await tryDamaged(scratch, source, kind, seed)).faults);
    expect(faults).toEqual([]);
  });
});

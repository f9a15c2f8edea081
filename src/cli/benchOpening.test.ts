import { expect, test } from 'vitest';
import { filesBeside } from '../engine/files.ts';
import type { OpeningTimes } from '../engine/measureOpening.ts';
import { benchOpening } from './benchOpening.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

test('a folder is made, opened twice and measured', async () => {
  const rows: OpeningTimes[] = [];
  const lines: string[] = [];
  await benchOpening(undefined, {
    output: {
      language: 'en',
      json: true,
      words: ({ en }) => en,
      print: (line) => lines.push(line),
      printJson: (row) => rows.push(row as OpeningTimes),
      note: () => {},
      progress: () => {},
    },
    files,
    images: 150,
  });
  expect(rows.map(({ opening, samples }) => [opening, samples])).toEqual([
    ['first', 150],
    ['again', 150],
  ]);
  for (const { scan, firstBatch, all, cpu, peakMb } of rows) {
    expect(all).toBeGreaterThanOrEqual(scan + firstBatch);
    expect(cpu.all).toBeGreaterThan(0);
    expect(peakMb).toBeGreaterThan(0);
  }
  expect(lines).toHaveLength(3);
});

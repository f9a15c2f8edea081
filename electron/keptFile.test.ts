import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { damagedFiles, readKeptFile } from './keptFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const schema = z.object({ theme: z.enum(['light', 'dark']), bounds: z.object({ width: z.int().min(100) }) });
const fallback: z.infer<typeof schema> = { theme: 'light', bounds: { width: 500 } };

test.each([
  ['empty', '', fallback],
  ['cut off', '{"theme":"da', fallback],
  ['another kind', '[]', fallback],
  ['one wrong field', '{"theme":"dark","bounds":{"width":-1}}', { theme: 'dark', bounds: { width: 500 } }],
] as const)('a damaged file (%s) loses only its damaged parts, and is moved aside and reported', (_, text, expected) => {
  const file = join(folder, 'window.json');
  const place = `${file}.damaged`;
  for (const aside of [place, `${place} 2`]) {
    writeFileSync(file, text);
    expect(readKeptFile(file, schema, fallback)).toEqual(expected);
    expect(readFileSync(aside, 'utf8')).toBe(text);
    expect(damagedFiles().at(-1)?.file).toBe(aside);
    expect(existsSync(file)).toBe(false);
  }
});

test('a list loses only damaged entries', () => {
  const file = join(folder, 'recent.json');
  writeFileSync(file, '[{"id":"a"},{"id":7},null,{"id":"b"}]');
  expect(readKeptFile(file, z.array(z.object({ id: z.string() })), [])).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('a missing file is not reported as damaged', () => {
  const before = damagedFiles().length;
  expect(readKeptFile(join(folder, 'none.json'), schema, fallback)).toBe(fallback);
  expect(damagedFiles()).toHaveLength(before);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesBeside } from '../engine/files.ts';
import { emptyDocument } from '../graph/document.ts';
import { SampleReader } from './sample.ts';

const reader = new SampleReader(filesBeside(new URL('../../out/main/engine.js', import.meta.url).href), emptyDocument);
const folder = mkdtempSync(join(tmpdir(), 'netloom-sample-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a sample named on the command line', () => {
  it.each<[string, RegExp]>([
    ['mnist:10000', /has samples 0 to 9999/],
    ['mnist:-1', /has samples 0 to 9999/],
    ['mnist:1.5', /has samples 0 to 9999/],
    ['mnist:', /has samples 0 to 9999/],
    ['mnist:3 ', /has samples 0 to 9999/],
    ['mnits:3', /Did you mean mnist\?/],
  ])('%s is refused', async (input, message) => {
    await expect(reader.read(input, [{ name: 'x', shape: [1, 28, 28] }])).rejects.toThrow(message);
  });

  it.each<[string, string, RegExp]>([
    ['a number that no float holds', '[0, 1e300]', /Value 2 of “.*” is NaN, infinite or above 3\.4e38/],
    ['no numbers', '["1", "2"]', /contains no sample/],
    ['an empty list', '[]', /contains no sample/],
  ])('a JSON list with %s is refused', async (_, json, message) => {
    const path = join(folder, 'sample.json');
    writeFileSync(path, json);
    await expect(reader.read(path, [{ name: 'x', shape: [2] }])).rejects.toThrow(message);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { withTransforms } from './transformsOption.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-transforms-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'list.json');

const read = (text: string) => {
  writeFileSync(path, text);
  return withTransforms(emptyDocument, { transforms: path });
};

it('reads a list into the document, with its parameters as they are written', async () => {
  const list = [
    { type: 'RandomCrop', size: 28, padding: 2 },
    { type: 'RandomHorizontalFlip', on: false },
  ];
  expect((await read(JSON.stringify(list))).data).toEqual({ ...emptyDocument.data, transforms: list });
  expect(await withTransforms(emptyDocument, {})).toBe(emptyDocument);
});

it.each<[text: string, says: RegExp]>([
  ['[{"type": "CenterCrop",]', /list\.json” is not valid JSON: .*position/],
  ['{"type": "CenterCrop"}', /list\.json”, Transforms must be a list/],
  ['["CenterCrop"]', /Transform 1 must be an object/],
  ['[{"type": "CenterCrop"}, {"type": "Centercrop"}]', /transform 2: .*Did you mean CenterCrop/],
  ['[{"type": "MixUp", "alpha": 0.2}]', /no transform “MixUp”.*--mixing MixUp:0\.2/],
  ['[{"type": "CenterCrop", "sice": 20}]', /transform 1: CenterCrop has no parameter “sice”/],
  ['[{"type": "RandomHorizontalFlip", "p": 1.5}]', /transform 1: RandomHorizontalFlip: p is 1.5/],
  ['[{"type": "RandomHorizontalFlip", "p": {"a": 1}}]', /Transform 1 must be an object/],
  [JSON.stringify(Array.from({ length: 51 }, () => ({ type: 'CenterCrop' }))), /more than 50 transforms/],
])('refuses %s', async (text, says) => {
  const error = await read(text).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).text.en).toMatch(says);
  expect((error as UserError).text.zh).not.toMatch(/undefined/);
});

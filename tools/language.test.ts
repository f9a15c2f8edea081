import { expect, test } from 'vitest';
import { CLEAN, DOCUMENTS, documentFaultsOf, draw, faultsOf, faultsUnder, sentencesOf } from './language.mjs';

test.each([
  ['/** What a run leaves. */', 'begins with “What”'],
  ['const a = 1;\n// Whether it is done.\n', 'begins with “Whether”'],
  ['export interface Said {}', 'a type is a noun'],
  ['type Told = string;', 'a type is a noun'],
  ['export type Asked = string;', 'a type is a noun'],
  ["const a = { en: 'As it was opened', zh: '打开时' };", 'begins with “As”'],
  ["const a = { en: 'Moment of the run', zh: '检查点' };", '“Moment” → checkpoint'],
  ["const a = { en: 'Samples held back', zh: '留出的样本' };", '“held back” → held out'],
  ["const a = { en: 'Picture of the sample', zh: '样本图像' };", '“Picture” → image'],
  ["const a = { en: 'with the weights of now', zh: '当前权重' };", '“of now” → current'],
  ["const a = { en: 'Colour', zh: '颜色' };", '“Colour” → American spelling'],
  ["const a = { en: 'Accuracy', zh: '准确率' };", '“准确率” → 精度'],
  ["const en = {\n  wait: 'Go on',\n};\n", '“Go on” → resume, continue'],
])('%s is a fault', (source, rule) => {
  expect(faultsOf(source).map((fault) => fault.rule)).toEqual([rule]);
});

test.each([
  ['/** The weights of a finished run. */'],
  ['export interface Seed {}'],
  ["const a = { en: 'Momentum of {{said}}', zh: '动量 {{said}}' };"],
])('%s is none', (source) => expect(faultsOf(source)).toEqual([]));

test.each([
  ['## What is measured\n', ['begins with “What”']],
  ['Text.\n\n- **Whether it fits.** More.\n', ['begins with “Whether”']],
  ['| a | As it was |\n', ['begins with “As”']],
  ['The run\ngoes on.\n', ['“goes on” → resume, continue']],
  ['A colour, 5 %.\n', ['“colour” → American spelling', 'no space before %']],
  ['1. The picture of a digit\n2. A sample\n', ['“picture” → image']],
])('%j in a document is a fault', (source, rules) => {
  expect(documentFaultsOf(source).map(({ rule }) => rule)).toEqual(rules);
});

test.each([
  ['Set `colour` or `recipe` to 5%.\n'],
  ['Text:\n\n    netloom said this\n\n```ts\nconst wire = 1;\n```\n'],
  ['The message “Images stay on this machine” is quoted.\n'],
  ['See [performance](docs/wires.md).\n'],
])('%j in a document is none', (source) => expect(documentFaultsOf(source)).toEqual([]));

test('the documents are clean', () => expect(faultsUnder(DOCUMENTS)).toEqual([]));

test('the clean folders are clean', () => expect(faultsUnder(CLEAN)).toEqual([]));

test('the same seed draws the same sentences, each once', () => {
  const all = sentencesOf("const a = { en: 'One run. Two runs. Three runs.', zh: '一次训练' };").map(
    (each) => each.sentence,
  );
  expect(all).toEqual(['One run.', 'Two runs.', 'Three runs.', '一次训练']);
  expect(draw(all, 2, 7)).toEqual(draw(all, 2, 7));
  expect(draw(all, 9, 7).sort()).toEqual([...all].sort());
});

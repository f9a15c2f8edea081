import { expect, it } from 'vitest';
import { outputText, outputTexts } from './outputText.ts';

const report = {
  inputs: { x: [6] },
  outputs: { y: [16, 5, 5] },
  raw: { state: { dtype: 'int64', dims: ['steps', 8], batch: false } },
} as const;

it.each([
  ['y', '16×5×5'],
  ['state', 'int64 steps×8'],
  ['z', null],
])('port %s: %s', (port, text) => expect(outputText(report, port)).toBe(text));

it('all outputs, or the input of an output layer', () => {
  expect(outputTexts(report, false)).toEqual(['16×5×5', 'int64 steps×8']);
  expect(outputTexts({ ...report, outputs: {}, raw: {} }, true)).toEqual(['6']);
  expect(outputTexts({ inputs: {}, outputs: {}, raw: { x: report.raw.state } }, true)).toEqual(['int64 steps×8']);
});

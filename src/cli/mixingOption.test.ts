import { expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import { withMixing } from './mixingOption.ts';

const { data } = emptyDocument;
const mixed = { ...data, mixing: { type: 'CutMix', alpha: 0.5 } } as const;

it.each([
  ['MixUp', { type: 'MixUp', alpha: 1 }],
  ['mixup:0.2', { type: 'MixUp', alpha: 0.2 }],
  ['CUTMIX:1e-3', { type: 'CutMix', alpha: 0.001 }],
  ['none', undefined],
  [undefined, mixed.mixing],
])('--mixing %s', (written, mixing) => {
  const options = written === undefined ? {} : { mixing: written };
  expect(withMixing(mixed, options)).toEqual(mixing === undefined ? data : { ...data, mixing });
});

it.each([
  'mix',
  'MixUp:',
  'MixUp:0',
  'MixUp:-1',
  'MixUp:1:2',
  'MixUp:Infinity',
  'CutMix:much',
  ':1',
])('refuses --mixing “%s”', (written) => {
  expect(() => withMixing(data, { mixing: written })).toThrow(/--mixing must be MixUp or CutMix.*MixUp:0\.2/);
});

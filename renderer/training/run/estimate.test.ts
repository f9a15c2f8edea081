import { expect, it, test } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { templateOf } from '../../../templates/index.ts';
import { type Say, textOf } from '../../ui/i18n/i18n.ts';
import { duration, shortTime } from './duration.ts';
import { runLength } from './runLength.ts';

const say: Say = (key, values = {}) => textOf(key).en.replace(/\{\{(\w+)\}\}/g, (_, name: string) => `${values[name]}`);

test.each([
  [0.2, '1 s'],
  [8.4, '8 s'],
  [130, '2 min 10 s'],
  [119.9, '2 min'],
  [1234, '21 min'],
  [59.6, '1 min'],
  [3599, '1 h'],
  [7300, '2 h'],
  [12_000, '3 h 20 min'],
])('%f s is %s', (seconds, words) => expect(duration(say, seconds)).toBe(words));

test.each([
  [0.0057, '5.7 ms'],
  [0.00998, '10 ms'],
  [0.1404, '140 ms'],
  [0.9996, '1.0 s'],
  [1.44, '1.4 s'],
  [17.188, '17 s'],
  [130, '2 min 10 s'],
])('a step of %f s takes %s', (seconds, words) => expect(shortTime(say, seconds)).toBe(words));

it('knows the number of steps of embedded data, and of other data after a run has read it', () => {
  const made = templateOf('lenet')?.document as NetworkDocument;
  const lenet = { ...made, recipe: { ...made.recipe, batchSize: 32, epochs: 10 } };
  expect(runLength(lenet, null, 0)).toEqual({ stepsPerEpoch: 250, steps: 2500 });
  const files = { ...lenet, data: { ...lenet.data, source: '/some/where' } };
  expect(runLength(files, null, 0)).toBeNull();
  const larger = { ...files, recipe: { ...files.recipe, batchSize: 64 } };
  expect(runLength(larger, files, 1000)).toEqual({ stepsPerEpoch: 50, steps: 500 });
});

import { expect, test } from 'vitest';
import { knownFacts } from '../../../src/data/known.ts';
import { templates } from '../../../templates/index.ts';
import { dataTitle } from './dataTitle.ts';

test('a dataset that is not generated has a title, not its key', () => {
  const sources = new Set(templates.map(({ document }) => document.data.source));
  const real = [...sources].filter((source) => source === 'mnist' || knownFacts(source) === null);
  expect(real.length).toBeGreaterThan(3);
  expect(real.filter((source) => dataTitle(source) === source)).toEqual([]);
});

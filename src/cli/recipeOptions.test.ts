import { expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import { withRecipe } from './recipeOptions.ts';

const column = { kind: 'column', column: 'part', parts: {} } as const;

it.each([
  ['split', column],
  ['table', { target: 'price' }],
  ['image', { height: 8, width: 8, channels: 1, fit: 'crop' }],
  ['validation', 0.4],
])('--set data.%s holds for the dataset that --data names', (key, value) => {
  const options = { data: 'other.csv', set: [`data.${key}=${JSON.stringify(value)}`] };
  expect(withRecipe(emptyDocument, options).data).toMatchObject({ source: 'other.csv', [key]: value });
});

it('--data resets the settings that belong to the dataset before', () => {
  const document = { ...emptyDocument, data: { ...emptyDocument.data, split: column, table: { target: 'price' } } };
  const { data } = withRecipe(document, { data: 'other.csv' });
  expect(data).toEqual({ source: 'other.csv', validation: 0.2, splitSeed: 1 });
});

import { expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { check } from './check.ts';

/** A template with an own table of that many columns. */
function onTable(id: string, width: number): NetworkDocument {
  const { document } = templates.find((template) => template.id === id) as (typeof templates)[number];
  const facts = {
    count: 150,
    inputs: [{ name: 'features', shape: [width] }],
    targets: [{ name: 'digit', shape: [], classes: 10, yesNo: false }],
  };
  return { ...document, data: { ...document.data, source: '/data/table.csv', facts } };
}

const stopping = (document: NetworkDocument) => check(document).diagnostics.filter(({ stops }) => stops === 'training');

it.each([
  ['lenet_modern', 784, /reshaped to 1×28×28/],
  ['mlp', 784, /^Set shape of “input” to 784$/],
  ['mlp', 4, /^Set shape of “input” to 4$/],
])('a table under %s with %i columns fits after the first fix', (id, width, title) => {
  const document = onTable(id, width);
  const [problem] = stopping(document);
  expect(problem?.code).toBe('data-shape');
  const [fix] = problem?.fixes ?? [];
  expect(fix?.title.en).toMatch(title);
  expect(stopping(applyEdits(document, fix?.edits ?? []))).toEqual([]);
});

import { expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { check } from './check.ts';

/** A template with own data of that shape. */
function onData(id: string, shape: readonly number[]): NetworkDocument {
  const { document } = templates.find((template) => template.id === id) as (typeof templates)[number];
  const facts = {
    count: 150,
    inputs: [{ name: 'features', shape }],
    targets: [{ name: 'digit', shape: [], classes: 10, yesNo: false }],
  };
  return { ...document, data: { ...document.data, source: '/data/table.csv', facts } };
}

const stopping = (document: NetworkDocument) => check(document).diagnostics.filter(({ stops }) => stops === 'training');

it.each<[string, readonly number[], RegExp]>([
  ['lenet_modern', [784], /reshaped to 1×28×28/],
  ['lenet_modern', [4], /^Set shape of “input” to 4, remove 7 layers for images$/],
  ['lenet_modern', [100, 3], /remove 7 layers for images/],
  ['lenet_modern', [1, 1, 1], /enlarged to 28×28/],
  ['alexnet_d2l', [1, 8, 8], /enlarged to 224×224/],
  ['bn_lenet', [4], /remove 9 layers for images/],
  ['nin_d2l', [4], /layers for images/],
  ['resnet18_d2l', [4], /layers for images/],
  ['densenet_d2l', [3000], /layers for images/],
  ['mlp', [784], /^Set shape of “input” to 784$/],
  ['mlp', [4], /^Set shape of “input” to 4$/],
  ['mlp', [100, 3], /^Set shape of “input” to 100×3$/],
])('%s on data of shape %j fits after the first fix', (id, shape, title) => {
  const document = onData(id, shape);
  const [problem] = stopping(document);
  expect(problem?.code).toBe('data-shape');
  const [fix] = problem?.fixes ?? [];
  expect(fix?.title.en).toMatch(title);
  const fixed = applyEdits(document, fix?.edits ?? []);
  expect(stopping(fixed)).toEqual([]);
  expect(check(fixed).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('layers for images that another input also feeds are not removed', () => {
  const { document } = templates.find(({ id }) => id === 'lenet_modern') as (typeof templates)[number];
  const position = { x: 0, y: 0 };
  const [first] = document.edges;
  const two = applyEdits(document, [
    { kind: 'addNode', node: { id: 'b', layer: 'input', name: 'b', config: { shape: [1, 28, 28] }, position } },
    {
      kind: 'insertNode',
      node: { id: 'sum', layer: 'add', name: 'sum', config: {}, position },
      edge: first?.id ?? '',
      input: 'x0',
      output: 'y',
    },
    { kind: 'connect', from: { node: 'b', port: 'y' }, to: { node: 'sum', port: 'x1' } },
  ]);
  const inputs = [
    { name: 'input', shape: [4] },
    { name: 'b', shape: [1, 28, 28] },
  ];
  const targets = [{ name: 'digit', shape: [], classes: 10, yesNo: false }];
  const data = { ...two.data, source: '/data/t.npz', facts: { count: 150, inputs, targets } };
  const [problem, ...others] = stopping({ ...two, data });
  expect(problem?.code).toBe('data-shape');
  expect(others).toEqual([]);
  expect(problem?.fixes).toEqual([]);
});

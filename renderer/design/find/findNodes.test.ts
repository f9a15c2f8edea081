import { expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdit } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { findNodes } from './findNodes.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const broken = applyEdit(lenet, { kind: 'setConfig', node: 'conv2', key: 'kernelSize', value: [90, 90] });
const found = (query: string, document = lenet): string[] =>
  findNodes(document.nodes, check(document), query).map(({ name }) => name);

test.each([
  ['conv', ['conv1', 'conv2']],
  ['卷积', ['conv1', 'conv2']],
  ['jjc', ['conv1', 'conv2']],
  ['fc2', ['fc2']],
  ['16×10×10', ['conv2', 'act2', 'pool2']],
  ['16x10x10', ['conv2', 'act2', 'pool2']],
  ['conv 16*10*10', ['conv2']],
  ['5×5', ['conv1', 'conv2', 'pool2', 'flatten']],
  ['conv pad', ['conv1']],
  ['填充', ['conv1']],
  ['problem', []],
  ['nothing', []],
  [' ', []],
])('%s finds %j', (query, names) => {
  expect(found(query)).toEqual(names);
});

test('problems are found by their words', () => {
  expect(found('问题', broken)).toContain('conv2');
  expect(found('conv problem', broken)).toContain('conv2');
});

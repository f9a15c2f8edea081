import { expect, it } from 'vitest';
import { editDistance, nearest, suggestion } from './nearest.ts';

it.each([
  ['', 'abc', 3],
  ['train', 'train', 0],
  ['trian', 'train', 1],
  ['tran', 'train', 1],
  ['traain', 'train', 1],
  ['trein', 'train', 1],
  ['kitten', 'sitting', 3],
])('from %s to %s are %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

const names = ['lenet', 'lenet_modern', 'resnet18', 'resnet34', 'resnet152', 'recipe.optimizer.learningRate', 'fc1'];

it.each<[string, string[]]>([
  ['lenet_moden', ['lenet_modern']],
  ['LeNet', ['lenet', 'lenet_modern']],
  ['resnet19', ['resnet18', 'resnet34']],
  ['learningRate', ['recipe.optimizer.learningRate']],
  ['fc2', ['fc1']],
  ['zebra', []],
  ['', []],
])('%s may mean %j', (given, meant) => {
  expect(nearest(given, names, 2)).toEqual(meant);
});

it.each<[string, readonly string[], string]>([
  ['trian', ['train', 'export'], 'Did you mean train?'],
  ['zebra', ['train', 'export'], 'One of: train, export.'],
  ['fc1.kind', ['fc1.bias', 'fc1.outFeatures', 'fc2.outFeatures'], 'One of: fc1.bias, fc1.outFeatures.'],
  ['conv1.zebra', ['fc1.bias'], 'One of: fc1.bias.'],
  ['zebra', Array.from({ length: 30 }, (_, i) => `n${i}`), 'and 6 more.'],
])('for %s of %j: %s', (given, known, text) => {
  expect(suggestion(given, known).en).toContain(text);
});

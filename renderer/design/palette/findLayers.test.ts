import { expect, test } from 'vitest';
import { emptyDocument } from '../../../src/graph/document.ts';
import { offers } from '../../../src/layers/presets.ts';
import { offersIn } from '../../../src/plan/offers.ts';
import { findLayers } from './findLayers.ts';

const found = (query: string): string[] => findLayers(offers, query).map(({ id }) => id);

/** Queries and their first match. */
test.each([
  ['卷积', 'conv2d'],
  ['juanji', 'conv2d'],
  ['jj', 'conv2d'],
  ['jjc', 'conv2d'],
  ['conv', 'conv2d'],
  ['Conv2d', 'conv2d'],
  ['1x1', 'conv1x1'],
  ['1×1', 'conv1x1'],
  ['depthwise', 'depthwiseConv'],
  ['dense', 'linear'],
  ['fully connected', 'linear'],
  ['FC', 'linear'],
  ['全连接', 'linear'],
  ['qlj', 'linear'],
  ['BN', 'batchNorm2d'],
  ['GAP', 'globalAvgPool2d'],
  ['skip', 'add'],
  ['residual', 'add'],
  ['残差', 'add'],
  ['cancha', 'add'],
  ['maxpool', 'maxPool2d'],
  ['max pool', 'maxPool2d'],
  ['池化', 'maxPool2d'],
  ['swish', 'silu'],
  ['lin', 'linear'],
  ['classifier', 'classifier'],
  ['binary classifier', 'binaryClassifier'],
  ['softmax', 'softmax'],
  ['zant', 'dropout'],
  ['暂退法', 'dropout'],
  ['exit', undefined],
])('%s', (query, first) => expect(found(query)[0]).toBe(first));

test.each([
  ['resnet', 'residual'],
  ['残差连接', 'residual'],
  ['densenet', 'dense'],
  ['googlenet', 'inception'],
  ['senet', 'squeezeExcitation'],
  ['mobilenet', 'invertedResidual'],
  ['network in network', 'ninBlock'],
])('%s finds the block %s', (query, block) => {
  expect(findLayers(offersIn(emptyDocument), query).map(({ id }) => id)).toContain(block);
});

test('the name of a category finds its layers, after those with this name', () => {
  expect(found('汇聚')).toEqual(expect.arrayContaining(['maxPool2d', 'avgPool2d', 'globalAvgPool2d']));
  expect(found('激活')).toEqual(expect.arrayContaining(['relu', 'gelu', 'tanh']));
});

test('every word has to match, and an empty query finds everything in order', () => {
  expect(found('conv transpose')[0]).toBe('convTranspose2d');
  expect(found('conv zzz')).toEqual([]);
  expect(findLayers(offers, '  ')).toEqual(offers);
});

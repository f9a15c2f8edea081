import { expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { ConfigValue, NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { effectOf } from './effectOf.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const effect = (node: string, key: string, value: ConfigValue) =>
  effectOf(check(lenet), check(applyEdits(lenet, [{ kind: 'setConfig', node, key, value }])), [node]);

test('more output channels change shape, parameters and MACs of the layer and the network', () => {
  // conv2: 16·6·5·5 + 16 becomes 20·6·5·5 + 20; fc1 has 500 input features instead of 400.
  expect(effect('conv2', 'outChannels', 20)).toEqual({
    shape: { from: '16×10×10', to: '20×10×10' },
    params: { from: 2416, to: 3020 },
    macs: { from: 240_000, to: 300_000 },
    totalParams: { from: 61_706, to: 61_706 + 604 + 100 * 120 },
    totalMacs: expect.objectContaining({ from: check(lenet).totals.macs }),
    activationBytes: expect.objectContaining({ from: check(lenet).totals.activationBytes }),
    problems: [],
  });
});

test('unchanged values are no effect', () => {
  const { shape, params, totalMacs } = effect('conv2', 'bias', false);
  expect(shape).toBeUndefined();
  expect(params).toEqual({ from: 2416, to: 2400 });
  expect(totalMacs).toBeUndefined();
});

test('a value that breaks the network reports the problems, without totals', () => {
  const { shape, params, totalParams, problems } = effect('conv2', 'kernelSize', [15, 15]);
  expect(shape).toEqual({ from: '16×10×10', to: null });
  expect([params, totalParams]).toEqual([undefined, undefined]);
  expect(problems.map(({ code, node }) => [code, node])).toEqual([['window-too-large', 'conv2']]);
});

test('inside a block the totals are those of the whole network', () => {
  const [block, whole] = ['mlp', 'lenet_modern'].map((id) => check(templateOf(id)?.document as NetworkDocument)) as [
    CheckResult,
    CheckResult,
  ];
  const grown = { ...whole, totals: { ...whole.totals, params: whole.totals.params + 7 } };
  const { totalParams, totalMacs } = effectOf(block, block, ['fc1'], { from: whole, to: grown });
  expect(totalParams).toEqual({ from: 61_706, to: 61_713 });
  expect(totalMacs).toBeUndefined();
});

import { expect, it } from 'vitest';
import type { ImportReport } from './imported.ts';
import { reportLines } from './importText.ts';

it('counts are told from names that end in a number', () => {
  const report: ImportReport = {
    restored: null,
    producer: 'pytorch',
    opset: 17,
    layers: { conv2d: 20, linear: 1 },
    blocks: [
      { title: { en: 'Residual block', zh: '残差块' }, count: 5 },
      { title: { en: 'Residual block 2', zh: '残差块 2' }, count: 3 },
    ],
    kept: [],
    folded: 0,
    converted: [],
    sizes: [],
    batch: true,
    proof: null,
  };
  expect(reportLines(report).slice(0, 2)).toEqual([
    { en: 'Layers: Conv2d ×20, Linear ×1', zh: expect.stringMatching(/^层：.* ×20、.* ×1$/) },
    {
      en: 'Blocks of repeated layers: Residual block ×5, Residual block 2 ×3',
      zh: '由重复的层组成的块：残差块 ×5、残差块 2 ×3',
    },
  ]);
});

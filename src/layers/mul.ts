import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { elementwise, mergeFields, mergeSummary, ports } from './merging.ts';

export const mul = defineLayer({
  type: 'mul',
  icon: { lines: `${circle(8, 8, 6)}M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6` },
  aliases: ['multiply'],
  title: { en: 'Mul', zh: '相乘' },
  category: 'merge',
  stem: 'mul',
  doc: {
    en: 'Multiplies its inputs number by number; sizes of 1 are repeated. Gates one branch by another, as squeeze-and-excitation does.',
    zh: '逐元素相乘；大小为 1 的轴会重复。用一支控制另一支，例如挤压-激励模块。',
  },
  keywords: ['multiply', 'product', 'gate', 'attention', 'scale', '乘', '门控', '缩放', '逐元素乘'],
  formula: ({ count }) => ({
    tex: [
      `y = ${ports(count)
        .map((_, i) => `x_{${i}}`)
        .join(String.raw` \odot `)}`,
    ],
    where: { en: String.raw`$\odot$ multiplies number by number`, zh: String.raw`$\odot$ 表示逐元素相乘` },
  }),
  config: mergeFields,
  inputs: ports(2),
  inputsOf: ({ count }) => ports(count),
  outputs: ['y'],
  summary: mergeSummary,
  infer: elementwise,
  lower: ({ g, x }) => ({ y: Object.values(x).reduce((a, b) => g.mul(a, b)) }),
});

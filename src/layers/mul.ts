import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { elementwise, mergeFields, merging, ports } from './merging.ts';

export const mul = defineLayer({
  ...merging,
  type: 'mul',
  icon: { lines: `${circle(8, 8, 6)}M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6` },
  aliases: ['multiply'],
  title: { en: 'Mul', zh: '相乘' },
  stem: 'mul',
  doc: {
    en: 'Multiplies its inputs element-wise; axes of size 1 are broadcast. Used to gate one branch by another, as in squeeze-and-excitation.',
    zh: '逐元素相乘；大小为 1 的轴会广播。用一路控制另一路，例如压缩激励块。',
  },
  keywords: ['multiply', 'product', 'gate', 'attention', 'scale', '乘', '门控', '缩放', '逐元素乘'],
  formula: ({ count }) => ({
    tex: [
      `y = ${ports(count)
        .map((_, i) => `x_{${i}}`)
        .join(String.raw` \odot `)}`,
    ],
    where: { en: String.raw`$\odot$ is the element-wise product`, zh: String.raw`$\odot$ 表示逐元素相乘` },
  }),
  config: mergeFields,
  infer: elementwise,
  lower: ({ g, x }) => ({ y: Object.values(x).reduce((a, b) => g.mul(a, b)) }),
});

import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { elementwise, mergeFields, merging, ports } from './merging.ts';

export const add = defineLayer({
  ...merging,
  type: 'add',
  icon: { lines: `${circle(8, 8, 6)}M8 4.8v6.4M4.8 8h6.4` },
  aliases: ['sum'],
  title: { en: 'Add', zh: '相加' },
  stem: 'add',
  doc: {
    en: 'Adds its inputs element-wise; axes of size 1 are broadcast. Used for the shortcut of a residual block: y = x + f(x).',
    zh: '逐元素相加；大小为 1 的轴会广播。用于残差块的捷径连接：y = x + f(x)。',
  },
  keywords: ['sum', 'plus', 'skip', 'residual', 'shortcut', 'resnet', '残差', '捷径', '跳跃连接', '求和'],
  formula: ({ count }) => ({
    tex: [
      `y = ${ports(count)
        .map((_, i) => `x_{${i}}`)
        .join(' + ')}`,
    ],
  }),
  config: mergeFields,
  infer: elementwise,
  lower: ({ g, x }) => ({ y: g.sum(Object.values(x)) }),
});

import { same } from '../text.ts';
import { shape, shapeText } from './config.ts';
import { defineLayer } from './layer.ts';

export const reshape = defineLayer({
  type: 'reshape',
  icon: { lines: 'M1.8 2.5h8.4v3.7H1.8zM10.5 8.2h3.7v6h-3.7zM4 8.5v3h3.7M6 9.7l1.8 1.8L6 13.3' },
  aliases: ['view'],
  title: { en: 'Reshape', zh: '变形' },
  category: 'shape',
  stem: 'reshape',
  doc: {
    en: 'Gives the numbers of a sample another shape of the same size, in the same order: 400 becomes 16×5×5.',
    zh: '把一个样本的数按原来的顺序排成大小相同的另一种形状：400 变为 16×5×5。',
  },
  keywords: ['view', 'unflatten', '变形', '重塑', '形状'],
  formula: () => ({
    tex: [String.raw`\operatorname{vec}(y) = \operatorname{vec}(x)`],
    where: {
      en: String.raw`$\operatorname{vec}$ lays all numbers in one row, the last axis fastest`,
      zh: String.raw`$\operatorname{vec}$ 把所有数排成一行，最后一个轴变化最快`,
    },
  }),
  config: {
    shape: shape({
      label: { en: 'Shape', zh: '形状' },
      help: { en: 'the new shape, of as many numbers', zh: '新的形状，数的个数不变' },
      default: [1, 28, 28],
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: (config) => same(shapeText(config.shape)),
  infer({ x }, config) {
    const [has, wants] = [x, config.shape].map((sizes) => sizes.reduce((a, b) => a * b, 1));
    if (has === wants) return { outputs: { y: config.shape } };
    return {
      problems: [
        {
          code: 'size-mismatch',
          port: 'config.shape',
          message: ({ self, from }) => ({
            en: `${self.en} cannot make ${config.shape.join('·')} = ${wants} numbers of the ${x.join('·')} = ${has} that '${from('x')}' gives.`,
            zh: `${self.zh} 无法用“${from('x')}”给出的 ${x.join('·')} = ${has} 个数排成 ${config.shape.join('·')} = ${wants} 个数。`,
          }),
          fixes: [
            ...(has % (wants / config.shape[0]) === 0
              ? [
                  {
                    kind: 'setConfig' as const,
                    key: 'shape',
                    value: config.shape.with(0, (has * config.shape[0]) / wants),
                  },
                ]
              : []),
            { kind: 'setConfig', key: 'shape', value: [has] },
          ],
        },
      ],
    };
  },
  lower: ({ g, x, config }) => ({ y: g.reshape(x.x, [-1, ...config.shape]) }),
});

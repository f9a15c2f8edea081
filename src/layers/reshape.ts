import { same } from '../text.ts';
import { shape, shapeText } from './config.ts';
import { defineLayer } from './layer.ts';

export const reshape = defineLayer({
  type: 'reshape',
  icon: { lines: 'M1.8 2.5h8.4v3.7H1.8zM10.5 8.2h3.7v6h-3.7zM4 8.5v3h3.7M6 9.7l1.8 1.8L6 13.3' },
  aliases: ['view'],
  title: { en: 'Reshape', zh: '变形' },
  category: 'shape',
  keepsNumbers: true,
  reshapes: true,
  stem: 'reshape',
  doc: {
    en: 'Changes the shape of a sample without changing its values or their order: 400 → 16×5×5. Used to turn a vector into feature maps.',
    zh: '改变样本的形状，数值及其顺序不变：400 → 16×5×5。用于将向量变为特征图。',
  },
  keywords: ['view', 'unflatten', '变形', '重塑', '形状'],
  formula: () => ({
    tex: [String.raw`\operatorname{vec}(y) = \operatorname{vec}(x)`],
    where: {
      en: String.raw`$\operatorname{vec}$ flattens to a vector in row-major order`,
      zh: String.raw`$\operatorname{vec}$ 按行优先顺序展平为向量`,
    },
  }),
  config: {
    shape: shape({
      label: { en: 'Shape', zh: '形状' },
      help: { en: 'New shape with the same number of values', zh: '新的形状，元素个数不变' },
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
            en: `${self.en} needs ${config.shape.join('·')} = ${wants} values, but “${from('x')}” outputs ${x.join('·')} = ${has}. Choose a shape with ${has} values.`,
            zh: `${self.zh}需要 ${config.shape.join('·')} = ${wants} 个元素，但“${from('x')}”输出 ${x.join('·')} = ${has} 个。请改为含 ${has} 个元素的形状。`,
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

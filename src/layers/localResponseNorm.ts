import { float, int } from './config.ts';
import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { needsImage } from './problems.ts';

/** Krizhevsky, Sutskever and Hinton 2012, with alpha divided by the size as in PyTorch. */
export const localResponseNorm = defineLayer({
  type: 'localResponseNorm',
  icon: {
    lines: `${circle(2.8, 10, 1.5)}${circle(13.2, 10, 1.5)}M3.2 6.2c.8-2.6 3.4-2.6 4.3-.4M12.8 6.2c-.8-2.6-3.4-2.6-4.3-.4`,
    solid: circle(8, 10, 2.4),
  },
  aliases: ['lrn'],
  title: { en: 'LRN', zh: '局部响应规范化' },
  category: 'normalization',
  stem: 'lrn',
  keepsFeatures: true,
  doc: {
    en: 'Local response normalization: divides each value by a power of the sum of squares over neighboring channels: x / (k + α/size · Σ x²)^β. Used by AlexNet, later replaced by batch normalization.',
    zh: '局部响应规范化：每个值除以相邻通道平方和的幂：x / (k + α/size · Σ x²)^β。AlexNet 使用过，后来被批量规范化取代。',
  },
  keywords: ['LRN', 'alexnet', 'lateral inhibition', '局部响应归一化'],
  formula: () => ({
    tex: [String.raw`y_c = x_c \Big/ \Bigl( k + \frac{\alpha}{n} \sum_{|c' - c| \le n/2} x_{c'}^2 \Bigr)^{\beta}`],
    where: { en: 'the $n$ channels around $c$, at the same position', zh: '$c$ 附近的 $n$ 个通道，同一位置' },
    source: 'Krizhevsky, Sutskever and Hinton 2012',
  }),
  config: {
    size: int({
      label: { en: 'Channels', zh: '通道数' },
      help: { en: 'Number of channels in the sum', zh: '求和的相邻通道数' },
      default: 5,
      min: 1,
      max: 1024,
    }),
    alpha: float({
      label: { en: 'Alpha', zh: '系数 α' },
      help: { en: 'Weight of the sum of squares', zh: '平方和的权重' },
      default: 1e-4,
      min: 0,
      max: 100,
      step: 1e-4,
    }),
    beta: float({
      label: { en: 'Beta', zh: '指数 β' },
      help: { en: 'Exponent', zh: '指数' },
      default: 0.75,
      min: 0,
      max: 10,
      step: 0.05,
    }),
    k: float({
      label: { en: 'Offset k', zh: '偏移 k' },
      help: { en: 'Added to the sum before the power', zh: '求幂前加上的常数' },
      default: 2,
      min: 1e-6,
      max: 100,
      step: 0.5,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ size }) => ({ en: `${size} channels`, zh: `${size} 通道` }),
  infer: ({ x }) => (x.length === 3 ? { outputs: { y: x } } : { problems: [needsImage(x)] }),
  lower: ({ g, x, config }) => ({ y: g.localResponseNorm(x.x, config) }),
});

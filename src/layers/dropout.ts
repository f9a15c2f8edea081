import type { Dims } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import { float } from './config.ts';
import { defineLayer } from './layer.ts';

/** Dropout over masks of the given shape: Srivastava et al. 2014, scaled while training (inverted dropout). */
const dropping = (type: string, title: Text, doc: Text, maskOf: (x: Dims) => Dims) =>
  defineLayer({
    type,
    title,
    category: 'regularisation',
    stem: 'dropout',
    keepsFeatures: true,
    doc,
    config: {
      p: float({
        label: { en: 'Probability', zh: '丢弃概率' },
        help: { en: 'of a number to be dropped', zh: '每个数被丢弃的概率' },
        default: 0.5,
        min: 0,
        max: 1,
        step: 0.05,
      }),
    },
    inputs: ['x'],
    outputs: ['y'],
    summary: ({ p }) => ({ en: `p = ${p}`, zh: `p = ${p}` }),
    infer: ({ x }) => ({ outputs: { y: x } }),
    modes: {
      train: { en: 'drops numbers at random', zh: '随机丢弃' },
      predict: { en: 'passes everything on', zh: '全部保留' },
    },
    lower({ g, x, config: { p }, mode, mask }) {
      if (mode === 'predict' || p === 0) return { y: x.x };
      if (p === 1) return { y: g.mul(x.x, g.scalar(0)) };
      return { y: g.mul(x.x, g.mul(mask(maskOf(x.x.shape), 1 - p), g.scalar(1 / (1 - p)))) };
    },
  });

export const dropout = dropping(
  'dropout',
  { en: 'Dropout', zh: '暂退法' },
  {
    en: 'While training, sets each number to 0 with probability p and divides the others by 1 − p; does nothing when predicting. Keeps units from relying on each other.',
    zh: '训练时以概率 p 把每个数置零，其余除以 1 − p；预测时什么也不做。使单元不彼此依赖。',
  },
  (x) => x,
);

export const dropout2d = dropping(
  'dropout2d',
  { en: 'Dropout2d', zh: '通道暂退法' },
  {
    en: 'Dropout of whole channels: neighbouring pixels say much the same, so dropping single ones would change little.',
    zh: '整个通道一起丢弃：相邻像素的信息相近，只丢单个像素作用不大。',
  },
  (x) => x.map((dim, i) => (i < 2 ? dim : 1)),
);

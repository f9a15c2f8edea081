import type { Dims } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import { float } from './config.ts';
import { defineLayer, type Formula, type LayerDef } from './layer.ts';

/** Dropout over masks of the given shape: Srivastava et al. 2014, scaled while training (inverted dropout). */
export const dropping = (
  own: Pick<LayerDef, 'type' | 'icon' | 'aliases'>,
  title: Text,
  doc: Text,
  keywords: readonly string[],
  formula: Formula,
  maskOf: (x: Dims) => Dims,
) =>
  defineLayer({
    ...own,
    title,
    category: 'regularisation',
    stem: 'dropout',
    keepsFeatures: true,
    doc,
    keywords,
    formula: () => formula,
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
    advise({ config: { p } }) {
      if (p < 1) return [];
      return [
        {
          severity: 'warning',
          code: 'drops-everything',
          port: 'config.p',
          message: ({ self }) => ({
            en: `${self.en} drops every number while training, so nothing before it can learn.`,
            zh: `${self.zh} 训练时丢弃全部数值，它之前的层什么也学不到。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'p', value: 0.5 }, { kind: 'remove' }],
        },
      ];
    },
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

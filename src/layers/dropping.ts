import type { Dims } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import { float } from './config.ts';
import { defineLayer, type Formula, type LayerDef } from './layer.ts';
import type { LayerType } from './layerTypes.ts';

/** Dropout with masks of the given shape (Srivastava et al. 2014), scaled during training (inverted dropout). */
export const dropping = (
  own: Pick<LayerDef, 'icon' | 'aliases'> & { readonly type: LayerType },
  title: Text,
  doc: Text,
  keywords: readonly string[],
  formula: Formula,
  maskOf: (x: Dims) => Dims,
) =>
  defineLayer({
    ...own,
    title,
    category: 'regularization',
    stem: 'dropout',
    keepsFeatures: true,
    keepsNumbers: true,
    dropsKey: 'p',
    doc,
    keywords,
    formula: () => formula,
    config: {
      p: float({
        label: { en: 'Dropout rate', zh: '暂退概率' },
        help: { en: 'Probability of dropping a value', zh: '每个值被丢弃的概率' },
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
            en: `${self.en} drops every value during training, so no layer before it can learn. Set the dropout rate below 1.`,
            zh: `${self.zh}训练时丢弃全部数值，因此它之前的层无法学习。请将暂退概率设为小于 1。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'p', value: 0.5 }, { kind: 'remove' }],
        },
      ];
    },
    modes: {
      train: { en: 'drops values at random and scales the others', zh: '随机丢弃一部分值，其余按比例放大' },
      predict: { en: 'outputs its input unchanged', zh: '原样输出输入' },
    },
    lower({ g, x, config: { p }, mode, mask }) {
      if (mode === 'predict' || p === 0) return { y: x.x };
      if (p === 1) return { y: g.mul(x.x, g.scalar(0)) };
      return { y: g.mul(x.x, g.mul(mask(maskOf(x.x.shape), 1 - p), g.scalar(1 / (1 - p)))) };
    },
  });

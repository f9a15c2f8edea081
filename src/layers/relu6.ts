import { same } from '../text.ts';
import { activation } from './activation.ts';

export const relu6 = activation({
  type: 'relu6',
  icon: { lines: 'M1.5 12.5H5l4.5-9h5' },
  title: same('ReLU6'),
  summary: () => 'min(max(0, x), 6)',
  doc: {
    en: 'ReLU with an upper limit of 6, so that numbers of few bits suffice (MobileNetV2). Above 6 the slope is 0, too.',
    zh: '上限为 6 的 ReLU，用少量比特即可表示（MobileNetV2）。大于 6 时导数也为 0。',
  },
  keywords: ['clip', 'clipped relu', 'mobilenet', '截断'],
  formula: () => ({
    tex: [String.raw`y = \min(\max(0, x),\, 6)`],
    source: 'Howard et al. 2017',
  }),
  config: {},
  flat: 'belowZero',
  apply: (g, x) => g.min([g.relu(x), g.scalar(6)]),
});

import { same } from '../text.ts';
import { type Pair, pair } from './config.ts';
import { defineLayer, type LayerFix, type Shape } from './layer.ts';
import { needsImage } from './problems.ts';

interface Pads {
  readonly before: Pair;
  readonly after: Pair;
}

/** Height and width of the part of the image that is not cropped. */
const left = (x: Shape, { before, after }: Pads): number[] =>
  before.map((cells, i) => x[i + 1] + Math.min(0, cells) + Math.min(0, after[i]));

const withoutCrops = ({ before, after }: Pads): LayerFix[] => [
  { kind: 'setConfig', key: 'before', value: before.map((cells) => Math.max(0, cells)) },
  { kind: 'setConfig', key: 'after', value: after.map((cells) => Math.max(0, cells)) },
];

export const zeroPad2d = defineLayer({
  type: 'zeroPad2d',
  icon: {
    lines:
      'M5 5h6v6H5zM1.8 3.8v-2h2M6.5 1.8h3M12.2 1.8h2v2M14.2 6.5v3M14.2 12.2v2h-2M9.5 14.2h-3M3.8 14.2h-2v-2M1.8 9.5v-3',
    solid: 'M5 5h6v6H5z',
  },
  aliases: ['zeropadding2d'],
  title: { en: 'ZeroPad2d', zh: '零填充' },
  category: 'shape',
  stem: 'pad',
  keepsFeatures: true,
  doc: {
    en: 'Adds rows and columns of zeros around an image: C×H×W → C×(H + top + bottom)×(W + left + right). Negative values crop. Used for padding that differs from side to side.',
    zh: '在图像四周补零：C×H×W → C×(H + 上 + 下)×(W + 左 + 右)。负数表示裁剪。用于各边填充不同的情形。',
  },
  keywords: ['padding', 'border', 'crop', '填充', '补零', '裁剪'],
  formula: () => ({
    tex: [String.raw`y_{c,i,j} = \begin{cases} x_{c,\,i-t,\,j-l} & \text{inside } x \\ 0 & \text{else} \end{cases}`],
    where: { en: '$t$ rows are added on top, $l$ columns on the left', zh: '上方补 $t$ 行，左侧补 $l$ 列' },
  }),
  config: {
    before: pair({
      label: { en: 'Top, left', zh: '上、左' },
      help: {
        en: 'Rows of zeros on top, columns on the left; negative values crop',
        zh: '上方补零的行数、左侧补零的列数；负数表示裁剪',
      },
      default: [1, 1],
      min: -512,
      max: 512,
    }),
    after: pair({
      label: { en: 'Bottom, right', zh: '下、右' },
      help: {
        en: 'Rows of zeros below, columns on the right; negative values crop',
        zh: '下方补零的行数、右侧补零的列数；负数表示裁剪',
      },
      default: [1, 1],
      min: -512,
      max: 512,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ before, after }) => same(`${before.join(' ')} · ${after.join(' ')}`),
  infer({ x }, { before, after }) {
    if (x.length !== 3) return { problems: [needsImage(x)] };
    const size = [x[1] + before[0] + after[0], x[2] + before[1] + after[1]];
    if (size.every((cells) => cells >= 1) && left(x, { before, after }).every((cells) => cells >= 0))
      return { outputs: { y: [x[0], ...size] } };
    return {
      problems: [
        {
          code: 'empty-output',
          port: 'config.before',
          message: ({ self }) => ({
            en: `${self.en} crops all of its ${x[1]}×${x[2]} input. Crop less.`,
            zh: `${self.zh}裁掉了 ${x[1]}×${x[2]} 输入的全部内容。请减小裁剪量。`,
          }),
          fixes: withoutCrops({ before, after }),
        },
      ],
    };
  },
  advise({ x: { x }, config }) {
    if (left(x, config).every((cells) => cells >= 1)) return [];
    return [
      {
        severity: 'warning',
        code: 'zeros-alone',
        port: 'config.before',
        message: ({ self }) => ({
          en: `${self.en} crops all of its ${x[1]}×${x[2]} input and adds zeros, so the layers before it have no effect. Crop less.`,
          zh: `${self.zh}裁掉了 ${x[1]}×${x[2]} 输入的全部内容再补零，因此它之前的层不起作用。请减小裁剪量。`,
        }),
        fixes: withoutCrops(config),
      },
    ];
  },
  lower({ g, x, config: { before, after } }) {
    const added = (cells: Pair): number[] => [0, 0, ...cells.map((count) => Math.max(0, count))];
    const cropped = (cells: Pair): number[] => [0, 0, ...cells.map((count) => Math.min(0, count))];
    if (left(x.x.shape.slice(1).map(Number), { before, after }).every((cells) => cells >= 1)) {
      return { y: g.pad(x.x, [0, 0, ...before], [0, 0, ...after]) };
    }
    // onnxruntime 1.21 reads out of bounds if a Pad crops the whole image and adds zeros in one step.
    return { y: g.pad(g.pad(x.x, added(before), added(after)), cropped(before), cropped(after)) };
  },
});

import { same } from '../text.ts';
import { shape, shapeText } from './config.ts';
import { defineLayer, type Shape } from './layer.ts';

/** True for the shape of a gray or color image, about as high as wide, with the channels last. */
function isChannelsLast([height = 0, width = 0, channels, ...more]: Shape): boolean {
  const [small, large] = [Math.min(height, width), Math.max(height, width)];
  return (channels === 1 || channels === 3) && more.length === 0 && small >= 8 && large <= 2 * small;
}

export const input = defineLayer({
  type: 'input',
  icon: { lines: 'M2 8h9M7.5 4.5 11 8l-3.5 3.5M13.5 3v10' },
  title: { en: 'Input', zh: '输入' },
  category: 'io',
  stem: 'input',
  doc: {
    en: 'Input of the network. Its shape is the shape of one sample, without the batch axis: 1×28×28 for a gray image of 28 by 28 pixels.',
    zh: '网络的输入。形状为单个样本的形状，不含批量轴：28×28 的灰度图像为 1×28×28。',
  },
  keywords: ['data', 'image', 'placeholder', 'source', '数据', '图像', '样本', '起点'],
  formula: ({ shape: dims }) => ({
    tex: [String.raw`x \in \mathbb{R}^{${dims.join(String.raw`\times `)}}`],
    where: { en: '$x$ is one sample', zh: '$x$ 是一个样本' },
  }),
  config: {
    shape: shape({
      label: { en: 'Shape', zh: '形状' },
      help: { en: 'Channels × height × width, or a number of features', zh: '通道 × 高 × 宽，或特征数' },
      default: [1, 28, 28],
    }),
  },
  inputs: [],
  outputs: ['y'],
  summary: (config) => same(shapeText(config.shape)),
  infer: (_, config) => ({ outputs: { y: config.shape } }),
  advise({ config: { shape: dims } }) {
    if (!isChannelsLast(dims)) return [];
    const [height, width, channels] = dims as [number, number, number];
    const value = [channels, height, width];
    return [
      {
        severity: 'warning',
        code: 'channels-last',
        port: 'config.shape',
        message: ({ self }) => ({
          en: `${self.en} looks like height × width × channels; channels come first here, so it is read as ${height} channels of ${width}×${channels}. Put the channels first.`,
          zh: `${self.zh}的形状像是 高 × 宽 × 通道；Netloom 中通道在前，因此会被视为 ${height} 个 ${width}×${channels} 的通道。请把通道放在最前。`,
        }),
        fixes: [{ kind: 'setConfig', key: 'shape', value }],
      },
    ];
  },
});

/** A layer of that type is where samples enter the network. */
export const isInput = (type: string): boolean => type === input.type;

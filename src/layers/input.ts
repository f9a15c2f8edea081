import { ELEMENT_TYPES, type ElementType } from '../elementTypes.ts';
import { same } from '../text.ts';
import { bool, choice, shape, shapeText } from './config.ts';
import { defineLayer, type InferResult, type Problem, type Shape } from './layer.ts';

/** True for the shape of a gray or color image, about as high as wide, with the channels last. */
function isChannelsLast([height = 0, width = 0, channels, ...more]: Shape): boolean {
  const [small, large] = [Math.min(height, width), Math.max(height, width)];
  return (channels === 1 || channels === 3) && more.length === 0 && small >= 8 && large <= 2 * small;
}

/** Element types of arrays that a program can feed. */
const FED = ELEMENT_TYPES.filter((type) => !/^(b?float(16|8|4)|complex|u?int[24]$)/.test(type));

const wrongRank = (dims: Shape): Problem => ({
  code: 'input-rank',
  port: 'config.shape',
  message: ({ self }) => ({
    en: `${self.en} has ${dims.length} axes, but a sample of float32 needs one to four, without the batch axis.`,
    zh: `${self.zh}有 ${dims.length} 个轴，而 float32 样本应有一到四个轴，不含批量轴。`,
  }),
  fixes: [],
});

const emptyAxis = (dims: Shape): Problem => ({
  code: 'input-empty',
  port: 'config.shape',
  message: ({ self }) => ({
    en: `The shape of ${self.en}, ${shapeText(dims)}, has an axis of size 0, so a sample has no numbers. Give the axis a size.`,
    zh: `${self.zh}的形状 ${shapeText(dims)} 中有大小为 0 的轴，因此样本不含任何数。请为该轴指定大小。`,
  }),
  fixes: [],
});

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
      axes: [0, 8],
      least: 0,
    }),
    dtype: choice<ElementType>({
      label: { en: 'Element type', zh: '元素类型' },
      help: {
        en: 'Layers take float32; other types are inputs of ONNX operators',
        zh: '各层接受 float32；其他类型是 ONNX 算子的输入',
      },
      default: 'float32',
      options: FED.map((value) => ({ value, label: same(value) })),
      advanced: true,
    }),
    batch: bool({
      label: { en: 'Batch axis', zh: '批量轴' },
      help: {
        en: 'One value per sample; without it, all samples share one value, which only ONNX operators take',
        zh: '每个样本一个值；否则所有样本共用一个值，只有 ONNX 算子接受',
      },
      default: true,
      advanced: true,
    }),
  },
  inputs: [],
  outputs: ['y'],
  summary({ shape: dims, dtype, batch }) {
    const parts = [...(dtype === 'float32' ? [] : [dtype]), shapeText(dims)].join(' ').trim();
    return batch ? same(parts) : { en: `${parts} · no batch`, zh: `${parts} · 无批量轴` };
  },
  infer(_, { shape: dims, dtype, batch }): InferResult {
    if (dtype !== 'float32' || !batch) return { outputs: batch ? { y: dims } : {}, raw: { y: { dtype, dims, batch } } };
    if (dims.length < 1 || dims.length > 4) return { problems: [wrongRank(dims)] };
    return dims.includes(0) ? { problems: [emptyAxis(dims)] } : { outputs: { y: dims } };
  },
  advise({ config: { shape: dims, dtype, batch } }) {
    if (dtype !== 'float32' || !batch || !isChannelsLast(dims)) return [];
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

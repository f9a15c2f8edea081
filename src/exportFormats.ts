import type { Text } from './text.ts';

/** Options of exports, as window and command line offer them. */
export const EXPORT_OPTIONS = ['opset', 'fold', 'preprocessing', 'float16', 'external', 'samples'] as const;
export type ExportOption = (typeof EXPORT_OPTIONS)[number];

interface ExportFormat {
  readonly title: Text;
  /** Use of the format, in one sentence. */
  readonly purpose: Text;
  /** Extension of the file, or null for a project in a folder. */
  readonly extension: 'onnx' | 'safetensors' | null;
  /** The main files of a project, with their purpose; empty for a format with one file. */
  readonly contents: readonly (readonly [file: string, purpose: Text])[];
  readonly options: readonly ExportOption[];
}

const network: Text = { en: 'the network, with the names of its layers', zh: '网络，使用其各层的名称' };
const weights: Text = { en: 'the weights', zh: '权重' };
const proof: Text = { en: 'compares outputs with those of Netloom', zh: '与 Netloom 的输出比较' };

/** Formats in which a network leaves Netloom, in the order of the dialog. `src/engine/exports.ts` writes them. */
export const exportFormats = {
  onnx: {
    title: { en: 'ONNX model', zh: 'ONNX 模型' },
    purpose: {
      en: 'Runs in other programs, on servers, phones and web pages. Netloom opens it again.',
      zh: '可在其他程序、服务器、手机和网页中运行，Netloom 也能重新打开。',
    },
    extension: 'onnx',
    contents: [],
    options: EXPORT_OPTIONS,
  },
  pytorch: {
    title: { en: 'PyTorch project', zh: 'PyTorch 项目' },
    purpose: {
      en: 'A folder with model, weights, samples and training script, to train on in PyTorch.',
      zh: '一个文件夹，含模型、权重、样本和训练脚本，可在 PyTorch 中继续训练。',
    },
    extension: null,
    contents: [
      ['model.py', network],
      ['train.py', { en: 'the same training, also on several machines', zh: '相同的训练，也可用多台机器' }],
      ['data.py', { en: 'reads the samples of the dataset and transforms them', zh: '读取并变换数据集的样本' }],
      ['weights.safetensors', weights],
      ['check.py', proof],
    ],
    options: [],
  },
  keras: {
    title: { en: 'Keras project', zh: 'Keras 项目' },
    purpose: {
      en: 'A folder with model and weights, to use in Keras 3 with TensorFlow, JAX or PyTorch.',
      zh: '一个文件夹，含模型和权重，用于 Keras 3（TensorFlow、JAX 或 PyTorch）。',
    },
    extension: null,
    contents: [
      ['model.py', network],
      ['weights.safetensors', weights],
      ['check.py', proof],
    ],
    options: [],
  },
  safetensors: {
    title: { en: 'safetensors file', zh: 'safetensors 文件' },
    purpose: {
      en: 'Weights alone, bit for bit, under the names of the layers. They can be the start weights of a run.',
      zh: '仅含权重，逐位相同，以层名命名；可作为训练的初始权重。',
    },
    extension: 'safetensors',
    contents: [],
    options: [],
  },
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type FormatName = keyof typeof exportFormats;
export const FORMAT_NAMES = Object.keys(exportFormats) as FormatName[];

/** The format with the type that all formats have. */
export const formatOf = (name: FormatName): ExportFormat => exportFormats[name];

import { defineLayer } from './layer.ts';

/** Output of a network that was not made for training here: its values are passed on unchanged. */
export const output = defineLayer({
  type: 'output',
  icon: { lines: 'M2.5 3v10M5 8h9M10.5 4.5 14 8l-3.5 3.5' },
  title: { en: 'Output', zh: '输出' },
  category: 'io',
  stem: 'output',
  doc: {
    en: 'Output of the network under the name of this layer, unchanged, as in an ONNX model. It has no loss: for training, replace it with a Classifier, Binary classifier or Regression output.',
    zh: '网络的输出，以该层的名称命名，数值不变，与 ONNX 模型的输出相同。它没有损失函数：如需训练，请改用分类、二分类或回归输出。',
  },
  keywords: ['result', 'onnx', '输出', '结果'],
  formula: () => ({ tex: ['y = x'] }),
  config: {},
  inputs: ['x'],
  outputs: [],
  takesRaw: true,
  summary: () => ({ en: 'No loss', zh: '无损失函数' }),
  infer: () => ({ outputs: {} }),
  output: {
    answers: 'numbers',
    target: ({ x }) => ({ dtype: 'float32', shape: x ?? [] }),
    predictions: ({ x }) => ({ values: x.x }),
  },
});

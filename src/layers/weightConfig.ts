import { bool, choice } from './config.ts';
import { type WeightInit, weightInitOptions } from './initializers.ts';

/** Settings of every layer that multiplies by a weight. */
export const weightConfig = {
  bias: bool({
    label: { en: 'Bias', zh: '偏置' },
    help: { en: 'Add a learned bias to each output', zh: '为每个输出加上可学习的偏置' },
    default: true,
  }),
  weightInit: choice<WeightInit>({
    label: { en: 'Initializer', zh: '初始化' },
    help: {
      en: 'Initial distribution of the weights: Xavier for tanh and sigmoid, Kaiming for ReLU',
      zh: '权重的初始分布：tanh、sigmoid 用 Xavier，ReLU 用 Kaiming',
    },
    default: 'xavierUniform',
    options: weightInitOptions,
    advanced: true,
  }),
};

import { bool, choice } from './config.ts';
import { type WeightInit, weightInitOptions } from './initialisers.ts';

/** What every layer that multiplies by a weight can be told. */
export const weightConfig = {
  bias: bool({
    label: { en: 'Bias', zh: '偏置' },
    help: { en: 'add a learned number to every output', zh: '给每个输出加一个学到的数' },
    default: true,
  }),
  weightInit: choice<WeightInit>({
    label: { en: 'Initialiser', zh: '初始化' },
    help: {
      en: 'how the weights are drawn before training: Xavier for tanh and sigmoid, Kaiming for ReLU',
      zh: '训练前权重如何取值：tanh、sigmoid 用 Xavier，ReLU 用 Kaiming',
    },
    default: 'xavierUniform',
    options: weightInitOptions,
    advanced: true,
  }),
};

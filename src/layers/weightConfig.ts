import { bool, choice } from './config.ts';
import { type WeightInit, weightInitOptions } from './initialisers.ts';

/** What every layer that multiplies by a weight can be told. */
export const weightConfig = {
  bias: bool({ label: { en: 'Bias', zh: '偏置' }, default: true }),
  weightInit: choice<WeightInit>({
    label: { en: 'Initialiser', zh: '初始化' },
    default: 'xavierUniform',
    options: weightInitOptions,
    advanced: true,
  }),
};

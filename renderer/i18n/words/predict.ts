import type { Words } from '../words.ts';

export const predict = {
  'predict.title': { en: 'Predict', zh: '预测' },
  'predict.draw': { en: 'draw a digit here', zh: '在此写一个数字' },
  'predict.pad': { en: 'Pad to draw a digit on', zh: '手写数字板' },
  'predict.clear': { en: 'Clear', zh: '清除' },
  'predict.probability': { en: 'Probability of {{label}}', zh: '{{label}} 的概率' },
  'predict.untrained': { en: 'random weights: train first', zh: '权重是随机的：请先训练' },
  'predict.errors': { en: 'The network has errors: nothing can be predicted.', zh: '网络有错误，无法预测。' },
  'predict.shape': {
    en: 'The pad draws 1×28×28; this network takes {{shape}}.',
    zh: '手写板输出 1×28×28，而此网络的输入为 {{shape}}。',
  },
  'predict.noInput': {
    en: 'The pad needs a network with an input of 1×28×28.',
    zh: '手写板需要输入为 1×28×28 的网络。',
  },
} satisfies Words;

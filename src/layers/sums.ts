import type { Explanation } from './layer.ts';

const product = (factors: readonly number[]): number => factors.reduce((a, b) => a * b, 1);

/** `16·6·5·5 + 16 = 2,416`: the numbers of a weight, and of the biases beside it. */
export const paramSum = (weight: readonly number[], biases = 0): Explanation => ({
  label: { en: 'parameters', zh: '参数' },
  sum: `${weight.join('·')}${biases > 0 ? ` + ${biases}` : ''} = ${(product(weight) + biases).toLocaleString('en')}`,
});

/** `16·10·10·6·5·5 = 240,000`: every output number takes as many multiply-adds as its sum has terms. */
export const macSum = (factors: readonly number[]): Explanation => ({
  label: { en: 'multiply-adds', zh: '乘加' },
  sum: `${factors.join('·')} = ${product(factors).toLocaleString('en')}`,
});

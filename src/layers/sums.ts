import type { Explanation } from './layer.ts';

const product = (factors: readonly number[]): number => factors.reduce((a, b) => a * b, 1);

/** `16·6·5·5 + 16 = 2,416`: number of parameters of a weight and its biases. */
export const paramSum = (weight: readonly number[], biases = 0): Explanation => ({
  label: { en: 'parameters', zh: '参数量' },
  sum: `${weight.join('·')}${biases > 0 ? ` + ${biases}` : ''} = ${(product(weight) + biases).toLocaleString('en')}`,
});

/** `16·10·10·6·5·5 = 240,000`: each output element needs one MAC per term of its sum. */
export const macSum = (factors: readonly number[]): Explanation => ({
  label: { en: 'MACs', zh: '乘加次数' },
  sum: `${factors.join('·')} = ${product(factors).toLocaleString('en')}`,
});

import { int } from './config.ts';
import { circle } from './drawing.ts';
import { weightAndBias } from './initializers.ts';
import { defineLayer } from './layer.ts';
import { producer, rankProblem } from './problems.ts';
import { macSum, paramSum } from './sums.ts';
import { weightConfig } from './weightConfig.ts';

const vector = { en: 'a vector', zh: '向量' };

export const linear = defineLayer({
  type: 'linear',
  icon: {
    lines: `M4.8 4h6.4M4.8 12h6.4M4.5 4.9l7 6.2M4.5 11.1l7-6.2${[3.3, 12.7].flatMap((x) => [4, 12].map((y) => circle(x, y, 1.2))).join('')}`,
    width: 1.2,
  },
  aliases: ['dense', 'fullyconnected', 'innerproduct', 'fc', 'gemm'],
  title: { en: 'Linear', zh: '全连接层' },
  category: 'linear',
  takesRows: true,
  stem: 'fc',
  featuresKey: 'outFeatures',
  doc: {
    en: 'y = x·Wᵀ + b: each output is a weighted sum of all inputs. Acts on the last axis: K → M, L×K → L×M. Images must be flattened first. Used in multilayer perceptrons and at the end of convolutional networks.',
    zh: 'y = x·Wᵀ + b：每个输出都是全部输入的加权和。作用于最后一个轴：K → M，L×K → L×M。图像须先展平。用于多层感知机和卷积网络的末端。',
  },
  keywords: ['dense', 'fully connected', 'FC', 'perceptron', 'affine', '全连接', '线性', '稠密'],
  formula: ({ bias }) => ({
    tex: [String.raw`y_m = ${bias ? 'b_m + ' : ''}\sum_{k=1}^{K} W_{mk}\, x_k`],
    where: { en: '$K$ inputs, $m = 1, \\dots, M$ units', zh: '$K$ 个输入，$m = 1, \\dots, M$ 个单元' },
  }),
  config: {
    outFeatures: int({
      label: { en: 'Units', zh: '单元数' },
      help: {
        en: 'Number of outputs; each has one weight per input',
        zh: '输出的个数；每个输出对每个输入有一个权重',
      },
      default: 64,
      min: 1,
      max: 1_000_000,
    }),
    ...weightConfig,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ outFeatures }) => ({
    en: outFeatures === 1 ? '1 unit' : `${outFeatures} units`,
    zh: `${outFeatures} 单元`,
  }),
  infer({ x }, { outFeatures }) {
    if (x.length > 2) {
      return {
        problems: [rankProblem(vector, x, 'x', [{ kind: 'insertBefore', port: 'x', layer: 'flatten', config: {} }])],
      };
    }
    return { outputs: { y: [...x.slice(0, -1), outFeatures] } };
  },
  advise({ x: { x }, config: { outFeatures }, before }) {
    const up = producer(before);
    if (up?.layer.type !== 'linear') return [];
    const [hidden, given] = [x.at(-1) as number, up.x.x.at(-1) as number];
    // A narrow layer in between factorizes the weight, which a single layer does not.
    if (hidden < Math.min(given, outFeatures)) return [];
    return [
      {
        severity: 'warning',
        code: 'linear-in-a-row',
        port: 'x',
        message: ({ self }) => ({
          en: `There is no activation between “${up.name}” and ${self.en}, so both act as a single Linear layer of ${outFeatures} units. Insert an activation.`,
          zh: `“${up.name}”与${self.zh}之间没有激活函数，两层合起来只相当于一个 ${outFeatures} 个单元的全连接层。请插入激活函数。`,
        }),
        fixes: [{ kind: 'insertBefore', port: 'x', layer: 'relu', config: {} }],
      },
    ];
  },
  params: ({ x }, config) => weightAndBias(config.weightInit, [config.outFeatures, x.at(-1) as number], config.bias),
  macs: ({ x }, _, { outFeatures }) => x.reduce((a, b) => a * b, 1) * outFeatures,
  explain: ({ x }, _, { outFeatures, bias }) => [
    paramSum([outFeatures, x.at(-1) as number], bias ? outFeatures : 0),
    macSum([...x, outFeatures]),
  ],
  lower({ g, x, p }) {
    const { x: data } = x;
    const { weight, bias } = p;
    if (data.shape.length === 2) return { y: g.gemm(data, weight, bias ?? null, { transB: true }) };
    const product = g.matMul(data, g.swapLast(weight));
    return { y: bias === undefined ? product : g.add(product, bias) };
  },
});

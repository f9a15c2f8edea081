import { floatTensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import { choice, float, int, numbers } from './config.ts';
import { defineLayer, type Problem } from './layer.ts';
import { crossEntropy, lossLabel, lossWeight, multiMargin } from './losses.ts';
import { scoresAdvice } from './outputAdvice.ts';
import { numbersProducer, rankProblem } from './problems.ts';

const weightCount = (classes: number, weights: readonly number[]): Problem => ({
  code: 'class-weight-count',
  port: 'config.classWeights',
  message: ({ self }) => ({
    en: `${self.en} has ${classes} classes but ${weights.length} class weights. Give one weight per class, or none.`,
    zh: `${self.zh}有 ${classes} 个类别，却有 ${weights.length} 个类别权重。请为每个类别提供一个权重，或全部留空。`,
  }),
  fixes: [
    { kind: 'setConfig', key: 'classWeights', value: Array.from({ length: classes }, (_, i) => weights[i] ?? 1) },
    { kind: 'setConfig', key: 'classWeights', value: [] },
  ],
});

const scores = (classes: number): Text => ({
  en: `a vector of ${classes} logits`,
  zh: `${classes} 个 logit 组成的向量`,
});

export const classifier = defineLayer({
  type: 'classifier',
  icon: { lines: 'M2.5 13.5V9M6.2 13.5V3M9.8 13.5V7M13.5 13.5v-3', width: 2 },
  title: { en: 'Classifier', zh: '分类输出' },
  category: 'io',
  takesRows: true,
  stem: 'classes',
  doc: {
    en: 'Output layer for classification. Takes one logit per class; softmax turns the logits into probabilities. Training minimizes the cross-entropy −log p(true class), averaged over the batch.',
    zh: '分类的输出层。每个类别对应一个 logit，由 softmax 转换为概率。训练时最小化交叉熵 −log p(真实类别) 在小批量上的平均值。',
  },
  keywords: [
    'output',
    'softmax',
    'cross entropy',
    'logits',
    'loss',
    'classification',
    '分类',
    '输出',
    '损失',
    '交叉熵',
  ],
  formula: ({ loss, labelSmoothing, classWeights }) => {
    if (loss === 'multiMargin') {
      return {
        tex: [String.raw`\ell = \frac{1}{K} \sum_{k \ne y} \max(0,\; 1 - x_y + x_k)`],
        where: { en: '$y$ is the true class of $K$', zh: '$y$ 是 $K$ 类中的真实类别' },
      };
    }
    const weight = (of: string) => (classWeights.length > 0 ? `w_${of}` : '');
    const plain = String.raw`${weight('y')} \log p_y`;
    return {
      tex: [
        String.raw`p_k = \frac{e^{x_k}}{\sum_j e^{x_j}}`,
        labelSmoothing > 0
          ? String.raw`\ell = -${1 - labelSmoothing}\, ${plain} - \frac{${labelSmoothing}}{K} \sum_k ${weight('k')} \log p_k`
          : String.raw`\ell = -${plain}`,
      ],
      where: { en: '$y$ is the true class of $K$', zh: '$y$ 是 $K$ 类中的真实类别' },
      ...(labelSmoothing > 0 && { source: 'Szegedy et al. 2016' }),
    };
  },
  config: {
    classes: int({
      label: { en: 'Classes', zh: '类别数' },
      help: { en: 'Number of classes; the input has one logit per class', zh: '类别数；输入为每个类别一个 logit' },
      default: 10,
      min: 2,
      max: 1_000_000,
    }),
    loss: choice<'crossEntropy' | 'multiMargin'>({
      label: lossLabel,
      help: { en: 'Loss function minimized by training', zh: '训练时最小化的损失函数' },
      default: 'crossEntropy',
      options: [
        { value: 'crossEntropy', label: { en: 'Cross-entropy', zh: '交叉熵' } },
        { value: 'multiMargin', label: { en: 'Margin', zh: '间隔损失' } },
      ],
      advanced: true,
    }),
    labelSmoothing: float({
      label: { en: 'Label smoothing', zh: '标签平滑' },
      help: { en: 'Fraction of the target spread over all classes', zh: '均摊到所有类别的标签比例' },
      when: { loss: ['crossEntropy'] },
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      advanced: true,
    }),
    classWeights: numbers({
      label: { en: 'Class weights', zh: '类别权重' },
      help: {
        en: 'Cross-entropy: one weight per class; empty for equal weights',
        zh: '交叉熵：每个类别一个权重；留空则权重相等',
      },
      when: { loss: ['crossEntropy'] },
      default: [],
      min: 0,
      advanced: true,
    }),
    ignoreIndex: int({
      label: { en: 'Ignored class', zh: '忽略的类别' },
      help: { en: 'Samples of this class are ignored; −1 for none', zh: '忽略该类别的样本；−1 表示不忽略' },
      when: { loss: ['crossEntropy'] },
      default: -1,
      min: -1,
      max: 1_000_000,
      advanced: true,
    }),
    lossWeight,
  },
  inputs: ['x'],
  outputs: [],
  summary: ({ loss }) =>
    loss === 'crossEntropy'
      ? { en: 'Softmax · cross-entropy', zh: 'softmax · 交叉熵' }
      : { en: 'Softmax · margin', zh: 'softmax · 间隔损失' },
  infer({ x }, { classes, classWeights }) {
    if (x.length !== 1) {
      const flat = x.reduce((a, b) => a * b, 1) === classes;
      const linear = { layer: 'linear', config: { outFeatures: classes } };
      const flatten = { kind: 'insertBefore', port: 'x', layer: 'flatten', config: {} } as const;
      // One channel per class: its mean is the logit (Lin, Chen and Yan 2013).
      const mean = { ...flatten, layer: 'globalAvgPool2d', behind: [{ layer: 'flatten', config: {} }] } as const;
      const perChannel = !flat && x.length === 3 && x[0] === classes;
      const fixes = [...(perChannel ? [mean] : []), flat ? flatten : { ...flatten, behind: [linear] }];
      return { problems: [rankProblem(scores(classes), x, 'x', fixes)] };
    }
    if (x[0] === classes) {
      if (classWeights.length === 0 || classWeights.length === classes) return { outputs: {} };
      return { problems: [weightCount(classes, classWeights)] };
    }
    const given = x[0];
    return {
      problems: [
        {
          code: 'class-count',
          port: 'x',
          message: ({ self, from }) => ({
            en: `${self.en} has ${classes} classes and needs one logit per class, but “${from('x')}” outputs ${given}.`,
            zh: `${self.zh}有 ${classes} 个类别，每个类别需要一个 logit，但“${from('x')}”输出 ${given} 个。`,
          }),
          fixes: [
            { kind: 'setFeatures', port: 'x', value: classes },
            { kind: 'insertBefore', port: 'x', layer: 'linear', config: { outFeatures: classes } },
            ...(given >= 2 ? [{ kind: 'setConfig', key: 'classes', value: given } as const] : []),
          ],
        },
      ],
    };
  },
  advise: ({ before }) => scoresAdvice(numbersProducer(before), 'softmax'),
  output: {
    answers: 'class',
    classes: {
      isEntropy: ({ loss }) => loss === 'crossEntropy',
      takesProbabilities: ({ loss, ignoreIndex }) => loss === 'crossEntropy' && ignoreIndex < 0,
      isWeighted: ({ classWeights }) => classWeights.length > 0,
      balanced: (samples) => {
        const all = samples.reduce((a, b) => a + b, 0);
        const value = samples.map((count) => Number((all / (samples.length * Math.max(1, count))).toPrecision(3)));
        return { key: 'classWeights', value };
      },
    },
    target: () => ({ dtype: 'int64', shape: [] }),
    predictions: ({ g, x }) => ({ logits: x.x, probabilities: g.softmax(x.x, -1) }),
    loss({ g, x: { x }, config: { loss, labelSmoothing, classWeights, ignoreIndex } }, target) {
      // Of mixed samples, the class with the largest share counts.
      const label = target.dtype === 'float32' ? g.argMax(target, -1) : target;
      const right = g.cast(g.equal(g.argMax(x, -1), label), 'float32');
      const losses = {
        crossEntropy: () =>
          crossEntropy(g, x, target, 'mean', {
            labelSmoothing,
            ...(classWeights.length > 0 && { weights: g.constant(floatTensor([classWeights.length], classWeights)) }),
            ...(ignoreIndex >= 0 && { ignoreIndex }),
          }),
        multiMargin: () => multiMargin(g, x, target, 'mean', { p: 1, margin: 1 }),
      };
      return { loss: losses[loss](), correct: g.reduceSum(right, [0]) };
    },
  },
});

import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { choice, float } from './config.ts';
import { defineLayer } from './layer.ts';
import { absoluteError, binaryCrossEntropy, hinge, huber, perceptron, smoothL1, squaredError } from './losses.ts';

const lossLabel = { en: 'Loss', zh: '损失' };

/** How many samples are right in every one of their answers. */
function allRight(g: Builder, said: Value, target: Value): Value {
  const wrong = g.abs(g.sub(said, target));
  const mistakes = g.reduceSum(
    wrong,
    wrong.shape.slice(1).map((_, i) => i + 1),
  );
  return g.reduceSum(g.cast(g.less(mistakes, g.scalar(0.5)), 'float32'), [0]);
}

/** Yes or no, once or several times: the book's perceptron, logistic regression and multi-label classification. */
export const binaryClassifier = defineLayer({
  type: 'binaryClassifier',
  title: { en: 'Binary classifier', zh: '二分类输出' },
  category: 'io',
  stem: 'decision',
  doc: {
    en: 'The end of a network that answers yes or no, for each of its inputs on its own. Takes scores (logits); above 0 means yes. Losses: binary cross-entropy, hinge, or Rosenblatt’s perceptron rule.',
    zh: '回答是或否的网络终点，每个输入各自独立。接收分数（logit），大于 0 为“是”。损失：二元交叉熵、合页损失或 Rosenblatt 的感知机规则。',
  },
  config: {
    loss: choice<'bceWithLogits' | 'hinge' | 'perceptron'>({
      label: lossLabel,
      default: 'bceWithLogits',
      options: [
        { value: 'bceWithLogits', label: { en: 'Cross-entropy', zh: '交叉熵' } },
        { value: 'hinge', label: { en: 'Hinge', zh: '合页' } },
        { value: 'perceptron', label: { en: 'Perceptron', zh: '感知机' } },
      ],
    }),
    positiveWeight: float({
      label: { en: 'Weight of yes', zh: '正类权重' },
      help: { en: 'cross-entropy: how much more a yes counts', zh: '交叉熵：正类所占的权重' },
      default: 1,
      min: 0.001,
      max: 1e6,
      step: 0.5,
      advanced: true,
    }),
    margin: float({
      label: { en: 'Margin', zh: '间隔' },
      help: { en: 'hinge: how far from 0 a score should be', zh: '合页：分数应离 0 多远' },
      default: 1,
      min: 0,
      max: 1000,
      step: 0.5,
      advanced: true,
    }),
  },
  inputs: ['x'],
  outputs: [],
  summary: ({ loss }) => ({ en: `yes or no · ${loss}`, zh: `是或否 · ${loss}` }),
  infer: () => ({ outputs: {} }),
  output: {
    answers: 'binary',
    target: ({ x }) => ({ dtype: 'float32', shape: x }),
    predictions: ({ g, x }) => ({ logits: x.x, probabilities: g.sigmoid(x.x) }),
    loss({ g, x: { x }, config }, target) {
      const said = g.cast(g.greater(x, g.scalar(0)), 'float32');
      // Answers are 0 and 1; hinge and perceptron want −1 and 1.
      const signs = (): Value => g.sub(g.add(target, target), g.scalar(1));
      const losses = {
        bceWithLogits: () => {
          const weighted = config.positiveWeight !== 1 && { positiveWeight: g.scalar(config.positiveWeight) };
          return binaryCrossEntropy(g, x, target, 'mean', { ...weighted });
        },
        hinge: () => hinge(g, x, signs(), 'mean', config.margin),
        perceptron: () => perceptron(g, x, signs(), 'mean'),
      };
      return { loss: losses[config.loss](), correct: allRight(g, said, target) };
    },
  },
});

/** Numbers as answers: the book's linear regression. */
export const regression = defineLayer({
  type: 'regression',
  title: { en: 'Regression', zh: '回归输出' },
  category: 'io',
  stem: 'prediction',
  doc: {
    en: 'The end of a network that predicts numbers. Training makes the mean difference to the true numbers small: squared, absolute, or squared for small and absolute for large ones (Huber, smooth L1).',
    zh: '预测数值的网络终点。训练使其与真值的平均差变小：平方差、绝对差，或小差取平方、大差取绝对（Huber、smooth L1）。',
  },
  config: {
    loss: choice<'mse' | 'l1' | 'smoothL1' | 'huber'>({
      label: lossLabel,
      default: 'mse',
      options: [
        { value: 'mse', label: { en: 'Squared (MSE)', zh: '平方误差' } },
        { value: 'l1', label: { en: 'Absolute (L1)', zh: '绝对误差' } },
        { value: 'smoothL1', label: { en: 'Smooth L1', zh: '平滑 L1' } },
        { value: 'huber', label: { en: 'Huber', zh: 'Huber 损失' } },
      ],
    }),
    threshold: float({
      label: { en: 'Threshold', zh: '阈值' },
      help: {
        en: 'smooth L1 and Huber: where squared turns into absolute',
        zh: '平滑 L1 与 Huber：由平方转为绝对的位置',
      },
      default: 1,
      min: 1e-6,
      max: 1e6,
      step: 0.1,
      advanced: true,
    }),
  },
  inputs: ['x'],
  outputs: [],
  summary: ({ loss }) => ({ en: `numbers · ${loss}`, zh: `数值 · ${loss}` }),
  infer: () => ({ outputs: {} }),
  output: {
    answers: 'numbers',
    target: ({ x }) => ({ dtype: 'float32', shape: x }),
    predictions: ({ g, x }) => ({ values: g.identity(x.x) }),
    loss({ g, x: { x }, config }, target) {
      const losses = {
        mse: () => squaredError(g, x, target, 'mean'),
        l1: () => absoluteError(g, x, target, 'mean'),
        smoothL1: () => smoothL1(g, x, target, 'mean', config.threshold),
        huber: () => huber(g, x, target, 'mean', config.threshold),
      };
      return { loss: losses[config.loss](), correct: null };
    },
  },
});

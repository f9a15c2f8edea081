import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { choice, float, optionText } from './config.ts';
import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { binaryCrossEntropy, hinge, lossLabel, lossWeight, perceptron } from './losses.ts';
import { scoresAdvice } from './outputAdvice.ts';
import { numbersProducer } from './problems.ts';

/** Number of samples whose outputs are all predicted correctly. */
function allRight(g: Builder, prediction: Value, target: Value): Value {
  const wrong = g.abs(g.sub(prediction, target));
  const mistakes = g.reduceSum(
    wrong,
    wrong.shape.slice(1).map((_, i) => i + 1),
  );
  return g.reduceSum(g.cast(g.less(mistakes, g.scalar(0.5)), 'float32'), [0]);
}

const lossField = choice<'bceWithLogits' | 'hinge' | 'perceptron'>({
  label: lossLabel,
  help: { en: 'Loss function minimized by training', zh: '训练时最小化的损失函数' },
  default: 'bceWithLogits',
  options: [
    { value: 'bceWithLogits', label: { en: 'Cross-entropy', zh: '交叉熵' } },
    { value: 'hinge', label: { en: 'Hinge', zh: '合页损失' } },
    { value: 'perceptron', label: { en: 'Perceptron', zh: '感知机' } },
  ],
});

/** One or several yes/no outputs: perceptron, logistic regression and multi-label classification. */
export const binaryClassifier = defineLayer({
  type: 'binaryClassifier',
  icon: { lines: `M8 1.8v12.4${circle(3.6, 8, 1.9)}`, solid: circle(12.4, 8, 2.5) },
  title: { en: 'Binary classifier', zh: '二分类输出' },
  category: 'io',
  takesRows: true,
  stem: 'decision',
  doc: {
    en: 'Output layer for binary classification: predicts yes or no for each logit independently (logit > 0 means yes). Losses: binary cross-entropy, hinge, or Rosenblatt’s perceptron rule.',
    zh: '二分类的输出层：对每个 logit 独立判断，大于 0 为“是”。损失：二元交叉熵、合页损失或 Rosenblatt 的感知机规则。',
  },
  keywords: [
    'output',
    'logistic',
    'sigmoid',
    'bce',
    'yes no',
    'hinge',
    'perceptron',
    'loss',
    '二分类',
    '逻辑回归',
    '感知机',
    '损失',
  ],
  formula: ({ loss, positiveWeight, margin }) => {
    const weight = positiveWeight === 1 ? '' : String.raw`${positiveWeight}\, `;
    const losses = {
      bceWithLogits: {
        tex: [
          String.raw`p = \sigma(x) = \frac{1}{1 + e^{-x}}`,
          String.raw`\ell = -${weight}y \log p - (1 - y) \log(1 - p)`,
        ],
        where: { en: '$y$ is 1 for yes and 0 for no', zh: '$y$ 为 1 表示是，0 表示否' },
      },
      hinge: {
        tex: [String.raw`\ell = \max(0,\; ${margin} - t x)`],
        where: { en: '$t$ is 1 for yes and −1 for no', zh: '$t$ 为 1 表示是，−1 表示否' },
      },
      perceptron: {
        tex: [String.raw`\ell = \max(0,\; -t x)`],
        where: { en: '$t$ is 1 for yes and −1 for no', zh: '$t$ 为 1 表示是，−1 表示否' },
        source: 'Rosenblatt 1958',
      },
    };
    return losses[loss];
  },
  config: {
    loss: lossField,
    positiveWeight: float({
      label: { en: 'Positive weight', zh: '正类权重' },
      help: { en: 'Cross-entropy: weight of the positive class', zh: '交叉熵：正类的权重' },
      when: { loss: ['bceWithLogits'] },
      default: 1,
      min: 0.001,
      max: 1e6,
      step: 0.5,
      advanced: true,
    }),
    margin: float({
      label: { en: 'Margin', zh: '间隔' },
      help: { en: 'Hinge: target distance of the logit from 0', zh: '合页损失：logit 与 0 的目标距离' },
      when: { loss: ['hinge'] },
      default: 1,
      min: 0,
      max: 1000,
      step: 0.5,
      advanced: true,
    }),
    lossWeight,
  },
  inputs: ['x'],
  outputs: [],
  summary({ loss }) {
    const words = optionText(lossField, loss);
    return { en: `Yes or no · ${words.en}`, zh: `是或否 · ${words.zh}` };
  },
  infer: () => ({ outputs: {} }),
  advise: ({ before, config: { loss } }) =>
    loss === 'bceWithLogits' ? scoresAdvice(numbersProducer(before), 'sigmoid') : [],
  output: {
    answers: 'binary',
    classes: {
      isEntropy: ({ loss }) => loss === 'bceWithLogits',
      takesProbabilities: () => false,
      isWeighted: ({ positiveWeight }) => positiveWeight !== 1,
      balanced: ([no = 1, yes = 1]) => ({
        key: 'positiveWeight',
        value: Number((no / Math.max(1, yes)).toPrecision(3)),
      }),
    },
    target: ({ x }) => ({ dtype: 'float32', shape: x }),
    predictions: ({ g, x }) => ({ logits: x.x, probabilities: g.sigmoid(x.x) }),
    loss({ g, x: { x }, config }, target) {
      const prediction = g.cast(g.greater(x, g.scalar(0)), 'float32');
      // Targets are 0 and 1; hinge and perceptron need −1 and 1.
      const signs = (): Value => g.sub(g.add(target, target), g.scalar(1));
      const losses = {
        bceWithLogits: () => {
          const weighted = config.positiveWeight !== 1 && { positiveWeight: g.scalar(config.positiveWeight) };
          return binaryCrossEntropy(g, x, target, 'mean', { ...weighted });
        },
        hinge: () => hinge(g, x, signs(), 'mean', config.margin),
        perceptron: () => perceptron(g, x, signs(), 'mean'),
      };
      return { loss: losses[config.loss](), correct: allRight(g, prediction, target) };
    },
  },
});

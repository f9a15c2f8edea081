import { choice, float, optionText } from './config.ts';
import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { absoluteError, huber, lossLabel, lossWeight, smoothL1, squaredError } from './losses.ts';

const lossField = choice<'mse' | 'l1' | 'smoothL1' | 'huber'>({
  label: lossLabel,
  help: { en: 'Loss function of the prediction error', zh: '预测误差的损失函数' },
  default: 'mse',
  options: [
    { value: 'mse', label: { en: 'Squared (MSE)', zh: '平方误差' } },
    { value: 'l1', label: { en: 'Absolute (L1)', zh: '绝对误差' } },
    { value: 'smoothL1', label: { en: 'Smooth L1', zh: '平滑 L1' } },
    { value: 'huber', label: { en: 'Huber', zh: 'Huber 损失' } },
  ],
});

/** Output layer for numeric targets, as in linear regression. */
export const regression = defineLayer({
  type: 'regression',
  icon: { lines: 'M2 2v12h12M4.5 11.5l9-7', solid: circle(6, 7.2, 1.2) + circle(10.6, 9.6, 1.2) },
  title: { en: 'Regression', zh: '回归输出' },
  category: 'io',
  stem: 'prediction',
  doc: {
    en: 'Output layer for regression. Training minimizes the mean error: squared, absolute, or squared for small and absolute for large errors (Huber, smooth L1).',
    zh: '回归的输出层。训练时最小化平均误差：平方误差、绝对误差，或小误差取平方、大误差取绝对值（Huber、smooth L1）。',
  },
  keywords: ['output', 'mse', 'l1', 'huber', 'mean squared error', 'loss', '回归', '均方误差', '损失'],
  formula({ loss, threshold }) {
    const huber = (square: string, straight: string) =>
      String.raw`\ell = \begin{cases} ${square} & d < ${threshold} \\ ${straight} & \text{else} \end{cases}`;
    const losses = {
      mse: { tex: [String.raw`\ell = (x - y)^2`] },
      l1: { tex: [String.raw`\ell = |x - y|`] },
      smoothL1: {
        tex: [
          huber(String.raw`\frac{d^2}{2 \cdot ${threshold}}`, String.raw`d - \frac{${threshold}}{2}`),
          'd = |x - y|',
        ],
        source: 'Girshick 2015',
      },
      huber: {
        tex: [
          huber(String.raw`\frac{d^2}{2}`, String.raw`${threshold} \bigl( d - \frac{${threshold}}{2} \bigr)`),
          'd = |x - y|',
        ],
        source: 'Huber 1964',
      },
    };
    return {
      ...losses[loss],
      where: { en: '$y$ is the target; mean over all targets', zh: '$y$ 是目标值；对全部目标值取平均' },
    };
  },
  config: {
    loss: lossField,
    threshold: float({
      label: { en: 'Threshold', zh: '阈值' },
      help: {
        en: 'Smooth L1 and Huber: error at which squared changes to absolute',
        zh: '平滑 L1 与 Huber：由平方转为绝对值的误差大小',
      },
      when: { loss: ['smoothL1', 'huber'] },
      default: 1,
      min: 1e-6,
      max: 1e6,
      step: 0.1,
      advanced: true,
    }),
    lossWeight,
  },
  inputs: ['x'],
  outputs: [],
  summary({ loss }) {
    const words = optionText(lossField, loss);
    return { en: `Numbers · ${words.en}`, zh: `数值 · ${words.zh}` };
  },
  infer: () => ({ outputs: {} }),
  output: {
    answers: 'numbers',
    target: ({ x }) => ({ dtype: 'float32', shape: x }),
    predictions: ({ x }) => ({ values: x.x }),
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

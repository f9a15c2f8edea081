import { int } from '../src/layers/config.ts';
import { weightConfig } from '../src/layers/weightConfig.ts';
import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, input, linear } from './rows.ts';
import { sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

const regression: Row = ['prediction', 'regression', { loss: 'mse' }];
/** A weighted sum. */
const straight = defineKind({
  config: {
    features: int({ label: { en: 'Features', zh: '特征数' }, default: 2, min: 1, max: 65_536 }),
    bias: weightConfig.bias,
  },
  name: () => 'Linear regression',
  draw: ({ features, bias }, settings) =>
    chain([[input([features]), linear('linear', 1, { bias }), regression]], settings),
});

/** Rosenblatt's perceptron: what it says is the sign of a weighted sum. */
const perceptron = defineKind({
  config: {},
  name: () => 'Perceptron',
  draw: (_, settings) =>
    chain([[input([2]), linear('linear', 1), ['sign', 'binaryClassifier', { loss: 'perceptron' }]]], settings),
});

const xor = defineKind({
  config: {},
  name: () => 'XOR',
  draw: (_, settings) =>
    chain(
      [
        [input([2]), linear('fc1', 2), ['act1', 'sigmoid'], linear('fc2', 1)],
        [['act2', 'binaryClassifier', { loss: 'bceWithLogits' }]],
      ],
      settings,
    ),
});

/** One weight for each number of the input and each class. */
const softmaxRegression = defineKind({
  config: ends,
  name: () => 'Softmax regression',
  draw: ({ input: shape, classes: count }, settings) =>
    chain([[input(shape), ['flatten', 'flatten'], linear('linear', count), classes(count)]], settings),
});

export const linearTemplates: readonly Template[] = [
  template(
    {
      id: 'softmax_regression',
      family: 'linear',
      title: { en: 'Softmax regression', zh: 'softmax 回归' },
      description: {
        en: 'The simplest classifier: one weight for each pixel and class. A good first network. Try another learning rate, then add a hidden layer.',
        zh: '最简单的分类器：每个像素、每个类别一个权重。适合作为第一个网络。试试别的学习率，再加一个隐藏层。',
      },
      paper: null,
    },
    softmaxRegression,
    {},
    sgd('mnist', 0.1, 32, 10),
  ),
  template(
    {
      id: 'linear_regression',
      family: 'linear',
      title: { en: 'Linear regression', zh: '线性回归' },
      description: {
        en: 'Two features, one number: the line that lies closest to the points. The weights come close to 2, −3.4 and 4.2, from which the data was made. Look at them after training.',
        zh: '两个特征、一个数：离各点最近的直线。数据由 2、−3.4 和 4.2 生成，训练后的权重会很接近它们，不妨看一看。',
      },
      paper: 'Legendre 1805; Gauss 1809 (least squares)',
    },
    straight,
    { features: 2 },
    sgd('linear', 0.03, 10, 3),
  ),
  template(
    {
      id: 'linear_regression_200',
      family: 'linear',
      title: { en: 'Linear regression, 200 features', zh: '线性回归（200 个特征）' },
      description: {
        en: 'More features than samples to learn from (20): it learns them by heart, and fails on others. Set weight decay to 3 and the gap closes.',
        zh: '特征比训练样本（20 个）还多：它会死记样本，在新数据上失败。把权重衰减设为 3，差距就会缩小。',
      },
      paper: null,
    },
    straight,
    { features: 200 },
    sgd('linear200', 0.003, 5, 100, { validation: 0.98 }),
  ),
  template(
    {
      id: 'poly_fit_4',
      family: 'linear',
      title: { en: 'Polynomial, right degree', zh: '多项式拟合：次数恰当' },
      description: {
        en: 'Points of a cubic, and its four powers as features: what is learnt fits the points and others as well. Compare with two and with twenty powers.',
        zh: '样本来自三次多项式，特征是它的四个幂：学到的既符合训练点，也符合其他点。可与两个幂和二十个幂的情形比较。',
      },
      paper: null,
    },
    straight,
    { features: 4, bias: false },
    sgd('cubic4', 0.01, 10, 40, { validation: 0.5 }),
  ),
  template(
    {
      id: 'poly_fit_2',
      family: 'linear',
      title: { en: 'Polynomial, too simple', zh: '多项式拟合：欠拟合' },
      description: {
        en: 'A straight line for points of a cubic: underfitting. The loss stays high on all points, however long it learns.',
        zh: '用直线拟合三次多项式的点：欠拟合。无论训练多久，损失都降不下来。',
      },
      paper: null,
    },
    straight,
    { features: 2, bias: false },
    sgd('cubic2', 0.01, 10, 40, { validation: 0.5 }),
  ),
  template(
    {
      id: 'poly_fit_20',
      family: 'linear',
      title: { en: 'Polynomial, too free', zh: '多项式拟合：过拟合' },
      description: {
        en: 'Twenty powers for points of a cubic: with few samples it bends after every point. Hold back more samples and see the gap between training and validation grow.',
        zh: '用二十个幂拟合三次多项式的点：样本少时会迁就每一个点。留出更多样本，看训练与验证的差距如何变大。',
      },
      paper: null,
    },
    straight,
    { features: 20, bias: false },
    sgd('cubic20', 0.01, 10, 150, { validation: 0.9 }),
  ),
  template(
    {
      id: 'perceptron',
      family: 'linear',
      title: { en: 'Perceptron', zh: '感知机' },
      description: {
        en: 'The first machine that learnt: yes where a weighted sum is positive. Its rule changes the weights by mistakes alone, one sample at a time. Choose the data ‘xor’: no straight line can part it.',
        zh: '最早会学习的机器：加权和为正则答“是”。它的规则逐个样本、只在出错时改变权重。把数据换成“xor”试试：没有直线能把它分开。',
      },
      paper:
        'Rosenblatt 1958, The Perceptron: A Probabilistic Model for Information Storage and Organization in the Brain',
    },
    perceptron,
    {},
    sgd('or', 0.1, 1, 10),
  ),
  template(
    {
      id: 'xor_mlp',
      family: 'mlp',
      title: { en: 'XOR with two hidden units', zh: 'XOR：两个隐藏单元' },
      description: {
        en: 'What a perceptron cannot do, two hidden units can: either, but not both. Start it with other seeds: sometimes it gets stuck half way.',
        zh: '感知机做不到的，两个隐藏单元就能做到：二者取一。换几个随机种子：有时它会停在半途。',
      },
      paper:
        'Minsky and Papert 1969, Perceptrons; Rumelhart, Hinton and Williams 1986, Learning Representations by Back-propagating Errors',
    },
    xor,
    {},
    sgd('xor', 0.5, 10, 60, { momentum: 0.9 }),
  ),
];

import { int } from '../src/layers/config.ts';
import { weightConfig } from '../src/layers/weightConfig.ts';
import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, input, linear } from './rows.ts';
import { sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

const regression: Row = ['prediction', 'regression', { loss: 'mse' }];
/** Linear regression: a weighted sum of the features. */
const straight = defineKind({
  config: {
    features: int({ label: { en: 'Features', zh: '特征数' }, default: 2, min: 1, max: 65_536 }),
    bias: weightConfig.bias,
  },
  name: () => 'Linear regression',
  draw: ({ features, bias }, settings) =>
    chain([[input([features]), linear('linear', 1, { bias }), regression]], settings),
});

/** Rosenblatt's perceptron: predicts the sign of a weighted sum. */
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

/** Softmax regression: one weight for each input value and class. */
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
        en: 'The simplest classifier: one weight for each pixel and class. A good first network. Try it: change the learning rate, then add a hidden layer.',
        zh: '最简单的分类器：每个像素、每个类别一个权重。适合作为第一个网络。试一试：更改学习率，再添加一个隐藏层。',
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
        en: 'Two features, one target: fits a plane to the samples. The learned weights approach 2, −3.4 and 4.2, the values that generated the data.',
        zh: '两个特征，一个目标值：拟合最接近各样本点的平面。数据由 2、−3.4 和 4.2 生成，训练后的权重会接近这些值。',
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
        en: 'More features than training samples (20): the network memorizes them and fails on new samples. Try it: set weight decay to 3 to close the gap.',
        zh: '特征数多于训练样本数（20 个）：网络会记住训练样本，在新数据上表现很差。试一试：将权重衰减设为 3，差距会缩小。',
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
      title: { en: 'Polynomial, good fit', zh: '多项式拟合：次数恰当' },
      description: {
        en: 'A degree-3 polynomial for data from a cubic polynomial, with four powers as features: it fits training and validation samples equally well. Compare it with two and with twenty powers.',
        zh: '样本来自三次多项式，特征为四个幂：对训练样本和验证样本都拟合得好。可与两个幂和二十个幂的情形比较。',
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
      title: { en: 'Polynomial, underfitting', zh: '多项式拟合：欠拟合' },
      description: {
        en: 'A straight line for data from a cubic polynomial: underfitting. The loss stays high on all samples, no matter how long it is trained.',
        zh: '用直线拟合三次多项式的样本：欠拟合。无论训练多久，所有样本上的损失都居高不下。',
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
      title: { en: 'Polynomial, overfitting', zh: '多项式拟合：过拟合' },
      description: {
        en: 'Twenty powers as features for data from a cubic polynomial: with few samples it overfits. Try it: increase the validation fraction and compare training and validation loss.',
        zh: '用二十个幂拟合三次多项式的样本：样本少时会过拟合。试一试：增大验证集比例，比较训练损失与验证损失。',
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
        en: 'The first learning machine: predicts yes if a weighted sum is positive. Weights are updated only on misclassified samples, one at a time. Try it: choose the dataset “xor”, which is not linearly separable.',
        zh: '最早的学习机器：加权和为正时预测“是”。只在样本被误分类时更新权重，逐个样本进行。试一试：将数据集换成“xor”，它不是线性可分的。',
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
        en: 'XOR is not linearly separable, so a perceptron fails; two hidden units are enough. Try it: use other random seeds; some runs get stuck.',
        zh: '异或不是线性可分的，感知机做不到；两个隐藏单元就够了。试一试：更换随机种子，有些训练会停滞。',
      },
      paper:
        'Minsky and Papert 1969, Perceptrons; Rumelhart, Hinton and Williams 1986, Learning Representations by Back-propagating Errors',
    },
    xor,
    {},
    sgd('xor', 0.5, 10, 60, { momentum: 0.9 }),
  ),
];

import { bool, choice, int } from '../src/layers/config.ts';
import { same } from '../src/text.ts';
import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, conv, input, linear, pool } from './rows.ts';
import { adam, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Two convolutions and three fully connected layers (LeCun et al. 1998). */
const lenet = defineKind({
  config: {
    ...ends,
    act: choice<'sigmoid' | 'relu' | 'tanh'>({
      label: { en: 'Activation', zh: '激活函数' },
      default: 'relu',
      options: (['sigmoid', 'tanh', 'relu'] as const).map((value) => ({
        value,
        label: same(value === 'relu' ? 'ReLU' : value),
      })),
    }),
    pooling: choice<'avg' | 'max'>({
      label: { en: 'Pooling', zh: '汇聚' },
      default: 'max',
      options: [
        { value: 'avg', label: { en: 'Average', zh: '平均汇聚' } },
        { value: 'max', label: { en: 'Max', zh: '最大汇聚' } },
      ],
    }),
    padding: int({
      label: { en: 'Padding', zh: '填充' },
      help: {
        en: 'Padding of the first convolution; 2 keeps height and width',
        zh: '第一个卷积层的填充；为 2 时高和宽不变',
      },
      default: 2,
      min: 0,
      max: 16,
    }),
    batchNorm: bool({ label: { en: 'Batch norm', zh: '批量规范化' }, default: false }),
  },
  name: ({ batchNorm }) => (batchNorm ? 'LeNet with batch norm' : 'LeNet'),
  draw({ input: shape, classes: count, act, pooling, padding, batchNorm }, settings) {
    const norm = (n: number, of: '1d' | '2d'): Row[] => (batchNorm ? [[`bn${n}`, `batchNorm${of}`]] : []);
    return chain(
      [
        [input(shape), conv('conv1', 6, 5, { padding }), ...norm(1, '2d'), ['act1', act], pool('pool1', pooling, 2, 2)],
        [conv('conv2', 16, 5), ...norm(2, '2d'), ['act2', act], pool('pool2', pooling, 2, 2), ['flatten', 'flatten']],
        [linear('fc1', 120), ...norm(3, '1d'), ['act3', act], linear('fc2', 84), ...norm(4, '1d'), ['act4', act]],
        [linear('fc3', count), classes(count)],
      ],
      settings,
    );
  },
});

const lecun = 'LeCun, Bottou, Bengio and Haffner 1998, Gradient-Based Learning Applied to Document Recognition';
const norm = 'Ioffe and Szegedy 2015, Batch Normalization';

export const lenetTemplates: readonly Template[] = [
  template(
    {
      id: 'lenet_modern',
      family: 'lenet',
      name: 'LeNet',
      title: { en: 'LeNet (ReLU, max pooling)', zh: 'LeNet（ReLU 与最大汇聚）' },
      description: {
        en: 'Two convolutions, two pooling layers and three fully connected layers: the classic network for images of handwritten digits, with modern activation and pooling. Try it: draw a digit after training.',
        zh: '两个卷积层、两个汇聚层、三个全连接层：识别手写数字图像的经典网络，改用如今常见的激活函数与汇聚层。试一试：训练后手写一个数字。',
      },
      paper: lecun,
    },
    lenet,
    { act: 'relu', pooling: 'max', padding: 2 },
    sgd('mnist', 0.1, 32, 10),
  ),
  template(
    {
      id: 'lenet',
      family: 'lenet',
      name: 'LeNet (1998)',
      title: { en: 'LeNet (sigmoid, average pooling)', zh: 'LeNet（sigmoid 与平均汇聚）' },
      description: {
        en: 'LeNet-5 as in “Dive into Deep Learning”, close to the network of 1998. Sigmoid has small gradients: on a small dataset, training works with Adam but stalls with plain SGD.',
        zh: '《动手学深度学习》中的 LeNet-5，接近 1998 年的原网络。sigmoid 的梯度较小：数据较少时，用 Adam 可以正常训练，用普通 SGD 则会停滞。',
      },
      paper: lecun,
    },
    lenet,
    { act: 'sigmoid', pooling: 'avg', padding: 2 },
    adam('mnist', 0.002, 32, 10),
  ),
  template(
    {
      id: 'bn_lenet',
      family: 'lenet',
      title: { en: 'LeNet with batch norm', zh: '带批量规范化的 LeNet' },
      description: {
        en: 'LeNet with activations normalized to mean 0 and variance 1 over each batch. Plain SGD trains it, while it stalls on LeNet with sigmoid and without batch norm. The first convolution has no padding, as in “Dive into Deep Learning”, so the first fully connected layer has 256 inputs instead of 400.',
        zh: '将激活值在每个小批量上规范化为均值 0、方差 1 的 LeNet。原先用普通 SGD 会停滞的 sigmoid 网络，现在可以正常训练。与《动手学深度学习》一样，第一个卷积层没有填充，因此第一个全连接层的输入为 256 个而不是 400 个。',
      },
      paper: norm,
    },
    lenet,
    { act: 'sigmoid', pooling: 'avg', padding: 0, batchNorm: true },
    sgd('mnist', 0.5, 64, 10),
  ),
  template(
    {
      id: 'bn_lenet_pad2',
      family: 'lenet',
      title: { en: 'LeNet with batch norm, padded', zh: '带批量规范化的 LeNet（有填充）' },
      description: {
        en: 'The same network with padding in the first convolution. All layers have the shapes of LeNet-5, for a fair comparison.',
        zh: '第一个卷积层带填充，其余相同：各层形状与 LeNet-5 一致，便于公平比较。',
      },
      paper: norm,
    },
    lenet,
    { act: 'sigmoid', pooling: 'avg', padding: 2, batchNorm: true },
    sgd('mnist', 0.5, 64, 10),
  ),
];

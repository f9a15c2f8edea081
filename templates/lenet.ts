import { bool, choice, int } from '../src/layers/config.ts';
import { same } from '../src/text.ts';
import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, conv, input, linear, pool } from './rows.ts';
import { adam, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** LeCun's network of two convolutions and three fully connected layers. */
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
        { value: 'avg', label: { en: 'average', zh: '平均' } },
        { value: 'max', label: { en: 'maximum', zh: '最大' } },
      ],
    }),
    padding: int({
      label: { en: 'Padding', zh: '填充' },
      help: {
        en: 'of the first convolution; 2 keeps the size of the picture',
        zh: '第一个卷积层的填充；为 2 时图的大小不变',
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
        en: 'Two convolutions, two poolings, three fully connected layers: the classic reader of handwritten digits with today’s activation and pooling. Draw a digit yourself after training.',
        zh: '两个卷积层、两个汇聚层、三个全连接层：经典的手写数字识别网络，换用如今常见的激活与汇聚。训练后自己写个数字试试。',
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
        en: 'LeNet-5 as the book draws it, close to the network of 1998. Sigmoids pass on small gradients: on few digits, Adam gets it going where plain SGD stands still.',
        zh: '书中的 LeNet-5，接近 1998 年的原网络。sigmoid 传递的梯度小：数字不多时，Adam 能让它学起来，而普通 SGD 会停滞。',
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
        en: 'LeNet whose activations are brought to mean 0 and variance 1 over every batch: sigmoids that stood still under plain SGD learn at once. As in the book, the first convolution is not padded, so the first fully connected layer sees 256 numbers, not 400.',
        zh: '在每个批量上把激活规范到均值 0、方差 1 的 LeNet：原先在普通 SGD 下停滞的 sigmoid 立刻学了起来。与书中一样，第一个卷积层不填充，因此第一个全连接层的输入是 256 而不是 400。',
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
        en: 'The same with a padded first convolution: layer by layer the shapes of LeNet-5, so that the two can be compared fairly.',
        zh: '第一个卷积层带填充，其余相同：各层形状与 LeNet-5 一致，便于公平比较。',
      },
      paper: norm,
    },
    lenet,
    { act: 'sigmoid', pooling: 'avg', padding: 2, batchNorm: true },
    sgd('mnist', 0.5, 64, 10),
  ),
];

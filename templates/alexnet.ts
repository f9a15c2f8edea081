import { choice, int } from '../src/layers/config.ts';
import { chain, type Row } from './chain.ts';
import { ends, widths } from './fields.ts';
import { classes, conv, input, linear, pool } from './rows.ts';
import { imagenet, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Krizhevsky's five convolutions and three fully connected layers. */
const alexnet = defineKind({
  config: {
    ...ends,
    channels: widths(
      { en: 'Channels', zh: '通道数' },
      { en: 'of the five convolutions', zh: '五个卷积层各自的通道数' },
      [96, 256, 384, 384, 256],
    ),
    padding: int({
      label: { en: 'Padding', zh: '填充' },
      help: {
        en: 'of the first convolution: the paper has 0, the book 1, torchvision 2',
        zh: '第一个卷积层的填充：论文为 0，书中为 1，torchvision 为 2',
      },
      default: 1,
      min: 0,
      max: 16,
    }),
    groups: int({
      label: { en: 'Groups', zh: '分组数' },
      help: { en: 'of the second, fourth and fifth convolution', zh: '第二、四、五个卷积层' },
      default: 1,
      min: 1,
      max: 64,
    }),
    grid: int({
      label: { en: 'Grid', zh: '网格' },
      help: {
        en: 'before the fully connected layers: adaptive average pooling into so many rows and columns; 0: none',
        zh: '全连接层之前自适应平均汇聚到这么多行和列；0 为不用',
      },
      default: 0,
      min: 0,
      max: 64,
    }),
    dropoutAt: choice<'behind' | 'before'>({
      label: { en: 'Dropout', zh: '暂退法' },
      default: 'behind',
      options: [
        { value: 'behind', label: { en: 'behind fully connected layers', zh: '全连接层之后' } },
        { value: 'before', label: { en: 'before them (torchvision)', zh: '全连接层之前（torchvision）' } },
      ],
    }),
  },
  name: () => 'AlexNet',
  draw({ input: shape, classes: count, padding, channels, groups, grid, dropoutAt }, settings) {
    const [c1 = 1, c2 = 1, c3 = 1, c4 = 1, c5 = 1] = channels;
    const drop = (n: number): Row => [`drop${n}`, 'dropout', { p: 0.5 }];
    const relu = (n: number): Row => [`relu${n}`, 'relu'];
    const head: readonly Row[] =
      dropoutAt === 'before'
        ? [drop(1), linear('fc1', 4096), relu(6), drop(2), linear('fc2', 4096), relu(7)]
        : [linear('fc1', 4096), relu(6), drop(1), linear('fc2', 4096), relu(7), drop(2)];
    return chain(
      [
        [
          input(shape),
          conv('conv1', c1, 11, { stride: 4, padding }),
          relu(1),
          pool('pool1', 'max', 3, 2),
          conv('conv2', c2, 5, { padding: 2, groups }),
          relu(2),
          pool('pool2', 'max', 3, 2),
        ],
        [
          conv('conv3', c3, 3, { padding: 1 }),
          relu(3),
          conv('conv4', c4, 3, { padding: 1, groups }),
          relu(4),
          conv('conv5', c5, 3, { padding: 1, groups }),
          relu(5),
          pool('pool3', 'max', 3, 2),
        ],
        [
          ...(grid === 0 ? [] : [['avgpool', 'adaptiveAvgPool2d', { outputSize: [grid, grid] }] as Row]),
          ['flatten', 'flatten'],
          ...head,
        ],
        [linear('fc3', count), classes(count)],
      ],
      settings,
    );
  },
});

const paper = 'Krizhevsky, Sutskever and Hinton 2012, ImageNet Classification with Deep Convolutional Neural Networks';
const pictures = { input: [3, 224, 224], classes: 1000 };

export const alexnetTemplates: readonly Template[] = [
  template(
    {
      id: 'alexnet_d2l',
      family: 'alexnet',
      title: { en: 'AlexNet', zh: 'AlexNet' },
      description: {
        en: 'The network that won ImageNet in 2012 and began the age of deep learning: ReLU, dropout, max pooling, and learning from the pixels alone. As the book draws it, for grey pictures of 224 × 224 in ten classes. Most of its 47 million parameters are in the first fully connected layer.',
        zh: '2012 年赢得 ImageNet、开启深度学习时代的网络：ReLU、暂退法、最大汇聚，直接从像素学习。此为书中的画法，用于 224 × 224 的灰度图、十个类别。4700 万个参数大多在第一个全连接层。',
      },
      paper,
    },
    alexnet,
    { input: [1, 224, 224] },
    sgd('fashion-mnist', 0.01, 128, 10),
  ),
  template(
    {
      id: 'alexnet_d2l_imagenet',
      family: 'alexnet',
      title: { en: 'AlexNet, in colour, 1000 classes', zh: 'AlexNet（彩色图，1000 类）' },
      description: {
        en: 'The book’s layers for ImageNet. The first convolution is padded by 1, where the paper has 227 × 227 pictures and no padding.',
        zh: '书中的各层，用于 ImageNet。第一个卷积层填充 1，而论文用 227 × 227 的图且不填充。',
      },
      paper,
    },
    alexnet,
    pictures,
    imagenet(),
  ),
  template(
    {
      id: 'alexnet_torchvision',
      family: 'alexnet',
      title: { en: 'AlexNet (torchvision)', zh: 'AlexNet（torchvision）' },
      description: {
        en: 'The narrower version that torchvision has pretrained weights for, after a later paper of Krizhevsky: 64, 192, 384, 256, 256 channels and an adaptive 6×6 pooling, so that other picture sizes fit, too.',
        zh: 'torchvision 提供预训练权重的较窄版本，出自 Krizhevsky 后来的论文：通道数 64、192、384、256、256，并用自适应 6×6 汇聚，因此也能接受其他大小的图。',
      },
      paper: 'Krizhevsky 2014, One Weird Trick for Parallelizing Convolutional Neural Networks',
    },
    alexnet,
    { ...pictures, padding: 2, channels: [64, 192, 384, 256, 256], grid: 6, dropoutAt: 'before' },
    imagenet(),
  ),
  template(
    {
      id: 'alexnet_2012_grouped',
      family: 'alexnet',
      title: { en: 'AlexNet (2012, two groups)', zh: 'AlexNet（2012，两组）' },
      description: {
        en: 'As the paper had it: three convolutions are split into two groups, because two graphics cards shared the work. That halves their weights. Local response normalisation, which the paper has after the first two convolutions, is left out: it has no parameters and helps little.',
        zh: '论文的原貌：三个卷积层分成两组，因为当时由两块显卡分担，权重也因此减半。论文在前两个卷积层之后的局部响应规范化已省去：它没有参数，作用也小。',
      },
      paper,
    },
    alexnet,
    { input: [3, 227, 227], classes: 1000, padding: 0, groups: 2 },
    imagenet(),
  ),
];

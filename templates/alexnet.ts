import { choice, int } from '../src/layers/config.ts';
import { chain, type Row } from './chain.ts';
import { ends, widths } from './fields.ts';
import { classes, conv, input, linear, pool } from './rows.ts';
import { imagenet, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Five convolutions and three fully connected layers (Krizhevsky et al. 2012). */
const alexnet = defineKind({
  config: {
    ...ends,
    channels: widths(
      { en: 'Channels', zh: '通道数' },
      { en: 'Output channels of the five convolutions', zh: '五个卷积层各自的通道数' },
      [96, 256, 384, 384, 256],
    ),
    padding: int({
      label: { en: 'Padding', zh: '填充' },
      help: {
        en: 'Padding of the first convolution: 0 in the paper, 1 in “Dive into Deep Learning”, 2 in torchvision',
        zh: '第一个卷积层的填充：论文为 0，《动手学深度学习》为 1，torchvision 为 2',
      },
      default: 1,
      min: 0,
      max: 16,
    }),
    groups: int({
      label: { en: 'Groups', zh: '分组数' },
      help: { en: 'Groups of the second, fourth and fifth convolutions', zh: '第二、四、五个卷积层的分组数' },
      default: 1,
      min: 1,
      max: 64,
    }),
    grid: int({
      label: { en: 'Pooled size', zh: '汇聚后的大小' },
      help: {
        en: 'Output size of the adaptive average pooling before the fully connected layers; 0 for none',
        zh: '全连接层之前自适应平均汇聚的输出大小；0 表示不使用',
      },
      default: 0,
      min: 0,
      max: 64,
    }),
    dropoutAt: choice<'behind' | 'before'>({
      label: { en: 'Dropout', zh: '暂退法' },
      default: 'behind',
      options: [
        { value: 'behind', label: { en: 'After fully connected layers', zh: '全连接层之后' } },
        {
          value: 'before',
          label: { en: 'Before fully connected layers (torchvision)', zh: '全连接层之前（torchvision）' },
        },
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
const images = { input: [3, 224, 224], classes: 1000 };

export const alexnetTemplates: readonly Template[] = [
  template(
    {
      id: 'alexnet_d2l',
      family: 'alexnet',
      title: { en: 'AlexNet', zh: 'AlexNet' },
      description: {
        en: 'The winner of ImageNet in 2012 and the start of modern deep learning, with ReLU, dropout and max pooling, trained on raw pixels. Version of “Dive into Deep Learning”, for gray images of 224 × 224 in ten classes. Most of its 47 million parameters are in the first fully connected layer.',
        zh: '2012 年的 ImageNet 冠军，开启了深度学习时代：采用 ReLU、暂退法和最大汇聚，直接从像素学习。此为《动手学深度学习》中的版本，用于 224 × 224 的灰度图像，十个类别。4700 万个参数大多在第一个全连接层。',
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
      title: { en: 'AlexNet, color images, 1000 classes', zh: 'AlexNet（彩色图像，1000 类）' },
      description: {
        en: 'The layers of “Dive into Deep Learning”, for ImageNet. The first convolution has padding 1, while the paper uses images of 227 × 227 and no padding.',
        zh: '《动手学深度学习》中的各层，用于 ImageNet。第一个卷积层的填充为 1，而论文使用 227 × 227 的图像，没有填充。',
      },
      paper,
    },
    alexnet,
    images,
    imagenet(),
  ),
  template(
    {
      id: 'alexnet_torchvision',
      family: 'alexnet',
      title: { en: 'AlexNet (torchvision)', zh: 'AlexNet（torchvision）' },
      description: {
        en: 'The narrower version for which torchvision has pretrained weights, from a later paper by Krizhevsky: 64, 192, 384, 256 and 256 channels, and adaptive 6×6 pooling, so other image sizes also work.',
        zh: 'torchvision 提供预训练权重的较窄版本，出自 Krizhevsky 后来的论文：通道数为 64、192、384、256、256，并使用自适应 6×6 汇聚，因此也支持其他大小的图像。',
      },
      paper: 'Krizhevsky 2014, One Weird Trick for Parallelizing Convolutional Neural Networks',
    },
    alexnet,
    { ...images, padding: 2, channels: [64, 192, 384, 256, 256], grid: 6, dropoutAt: 'before' },
    imagenet(),
  ),
  template(
    {
      id: 'alexnet_2012_grouped',
      family: 'alexnet',
      title: { en: 'AlexNet (2012, two groups)', zh: 'AlexNet（2012，两组）' },
      description: {
        en: 'The original version: three convolutions are split into two groups, because two GPUs shared the work. This halves their weights. Local response normalization, used in the paper after the first two convolutions, is left out: it has no parameters and little effect.',
        zh: '论文中的原始版本：三个卷积层分为两组，因为当时由两块 GPU 分担计算，这些层的权重也因此减半。论文在前两个卷积层之后还有局部响应规范化，此处省去：它没有参数，作用也小。',
      },
      paper,
    },
    alexnet,
    { input: [3, 227, 227], classes: 1000, padding: 0, groups: 2 },
    imagenet(),
  ),
];

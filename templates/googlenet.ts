import { bool, choice } from '../src/layers/config.ts';
import { same } from '../src/text.ts';
import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, input, linear, pool, square } from './rows.ts';
import { imagenet, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Channels of the branches: 1×1 | 3×3 reduce, 3×3 | 5×5 reduce, 5×5 | pool projection (Szegedy et al. 2014, table 1). */
const table = {
  i3a: [64, 96, 128, 16, 32, 32],
  i3b: [128, 128, 192, 32, 96, 64],
  i4a: [192, 96, 208, 16, 48, 64],
  i4b: [160, 112, 224, 24, 64, 64],
  i4c: [128, 128, 256, 24, 64, 64],
  i4d: [112, 144, 288, 32, 64, 64],
  i4e: [256, 160, 320, 32, 128, 128],
  i5a: [256, 160, 320, 32, 128, 128],
  i5b: [384, 192, 384, 48, 128, 128],
} as const;

/** A stem and nine Inception blocks, without the auxiliary classifiers of the paper. */
const googlenet = defineKind({
  config: {
    ...ends,
    batchNorm: bool({ label: { en: 'Batch norm', zh: '批量规范化' }, default: false }),
    layout: choice<'book' | 'torchvision'>({
      label: { en: 'Version', zh: '版本' },
      help: {
        en: '“Dive into Deep Learning” pads its pooling layers; torchvision rounds up their output size and has dropout before the last layer',
        zh: '《动手学深度学习》的汇聚层带填充；torchvision 的汇聚层输出大小向上取整，最后一层之前有暂退层',
      },
      default: 'book',
      options: [
        { value: 'book', label: { en: 'Dive into Deep Learning', zh: '《动手学深度学习》' } },
        { value: 'torchvision', label: same('torchvision') },
      ],
    }),
    wide: choice<'five' | 'three' | 'twoThrees'>({
      label: { en: 'Third branch', zh: '第三条路径' },
      default: 'five',
      options: [
        { value: 'five', label: same('5×5') },
        { value: 'three', label: same('3×3') },
        { value: 'twoThrees', label: { en: 'Two 3×3', zh: '两个 3×3' } },
      ],
    }),
  },
  name: ({ batchNorm }) => (batchNorm ? 'GoogLeNet with batch norm' : 'GoogLeNet'),
  draw({ input: shape, classes: count, batchNorm, layout, wide }, settings) {
    const book = layout === 'book';
    // “Dive into Deep Learning” names layers by their stage, torchvision does not.
    const at = (stage: number, name: string): string => (book ? `stage${stage}.${name}` : name);
    const weightInit = 'kaimingNormal';
    const style = { batchNorm, eps: 1e-3, weightInit };
    const unit = (name: string, channels: number, kernel: number, stride: number): Row => [
      name,
      'convUnit',
      { channels, kernelSize: square(kernel), stride: square(stride), padding: square(kernel >> 1), ...style },
    ];
    const halve = (stage: number): Row =>
      book
        ? pool(`stage${stage}.pool`, 'max', 3, 2, { padding: 1 })
        : pool(`pool${stage}`, 'max', stage === 4 ? 2 : 3, 2, { ceilMode: true });
    const block = (stage: number, name: keyof typeof table): Row => {
      const [ones, reduce3, threes, reduce5, fives, projection] = table[name];
      return [at(stage, name), 'inception', { ones, reduce3, threes, reduce5, fives, projection, wide, ...style }];
    };
    return chain(
      [
        [
          input(shape),
          unit(at(1, 'conv1'), 64, 7, 2),
          halve(1),
          unit(at(2, 'conv2'), 64, 1, 1),
          unit(at(2, 'conv3'), 192, 3, 1),
          halve(2),
        ],
        [block(3, 'i3a'), block(3, 'i3b'), halve(3)],
        [block(4, 'i4a'), block(4, 'i4b'), block(4, 'i4c'), block(4, 'i4d'), block(4, 'i4e'), halve(4)],
        [block(5, 'i5a'), block(5, 'i5b')],
        [
          [at(5, 'gap'), 'globalAvgPool2d'],
          [at(5, 'flatten'), 'flatten'],
          ...(book ? [] : [['drop', 'dropout', { p: 0.2 }] as Row]),
          linear('fc', count),
          classes(count),
        ],
      ],
      settings,
    );
  },
});

const paper = 'Szegedy et al. 2014, Going Deeper with Convolutions';
const withNorm = `${paper}; Ioffe and Szegedy 2015, Batch Normalization`;
const fashion = { input: [1, 96, 96] };
const images = { input: [3, 224, 224], classes: 1000 };

export const googlenetTemplates: readonly Template[] = [
  template(
    {
      id: 'googlenet_d2l',
      family: 'googlenet',
      title: { en: 'GoogLeNet', zh: 'GoogLeNet' },
      description: {
        en: 'The winner of ImageNet in 2014: nine Inception blocks that process their input at four scales in parallel, with 1×1 convolutions to reduce the MACs. Version of “Dive into Deep Learning”, without batch norm and the two auxiliary classifiers of the paper. Expand a block to see its branches.',
        zh: '2014 年 ImageNet 冠军：九个 Inception 块，每块以四种尺度并行处理输入，并用 1×1 卷积减少乘加次数。此为《动手学深度学习》中的版本，没有批量规范化，也没有论文中的两个辅助分类器。展开一个块，可查看它的各条路径。',
      },
      paper,
    },
    googlenet,
    fashion,
    sgd('fashion-mnist', 0.1, 128, 10),
  ),
  template(
    {
      id: 'googlenet_d2l_bn',
      family: 'googlenet',
      title: { en: 'GoogLeNet with batch norm', zh: '带批量规范化的 GoogLeNet' },
      description: {
        en: 'With batch norm after every convolution, training starts at once, while the plain version can stall for epochs. The convolutions have no bias, because batch norm subtracts it.',
        zh: '每个卷积层之后都有批量规范化：普通版本可能停滞好几轮，而此版本会立即开始学习。卷积层没有偏置，因为偏置会被批量规范化减去。',
      },
      paper: withNorm,
    },
    googlenet,
    { ...fashion, batchNorm: true },
    sgd('fashion-mnist', 0.1, 128, 10),
  ),
  template(
    {
      id: 'googlenet_plain_imagenet',
      family: 'googlenet',
      title: { en: 'GoogLeNet, 1000 classes', zh: 'GoogLeNet（1000 类）' },
      description: {
        en: 'The layers of “Dive into Deep Learning”, for ImageNet: 7 million parameters as in the paper, a twelfth of AlexNet, with better results.',
        zh: '《动手学深度学习》中的各层，用于 ImageNet：与论文一样有 700 万个参数，约为 AlexNet 的十二分之一，效果却更好。',
      },
      paper,
    },
    googlenet,
    images,
    imagenet(),
  ),
  template(
    {
      id: 'googlenet_torchvision',
      family: 'googlenet',
      title: { en: 'GoogLeNet (torchvision)', zh: 'GoogLeNet（torchvision）' },
      description: {
        en: 'Version of torchvision, with batch norm. Its “5×5” branch is a 3×3, an error of an early implementation that was kept for its pretrained weights. Pooling layers round up, and there is dropout before the last layer.',
        zh: 'torchvision 的版本，带批量规范化：其“5×5”路径实为 3×3，是早期实现的错误，为兼容预训练权重而保留。汇聚层的输出大小向上取整，最后一层之前有暂退层。',
      },
      paper: withNorm,
    },
    googlenet,
    { ...images, layout: 'torchvision', batchNorm: true, wide: 'three' },
    imagenet(),
  ),
  template(
    {
      id: 'googlenet_torchvision_5x5',
      family: 'googlenet',
      title: { en: 'GoogLeNet (torchvision, true 5×5)', zh: 'GoogLeNet（torchvision，5×5 路径）' },
      description: {
        en: 'The same network with the 5×5 convolutions of the paper: 381 thousand more parameters. Try it: use two 3×3 convolutions instead.',
        zh: '改用论文中的 5×5 卷积，其余相同：多 38.1 万个参数。试一试：改用两个 3×3 卷积。',
      },
      paper: withNorm,
    },
    googlenet,
    { ...images, layout: 'torchvision', batchNorm: true },
    imagenet(),
  ),
];

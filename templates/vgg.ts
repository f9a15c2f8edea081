import { bool, choice } from '../src/layers/config.ts';
import { same } from '../src/text.ts';
import { chain, type Row } from './chain.ts';
import { ends, width } from './fields.ts';
import { classes, input, linear } from './rows.ts';
import { imagenet, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Convolutions in each of the five blocks, by the number of layers with weights. */
const depths = {
  '11': [1, 1, 2, 2, 2],
  '13': [2, 2, 2, 2, 2],
  '16': [2, 2, 3, 3, 3],
  '19': [2, 2, 4, 4, 4],
} as const;

/** Five blocks of 3×3 convolutions and three fully connected layers. */
const vgg = defineKind({
  config: {
    ...ends,
    depth: choice<keyof typeof depths>({
      label: { en: 'Depth', zh: '深度' },
      help: { en: 'Number of layers with weights', zh: '带权重的层数' },
      default: '11',
      options: (['11', '13', '16', '19'] as const).map((value) => ({ value, label: same(value) })),
    }),
    width: width(
      { en: 'Width', zh: '宽度' },
      {
        en: 'Channels of the first block; the other blocks have 2, 4, 8 and 8 times as many',
        zh: '第一个块的通道数；其余各块依次为其 2、4、8、8 倍',
      },
      64,
    ),
    batchNorm: bool({ label: { en: 'Batch norm', zh: '批量规范化' }, default: false }),
  },
  name: ({ depth }) => `VGG-${depth}`,
  draw({ input: shape, classes: count, depth, width, batchNorm }, settings) {
    const blocks = depths[depth].map((convs, i): Row => {
      const channels = width * Math.min(2 ** i, 8);
      return [`block${i + 1}`, 'vggBlock', { convs, channels, batchNorm, weightInit: 'kaimingNormalFanOut' }];
    });
    const full = (n: number): Row[] => [
      linear(`fc${n}`, 4096, { weightInit: 'kaimingNormal' }),
      [`relu${n}`, 'relu'],
      [`drop${n}`, 'dropout', { p: 0.5 }],
    ];
    return chain(
      [
        [input(shape), ...blocks],
        [['flatten', 'flatten'], ...full(1)],
        [...full(2), linear('fc3', count), classes(count)],
      ],
      settings,
    );
  },
});

const paper = 'Simonyan and Zisserman 2014, Very Deep Convolutional Networks for Large-Scale Image Recognition';
const fashion = { input: [1, 224, 224], classes: 10 };
const images = { input: [3, 224, 224], classes: 1000 };

export const vggTemplates: readonly Template[] = [
  template(
    {
      id: 'vgg11_d2l_small',
      family: 'vgg',
      title: { en: 'VGG-11, quarter width', zh: 'VGG-11（宽度四分之一）' },
      description: {
        en: 'A network of identical blocks: 3×3 convolutions, then pooling that halves height and width. A quarter of the channels, as trained in “Dive into Deep Learning”. Try it: expand a block, then add a third convolution.',
        zh: '由相同的块组成的网络：先是若干 3×3 卷积，再用汇聚使高和宽减半。通道数为四分之一，与《动手学深度学习》中训练的版本相同。试一试：展开一个块，再添加第三个卷积层。',
      },
      paper,
    },
    vgg,
    { ...fashion, width: 16 },
    sgd('fashion-mnist', 0.05, 128, 10),
  ),
  template(
    {
      id: 'vgg11_d2l',
      family: 'vgg',
      title: { en: 'VGG-11', zh: 'VGG-11' },
      description: {
        en: 'Full width, for gray images in ten classes: 129 million parameters, four fifths of them in the first fully connected layer.',
        zh: '完整宽度，用于灰度图像、十个类别：1.29 亿个参数，五分之四在第一个全连接层。',
      },
      paper,
    },
    vgg,
    fashion,
    sgd('fashion-mnist', 0.05, 128, 10),
  ),
  template(
    {
      id: 'vgg11_imagenet',
      family: 'vgg',
      title: { en: 'VGG-11, 1000 classes', zh: 'VGG-11（1000 类）' },
      description: {
        en: 'Configuration A of the paper, for ImageNet. Compare it with VGG-16: the same five blocks, some with more convolutions.',
        zh: '论文中的配置 A，用于 ImageNet。可与 VGG-16 比较：同样有五个块，只是部分块的卷积层更多。',
      },
      paper,
    },
    vgg,
    images,
    imagenet(),
  ),
  template(
    {
      id: 'vgg16',
      family: 'vgg',
      title: { en: 'VGG-16', zh: 'VGG-16' },
      description: {
        en: 'The best-known VGG (configuration D), second on ImageNet in 2014: a simple block, repeated for depth. 138 million parameters; still used to extract features.',
        zh: '最知名的 VGG（配置 D），2014 年 ImageNet 第二名：重复一个简单的块来加深网络。1.38 亿个参数，至今仍用来提取特征。',
      },
      paper,
    },
    vgg,
    { ...images, depth: '16' },
    imagenet(),
  ),
];

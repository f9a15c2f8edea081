import type { Config } from '../src/graph/document.ts';
import { choice, int } from '../src/layers/config.ts';
import { same } from '../src/text.ts';
import { chain, type Row } from './chain.ts';
import { ends, width } from './fields.ts';
import { classes, conv, input, linear, pool } from './rows.ts';
import { adam, imagenet, type Settings, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Blocks in each of the four stages (He et al. 2015, table 1). */
const depths = {
  '18': { block: 'residual', blocks: [2, 2, 2, 2] },
  '34': { block: 'residual', blocks: [3, 4, 6, 3] },
  '50': { block: 'bottleneck', blocks: [3, 4, 6, 3] },
  '101': { block: 'bottleneck', blocks: [3, 4, 23, 3] },
  '152': { block: 'bottleneck', blocks: [3, 8, 36, 3] },
} as const;

const tail = (count: number): Row[] => [
  ['gap', 'globalAvgPool2d'],
  ['flatten', 'flatten'],
  linear('fc', count),
  classes(count),
];

function stem(width: number, kind: 'large' | 'small', options: { bias: boolean; weightInit: string }): Row[] {
  const first = kind === 'large' ? { kernel: 7, stride: 2, padding: 3 } : { kernel: 3, stride: 1, padding: 1 };
  return [
    conv('stem.conv1', width, first.kernel, { ...first, ...options }),
    ['stem.bn1', 'batchNorm2d'],
    ['stem.relu', 'relu'],
    ...(kind === 'large' ? [pool('stem.pool', 'max', 3, 2, { padding: 1 })] : []),
  ];
}

/** ResNets for large images, with 18 to 152 layers with weights (He et al. 2015). */
const resnet = defineKind({
  config: {
    ...ends,
    depth: choice<keyof typeof depths>({
      label: { en: 'Depth', zh: '深度' },
      help: {
        en: 'Number of layers with weights; from 50, bottleneck blocks are used',
        zh: '带权重的层数；50 层起使用瓶颈块',
      },
      default: '18',
      options: (['18', '34', '50', '101', '152'] as const).map((value) => ({ value, label: same(value) })),
    }),
    width: width(
      { en: 'Width', zh: '宽度' },
      { en: 'Channels of the first stage; doubled by each stage', zh: '第一阶段的通道数；每个阶段加倍' },
      64,
    ),
    stem: choice<'large' | 'small'>({
      label: { en: 'Stem', zh: '起始部分' },
      default: 'large',
      options: [
        { value: 'large', label: { en: '7×7, stride 2, pooling', zh: '7×7，步幅 2，汇聚' } },
        { value: 'small', label: { en: '3×3, for images of about 32 pixels', zh: '3×3，用于约 32 像素的图像' } },
      ],
    }),
    style: choice<'torchvision' | 'book'>({
      label: { en: 'Version', zh: '版本' },
      help: {
        en: '“Dive into Deep Learning” keeps the bias before batch norm and has no batch norm on the shortcut',
        zh: '《动手学深度学习》保留批量规范化之前的偏置，捷径连接上没有批量规范化',
      },
      default: 'torchvision',
      options: [
        { value: 'torchvision', label: same('torchvision') },
        { value: 'book', label: { en: 'Dive into Deep Learning', zh: '《动手学深度学习》' } },
      ],
    }),
  },
  name: ({ depth }) => `ResNet-${depth}`,
  draw({ input: shape, classes: count, depth, width, stem: kind, style }, settings) {
    const book = style === 'book';
    const weightInit = book ? 'xavierUniform' : 'kaimingNormalFanOut';
    const options = { bias: book, weightInit };
    const { block, blocks } = depths[depth];
    const stages = blocks.map((count, i): Row => {
      const config = { block, blocks: count, width: width * 2 ** i, stride: i === 0 ? 1 : 2 };
      return [`stage${i + 1}`, 'residualStage', { ...config, projectionNorm: !book, ...options }];
    });
    return chain([[input(shape), ...stem(width, kind, options)], stages, tail(count)], settings);
  },
});

/** ResNets for CIFAR-10: three stages of n blocks, 6n + 2 layers with weights (He et al. 2015). */
const cifarResnet = defineKind({
  config: {
    ...ends,
    blocks: int({
      label: { en: 'Blocks', zh: '块数' },
      help: {
        en: 'Blocks in each of the three stages; n blocks give 6n + 2 layers with weights',
        zh: '三个阶段各自的块数；n 个块共有 6n + 2 个带权重的层',
      },
      default: 3,
      min: 1,
      max: 200,
    }),
    width: width(
      { en: 'Width', zh: '宽度' },
      { en: 'Channels of the first stage; doubled by each stage', zh: '第一阶段的通道数；每个阶段加倍' },
      16,
    ),
    shortcut: choice<'padded' | 'auto' | 'none'>({
      label: { en: 'Shortcut', zh: '捷径连接' },
      help: { en: 'Shortcut if the shape changes', zh: '形状改变时的捷径连接' },
      default: 'padded',
      options: [
        { value: 'padded', label: { en: 'Zero padding (A)', zh: '补零（A）' } },
        { value: 'auto', label: { en: '1×1 convolution (B)', zh: '1×1 卷积（B）' } },
        { value: 'none', label: { en: 'None', zh: '无' } },
      ],
    }),
  },
  name: ({ blocks, shortcut }) => `${shortcut === 'none' ? 'Plain' : 'ResNet'}-${6 * blocks + 2}`,
  draw({ input: shape, classes: count, blocks, width, shortcut }, settings) {
    const options = { bias: false, weightInit: 'kaimingNormalFanOut' };
    const stages = [1, 2, 4].map((wider, i): Row => {
      const config: Config = { blocks, width: width * wider, stride: i === 0 ? 1 : 2, shortcut, ...options };
      return [`stage${i + 1}`, 'residualStage', config];
    });
    return chain([[input(shape), ...stem(width, 'small', options)], stages, tail(count)], settings);
  },
});

const paper = 'He, Zhang, Ren and Sun 2015, Deep Residual Learning for Image Recognition';
const images = { input: [3, 224, 224], classes: 1000 };
const cifar = { input: [3, 32, 32] };

/** The output layer has ten times the learning rate of the pretrained layers. */
function hotdog(): Settings {
  const settings = sgd('hotdog', 5e-4, 128, 5, { weightDecay: 1e-3 });
  const groups = ['stem', 'stage'].map((match) => ({ match, learningRateScale: 0.1 }));
  return { ...settings, recipe: { ...settings.recipe, groups } };
}

const imagenetTemplate = (depth: '34' | '50' | '101' | '152', description: Template['description']): Template =>
  template(
    {
      id: `resnet${depth}`,
      family: 'resnet',
      title: { en: `ResNet-${depth}`, zh: `ResNet-${depth}` },
      description,
      paper,
    },
    resnet,
    { ...images, depth },
    imagenet(),
  );

export const resnetTemplates: readonly Template[] = [
  template(
    {
      id: 'resnet18_d2l',
      family: 'resnet',
      title: { en: 'ResNet-18 (Dive into Deep Learning)', zh: 'ResNet-18（《动手学深度学习》）' },
      description: {
        en: 'Blocks learn a residual that is added to their input, and gradients pass through the shortcuts, so much deeper networks can be trained. Version of “Dive into Deep Learning”, for gray images of 96 × 96: convolutions keep a bias that batch norm subtracts (3,904 unused parameters), and the 1×1 shortcut has no batch norm.',
        zh: '每个块学习残差并与输入相加，梯度可经捷径传递，因此能训练深得多的网络。此为《动手学深度学习》中的版本，用于 96 × 96 的灰度图像：卷积层保留了会被批量规范化减去的偏置（3904 个无用的参数），1×1 捷径连接上没有批量规范化。',
      },
      paper,
    },
    resnet,
    { input: [1, 96, 96], style: 'book' },
    sgd('fashion-mnist', 0.05, 256, 10),
  ),
  template(
    {
      id: 'resnet18_d2l_224',
      family: 'resnet',
      title: { en: 'ResNet-18 (Dive into Deep Learning), 224 × 224', zh: 'ResNet-18（《动手学深度学习》），224 × 224' },
      description: {
        en: 'The same network for images of 224 × 224, the size for which “Dive into Deep Learning” lists the output shapes. The number of parameters does not change; only the feature maps are larger.',
        zh: '同一网络，用于 224 × 224 的图像，即《动手学深度学习》列出各层输出形状时所用的大小。参数量不变，只是特征图更大。',
      },
      paper,
    },
    resnet,
    { input: [1, 224, 224], style: 'book' },
    sgd('fashion-mnist', 0.05, 256, 10),
  ),
  template(
    {
      id: 'resnet18_d2l_cifar',
      family: 'resnet',
      title: { en: 'ResNet-18 for small images', zh: 'ResNet-18（小图像）' },
      description: {
        en: 'For color images of 32 × 32: the stem is a 3×3 convolution without pooling, so that the later stages still have large enough feature maps.',
        zh: '用于 32 × 32 的彩色图像：起始部分是不带汇聚的 3×3 卷积，使后面的各阶段仍有足够大的特征图。',
      },
      paper,
    },
    resnet,
    { ...cifar, stem: 'small', style: 'book' },
    adam('cifar10', 1e-3, 256, 20),
  ),
  template(
    {
      id: 'resnet18',
      family: 'resnet',
      title: { en: 'ResNet-18', zh: 'ResNet-18' },
      description: {
        en: 'The smallest ResNet for ImageNet, as in torchvision. Compare it with ResNet-34: the same four stages with more blocks.',
        zh: '用于 ImageNet 的最小的 ResNet，与 torchvision 一致。可与 ResNet-34 比较：同样有四个阶段，但块更多。',
      },
      paper,
    },
    resnet,
    images,
    imagenet(),
  ),
  template(
    {
      id: 'resnet18_hotdog',
      family: 'resnet',
      title: { en: 'ResNet-18 for hot dogs', zh: 'ResNet-18（热狗识别）' },
      description: {
        en: 'For fine-tuning: ResNet-18 with an output layer for two classes. The output layer has ten times the learning rate of the other layers. Freeze the stages to train only the output layer.',
        zh: '用于微调：输出层预测两个类别的 ResNet-18。输出层的学习率是其他层的十倍。冻结各阶段，可只训练输出层。',
      },
      paper,
    },
    resnet,
    { input: [3, 224, 224], classes: 2 },
    hotdog(),
  ),
  imagenetTemplate('34', {
    en: 'Twice the blocks of ResNet-18. Without shortcuts, a network of this depth performs worse than one of 18 layers; with shortcuts, it performs better.',
    zh: '块数是 ResNet-18 的两倍。没有捷径连接时，这样深的网络反而不如 18 层的网络；有捷径连接时则更好。',
  }),
  imagenetTemplate('50', {
    en: 'Bottleneck blocks instead of pairs of 3×3 convolutions: four times the channels with about the same MACs. Widely used for image recognition. The stride is in the 3×3 convolution; in the paper it is in the first 1×1.',
    zh: '以瓶颈块代替成对的 3×3 卷积：通道数为四倍，乘加次数相近。广泛用于图像识别。步幅位于 3×3 卷积，而论文中位于第一个 1×1 卷积。',
  }),
  imagenetTemplate('101', {
    en: 'Twenty-three bottleneck blocks in the third stage. Often used as the backbone for detection and segmentation.',
    zh: '第三阶段有 23 个瓶颈块。常用作目标检测与语义分割的骨干网络。',
  }),
  imagenetTemplate('152', {
    en: 'The winner of ImageNet in 2015: 152 layers with weights, thirty-six bottleneck blocks in the third stage, and still fewer MACs than VGG-16. Expand a stage, then a block.',
    zh: '2015 年 ImageNet 冠军：152 个带权重的层，第三阶段有 36 个瓶颈块，乘加次数却少于 VGG-16。展开一个阶段，再展开一个块。',
  }),
  template(
    {
      id: 'resnet20_cifar',
      family: 'resnet',
      title: { en: 'ResNet-20 for CIFAR-10', zh: 'ResNet-20（CIFAR-10）' },
      description: {
        en: 'Small enough to train on a personal computer: 270 thousand parameters. If the shape changes, the shortcut keeps every second pixel and adds channels of zeros (option A). It has no parameters, so the total equals that of the plain network.',
        zh: '在个人电脑上即可训练：27 万个参数。形状改变时，捷径连接每隔一个像素取一个，并补上全零通道（选项 A）。它没有参数，因此总参数量与没有捷径连接的网络相同。',
      },
      paper,
    },
    cifarResnet,
    cifar,
    sgd('cifar10', 0.1, 128, 160, { momentum: 0.9, weightDecay: 1e-4 }),
  ),
  template(
    {
      id: 'resnet20_cifar_b',
      family: 'resnet',
      title: { en: 'ResNet-20 for CIFAR-10, 1×1 shortcuts', zh: 'ResNet-20（CIFAR-10，1×1 捷径连接）' },
      description: {
        en: 'Option B: a 1×1 convolution if the shape changes. 2,752 more parameters and slightly better results.',
        zh: '选项 B：形状改变时用 1×1 卷积。多 2752 个参数，效果略好。',
      },
      paper,
    },
    cifarResnet,
    { ...cifar, shortcut: 'auto' },
    sgd('cifar10', 0.1, 128, 160, { momentum: 0.9, weightDecay: 1e-4 }),
  ),
  template(
    {
      id: 'plain20_cifar',
      family: 'resnet',
      title: { en: 'Plain-20 for CIFAR-10', zh: 'Plain-20（CIFAR-10）' },
      description: {
        en: 'ResNet-20 without shortcuts, for comparison: the same number of parameters, but harder to train. Try it: make both 56 layers deep (nine blocks per stage) to see the difference.',
        zh: '没有捷径连接的 ResNet-20，用作对照：参数量相同，但更难训练。试一试：将两者都加深到 56 层（每个阶段九个块），比较差别。',
      },
      paper,
    },
    cifarResnet,
    { ...cifar, shortcut: 'none' },
    sgd('cifar10', 0.1, 128, 160, { momentum: 0.9, weightDecay: 1e-4 }),
  ),
];

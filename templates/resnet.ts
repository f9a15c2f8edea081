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

/** He's networks for large pictures, of 18 to 152 layers with weights. */
const resnet = defineKind({
  config: {
    ...ends,
    depth: choice<keyof typeof depths>({
      label: { en: 'Depth', zh: '深度' },
      help: { en: 'layers with weights; from 50 on in bottleneck blocks', zh: '带权重的层数；50 层起使用瓶颈块' },
      default: '18',
      options: (['18', '34', '50', '101', '152'] as const).map((value) => ({ value, label: same(value) })),
    }),
    width: width(
      { en: 'Width', zh: '宽度' },
      { en: 'channels of the first stage; each stage doubles them', zh: '第一阶段的通道数；每个阶段加倍' },
      64,
    ),
    stem: choice<'large' | 'small'>({
      label: { en: 'Stem', zh: '开头' },
      default: 'large',
      options: [
        { value: 'large', label: { en: '7×7, stride 2, pooling', zh: '7×7，步幅 2，汇聚' } },
        { value: 'small', label: { en: '3×3, for pictures of about 32 pixels', zh: '3×3，用于约 32 像素的图' } },
      ],
    }),
    style: choice<'torchvision' | 'book'>({
      label: { en: 'Layers as in', zh: '各层依照' },
      help: {
        en: 'the book keeps the bias before batch norm, and has none of it on the shortcut',
        zh: '书中保留批量规范化之前的偏置，捷径上不接批量规范化',
      },
      default: 'torchvision',
      options: [
        { value: 'torchvision', label: same('torchvision') },
        { value: 'book', label: { en: 'the book', zh: '书' } },
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

/** He's networks for CIFAR-10: three stages of n blocks, 6n + 2 layers with weights. */
const cifarResnet = defineKind({
  config: {
    ...ends,
    blocks: int({
      label: { en: 'Blocks', zh: '块数' },
      help: {
        en: 'in each of three stages: n blocks make 6n + 2 layers with weights',
        zh: '三个阶段各自的块数：n 个块共有 6n + 2 个带权重的层',
      },
      default: 3,
      min: 1,
      max: 200,
    }),
    width: width(
      { en: 'Width', zh: '宽度' },
      { en: 'channels of the first stage; each stage doubles them', zh: '第一阶段的通道数；每个阶段加倍' },
      16,
    ),
    shortcut: choice<'padded' | 'auto' | 'none'>({
      label: { en: 'Shortcut', zh: '捷径' },
      help: { en: 'where the shape changes', zh: '形状改变处' },
      default: 'padded',
      options: [
        { value: 'padded', label: { en: 'padded with zeros (A)', zh: '补零（A）' } },
        { value: 'auto', label: { en: '1×1 convolution (B)', zh: '1×1 卷积（B）' } },
        { value: 'none', label: { en: 'no shortcuts at all', zh: '完全没有捷径' } },
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
const pictures = { input: [3, 224, 224], classes: 1000 };
const cifar = { input: [3, 32, 32] };

/** The head learns ten times as fast as what was learnt elsewhere. */
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
    { ...pictures, depth },
    imagenet(),
  );

export const resnetTemplates: readonly Template[] = [
  template(
    {
      id: 'resnet18_d2l',
      family: 'resnet',
      title: { en: 'ResNet-18 (the book’s)', zh: 'ResNet-18（书中版本）' },
      description: {
        en: 'Blocks learn what to add to their input, and gradients pass by them unhindered: depth stops being an obstacle. As the book draws it, for grey pictures of 96 × 96: convolutions keep a bias that batch norm takes away again (3,904 idle numbers), and the 1×1 shortcut has no batch norm.',
        zh: '每个块学习要给输入加上什么，梯度可以无阻碍地绕过它：深度不再是障碍。此为书中的画法，用于 96 × 96 的灰度图：卷积层保留了会被批量规范化减去的偏置（3904 个闲置的数），1×1 捷径不接批量规范化。',
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
      title: { en: 'ResNet-18 (the book’s) at 224', zh: 'ResNet-18（书中版本，224）' },
      description: {
        en: 'The same network for pictures of 224 × 224, the size of the book’s print-out of shapes. Not one parameter more: only the maps are larger.',
        zh: '同一网络，用于 224 × 224 的图，即书中打印形状所用的大小。参数一个也不多，只是特征图更大。',
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
      title: { en: 'ResNet-18 for small pictures', zh: 'ResNet-18（小图）' },
      description: {
        en: 'For colour pictures of 32 × 32: the stem is a 3×3 convolution without pooling, so that the stages still have something to look at.',
        zh: '用于 32 × 32 的彩色图：开头是不带汇聚的 3×3 卷积，好让后面的阶段仍有内容可看。',
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
        en: 'The smallest of the family for ImageNet, as torchvision has it. Compare it with ResNet-34: the same four stages, more blocks in each.',
        zh: '家族中最小的一个，用于 ImageNet，与 torchvision 一致。与 ResNet-34 比较：同样四个阶段，每个阶段的块更多。',
      },
      paper,
    },
    resnet,
    pictures,
    imagenet(),
  ),
  template(
    {
      id: 'resnet18_hotdog',
      family: 'resnet',
      title: { en: 'ResNet-18 for hot dogs', zh: 'ResNet-18（热狗识别）' },
      description: {
        en: 'For fine-tuning: the head tells two classes apart, the rest is ResNet-18. The head learns ten times as fast as the rest. Freeze the stages to train the head alone.',
        zh: '用于微调：输出层区分两类，其余即 ResNet-18。输出层的学习率是其余部分的十倍。冻结各阶段，可只训练输出层。',
      },
      paper,
    },
    resnet,
    { input: [3, 224, 224], classes: 2 },
    hotdog(),
  ),
  imagenetTemplate('34', {
    en: 'Twice the blocks of ResNet-18. Without the shortcuts a network of this depth was worse than one of 18 layers; with them it is better.',
    zh: '块数约为 ResNet-18 的两倍。没有捷径时，这么深的网络反而不如 18 层的；有了捷径就更好。',
  }),
  imagenetTemplate('50', {
    en: 'Bottlenecks in place of pairs of 3×3: four times the channels for about the same work. The work horse of image recognition. The stride is at the 3×3 convolution, where the paper has it at the first 1×1.',
    zh: '以瓶颈块代替成对的 3×3：通道数四倍，计算量相近。图像识别中最常用的骨干。步幅放在 3×3 卷积上，而论文放在第一个 1×1 上。',
  }),
  imagenetTemplate('101', {
    en: 'Twenty-three bottlenecks in the third stage. Often the backbone of detection and segmentation.',
    zh: '第三阶段有 23 个瓶颈块。常作检测与分割的骨干。',
  }),
  imagenetTemplate('152', {
    en: 'Winner of ImageNet in 2015: 152 layers with weights, thirty-six bottlenecks in the third stage, and yet fewer multiply-adds than VGG-16. Open a stage, then a block.',
    zh: '2015 年 ImageNet 冠军：152 个带权重的层，第三阶段有 36 个瓶颈块，乘加次数却少于 VGG-16。打开一个阶段，再打开一个块。',
  }),
  template(
    {
      id: 'resnet20_cifar',
      family: 'resnet',
      title: { en: 'ResNet-20 for CIFAR-10', zh: 'ResNet-20（CIFAR-10）' },
      description: {
        en: 'Small enough to train at home: 270 thousand parameters. Where the shape changes the shortcut picks every second pixel and adds channels of zeros (option A), so that it has no parameters: exactly as many as the plain network.',
        zh: '小到可以在家训练：27 万个参数。形状改变处，捷径每隔一个像素取一个并补零通道（选项 A），没有参数：总数与没有捷径的网络完全相同。',
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
      title: { en: 'ResNet-20 for CIFAR-10, 1×1 shortcuts', zh: 'ResNet-20（CIFAR-10，1×1 捷径）' },
      description: {
        en: 'Option B: a 1×1 convolution where the shape changes. 2,752 parameters more, and a little better.',
        zh: '选项 B：形状改变处用 1×1 卷积。多 2752 个参数，效果略好。',
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
        en: 'ResNet-20 without the shortcuts, for comparison: the same parameters, harder to train. Make both 56 layers deep (nine blocks a stage) and the difference becomes plain.',
        zh: '去掉捷径的 ResNet-20，作为对照：参数相同，但更难训练。把两者都加深到 56 层（每阶段九个块），差别就很明显。',
      },
      paper,
    },
    cifarResnet,
    { ...cifar, shortcut: 'none' },
    sgd('cifar10', 0.1, 128, 160, { momentum: 0.9, weightDecay: 1e-4 }),
  ),
];

import { choice } from '../src/layers/config.ts';
import { chain, type Row } from './chain.ts';
import { ends, width, widths } from './fields.ts';
import { classes, conv, input, linear, pool } from './rows.ts';
import { imagenet, sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Names of the networks of the paper, by their number of layers with weights (Huang et al. 2016, table 1). */
const known: Readonly<Record<string, string>> = {
  '6,12,24,16': 'DenseNet-121',
  '6,12,32,32': 'DenseNet-169',
  '6,12,48,32': 'DenseNet-201',
};

const densenet = defineKind({
  config: {
    ...ends,
    layers: widths(
      { en: 'Layers', zh: '层数' },
      {
        en: 'Layers of each dense block: DenseNet-121 has 6, 12, 24, 16; 169 has 6, 12, 32, 32; 201 has 6, 12, 48, 32',
        zh: '各稠密块的层数：DenseNet-121 为 6、12、24、16；169 为 6、12、32、32；201 为 6、12、48、32',
      },
      [4, 4, 4, 4],
    ),
    growth: width(
      { en: 'Growth rate', zh: '增长率' },
      { en: 'Channels added by each layer', zh: '每层增加的通道数' },
      32,
    ),
    style: choice<'paper' | 'book'>({
      label: { en: 'Version', zh: '版本' },
      help: {
        en: 'The paper uses 1×1 convolutions before the 3×3 ones and no bias; “Dive into Deep Learning” uses a bias and no 1×1 convolutions',
        zh: '论文在 3×3 卷积之前有 1×1 卷积，没有偏置；《动手学深度学习》没有 1×1 卷积，但有偏置',
      },
      default: 'book',
      options: [
        { value: 'book', label: { en: 'Dive into Deep Learning', zh: '《动手学深度学习》' } },
        { value: 'paper', label: { en: 'Paper', zh: '论文' } },
      ],
    }),
  },
  name: ({ layers, style }) => (style === 'paper' ? known[layers.join()] : undefined) ?? 'DenseNet',
  draw({ input: shape, classes: count, layers, growth, style }, settings) {
    const book = style === 'book';
    const weightInit = book ? 'xavierUniform' : 'kaimingNormal';
    const options = { bias: book, weightInit };
    const body = layers.flatMap((count, i): Row[] => [
      [`dense${i + 1}`, 'dense', { layers: count, growth, narrow: !book, ...options }],
      ...(i < layers.length - 1 ? [[`trans${i + 1}`, 'transition', options] as Row] : []),
    ]);
    const [first, norm, act, halve] = book
      ? ['stem.conv1', 'stem.bn1', 'stem.relu', 'stem.pool']
      : ['stem.conv0', 'stem.norm0', 'stem.relu0', 'stem.pool0'];
    return chain(
      [
        [
          input(shape),
          conv(first, 2 * 32, 7, { stride: 2, padding: 3, ...options }),
          [norm, 'batchNorm2d'],
          [act, 'relu'],
          pool(halve, 'max', 3, 2, { padding: 1 }),
        ],
        body,
        [
          [book ? 'bn' : 'norm5', 'batchNorm2d'],
          ['relu', 'relu'],
          ['gap', 'globalAvgPool2d'],
          ['flatten', 'flatten'],
          linear('fc', count),
          classes(count),
        ],
      ],
      settings,
    );
  },
});

const paper = 'Huang, Liu, van der Maaten and Weinberger 2016, Densely Connected Convolutional Networks';

export const densenetTemplates: readonly Template[] = [
  template(
    {
      id: 'densenet_d2l',
      family: 'densenet',
      title: { en: 'DenseNet (Dive into Deep Learning)', zh: 'DenseNet（《动手学深度学习》）' },
      description: {
        en: 'DenseNet as in “Dive into Deep Learning”, with four dense blocks of four layers. Each layer receives the outputs of all earlier layers in its block, concatenated along the channels (ResNet adds them), and adds 32 channels. Transition layers halve the channels and the resolution. Try it: change the growth rate and compare the number of parameters.',
        zh: '《动手学深度学习》中的 DenseNet，由 4 个稠密块组成，每块 4 层。块内每一层以前面所有层的输出为输入，在通道维上连结（ResNet 则是相加），并增加 32 个通道。过渡层将通道数和高宽减半。试一试：改变增长率，比较参数量。',
      },
      paper,
    },
    densenet,
    { input: [1, 96, 96] },
    sgd('fashion-mnist', 0.1, 256, 10),
  ),
  template(
    {
      id: 'densenet121',
      family: 'densenet',
      title: { en: 'DenseNet-121', zh: 'DenseNet-121' },
      description: {
        en: 'For ImageNet: 58 dense layers, each with a 1×1 convolution before its 3×3 convolution. 8 million parameters reach the accuracy of ResNet-50 with 26 million.',
        zh: '用于 ImageNet：58 个稠密层，每层在 3×3 卷积之前有一个 1×1 卷积。以 800 万个参数达到 ResNet-50（2600 万个参数）的精度。',
      },
      paper,
    },
    densenet,
    { input: [3, 224, 224], classes: 1000, layers: [6, 12, 24, 16], style: 'paper' },
    imagenet(),
  ),
];

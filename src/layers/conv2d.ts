import { int, padding, pair, pairText, shortPair } from './config.ts';
import { groupsProblem } from './groups.ts';
import { weightAndBias } from './initialisers.ts';
import { defineLayer, type Problem, type Shape } from './layer.ts';
import { macSum, paramSum } from './sums.ts';
import { weightConfig } from './weightConfig.ts';
import { explainWindow, pictureSize, samePadding, toWindow, windowShape } from './window.ts';
import { windowLetters, windowPlace, windowSizeTex } from './windowFormula.ts';

const weightShape = (
  channels: number,
  config: { outChannels: number; groups: number; kernelSize: readonly number[] },
) => [config.outChannels, channels / config.groups, ...config.kernelSize];

/** Every output number is a sum over the channels of its group and the cells of the window. */
const macFactors = (x: Shape, y: Shape, config: { groups: number; kernelSize: readonly number[] }) => [
  ...y,
  x[0] / config.groups,
  ...config.kernelSize,
];

/** Channels to assume where the drawing does not say yet. */
const CHANNELS = 16;

export const conv2d = defineLayer({
  type: 'conv2d',
  icon: { lines: 'M1.8 1.8h8.7v8.7H1.8zM11.6 11.6h2.8v2.8h-2.8zM6.5 6.5l5.1 5.1', solid: 'M1.8 1.8h4.7v4.7H1.8z' },
  aliases: ['conv', 'convolution', 'convolution2d'],
  presets: [
    {
      id: 'conv1x1',
      title: { en: 'Conv 1×1', zh: '1×1 卷积层' },
      doc: {
        en: 'A convolution that looks at one place at a time: mixes the channels and leaves height and width alone. Changes the number of channels, as in Network in Network and in the shortcut of a residual block.',
        zh: '每次只看一个位置的卷积：混合通道，不改变高和宽。用来改变通道数，如 NiN 和残差块的捷径。',
      },
      keywords: ['1x1', 'pointwise', 'projection', 'bottleneck', 'nin', '逐点卷积', '投影'],
      config: () => ({ kernelSize: [1, 1] }),
    },
    {
      id: 'depthwiseConv',
      title: { en: 'Depthwise conv', zh: '深度卷积层' },
      doc: {
        en: 'A convolution with a kernel of its own for every channel: as many groups as channels. With a 1×1 convolution behind it, a depthwise separable convolution, as in MobileNet: far fewer multiply-adds.',
        zh: '每个通道各用一个卷积核的卷积：组数等于通道数。后面接 1×1 卷积即深度可分离卷积（MobileNet），乘加次数少得多。',
      },
      keywords: ['depthwise', 'separable', 'mobilenet', 'grouped', '逐通道卷积', '深度可分离'],
      config: ([channels = CHANNELS] = []) => ({ outChannels: channels, groups: channels, padding: [1, 1] }),
    },
  ],
  title: { en: 'Conv2d', zh: '卷积层' },
  category: 'convolution',
  stem: 'conv',
  featuresKey: 'outChannels',
  doc: {
    en: 'Slides learned kernels over the picture: each output channel is the cross-correlation of all input channels with one kernel, plus a bias. C×H×W becomes F×H′×W′. It finds the same pattern wherever it is.',
    zh: '让可学习的卷积核滑过图像：每个输出通道是所有输入通道与一个卷积核的互相关，再加偏置。C×H×W 变为 F×H′×W′。同一模式无论在哪里都能被找到。',
  },
  keywords: ['convolution', 'kernel', 'filter', 'feature map', 'cnn', '卷积', '特征图', '滤波器'],
  formula: (config) => ({
    tex: [
      String.raw`y_{f,i,j} = ${config.bias ? 'b_f + ' : ''}\sum_{c,u,v} w_{f,c,u,v}\, x_{c,\,${windowPlace(config)}}`,
      windowSizeTex(config),
    ],
    where: windowLetters(config, { en: 'kernel', zh: '卷积核' }),
  }),
  config: {
    outChannels: int({
      label: { en: 'Filters', zh: '输出通道' },
      help: { en: 'number of kernels, which is the number of output channels', zh: '卷积核的个数，也就是输出通道数' },
      default: 16,
      min: 1,
      max: 65_536,
    }),
    kernelSize: pair({
      label: { en: 'Kernel', zh: '卷积核' },
      help: { en: 'height and width of the window', zh: '窗口的高和宽' },
      default: [3, 3],
      min: 1,
      max: 512,
    }),
    stride: pair({
      label: { en: 'Stride', zh: '步幅' },
      help: { en: 'cells the window moves at a time; 2 halves the size', zh: '窗口每次移动的格数；2 使大小减半' },
      default: [1, 1],
      min: 1,
      max: 512,
    }),
    padding: padding({
      label: { en: 'Padding', zh: '填充' },
      help: { en: 'zeros added on every side, or "same" to keep the size', zh: '每边补的零，或用 "same" 保持大小' },
      default: [0, 0],
      min: 0,
      max: 512,
    }),
    dilation: pair({
      label: { en: 'Dilation', zh: '扩张' },
      help: {
        en: 'distance between the cells of the window; 1 leaves no gaps',
        zh: '窗口内相邻格的间距；1 表示不留空',
      },
      default: [1, 1],
      min: 1,
      max: 512,
      advanced: true,
    }),
    groups: int({
      label: { en: 'Groups', zh: '分组' },
      help: {
        en: 'channels are split into groups that do not see each other; as many groups as channels is a depthwise convolution',
        zh: '通道分成互不相见的组；组数等于通道数即深度卷积',
      },
      default: 1,
      min: 1,
      max: 65_536,
      advanced: true,
    }),
    ...weightConfig,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary({ kernelSize, outChannels, stride, padding: pad }) {
    const strided = stride.some((step) => step > 1);
    const padded = pad === 'same' || pad.some((cells) => cells > 0);
    const padText = pad === 'same' ? 'same' : shortPair(pad);
    return {
      en: [
        pairText(kernelSize),
        `${outChannels} filters`,
        ...(strided ? [`stride ${shortPair(stride)}`] : []),
        ...(padded ? [`pad ${padText}`] : []),
      ].join(' · '),
      zh: [
        pairText(kernelSize),
        `${outChannels} 通道`,
        ...(strided ? [`步幅 ${shortPair(stride)}`] : []),
        ...(padded ? [`填充 ${padText}`] : []),
      ].join(' · '),
    };
  },
  infer({ x }, config) {
    const window = windowShape(x, config, { pool: false, maxPadding: () => 512 });
    if (x.length !== 3) return window as { readonly problems: readonly Problem[] };
    const { outChannels, groups, stride } = config;
    const problems: Problem[] = 'problems' in window ? [...window.problems] : [];
    if (config.padding === 'same' && stride.some((step) => step > 1)) {
      problems.push({
        code: 'same-padding-stride',
        port: 'config.padding',
        message: ({ self }) => ({
          en: `${self.en} has padding "same" with stride ${shortPair(stride)}; "same" keeps the size and so needs stride 1.`,
          zh: `${self.zh} 的填充为 "same" 而步幅为 ${shortPair(stride)}；"same" 要保持大小，步幅只能为 1。`,
        }),
        fixes: [samePadding(x.slice(1), config), { kind: 'setConfig', key: 'stride', value: [1, 1] }],
      });
    }
    const uneven = groupsProblem(x[0], outChannels, groups);
    if (uneven !== null) problems.push(uneven);
    if ('problems' in window || problems.length > 0) return { problems };
    return { outputs: { y: [outChannels, ...window.size] } };
  },
  params: ({ x }, config) => weightAndBias(config.weightInit, weightShape(x[0], config), config.bias),
  macs: ({ x }, { y }, config) => macFactors(x, y, config).reduce((a, b) => a * b, 1),
  explain: ({ x }, { y }, config) => [
    ...explainWindow(x, config),
    paramSum(weightShape(x[0], config), config.bias ? config.outChannels : 0),
    macSum(macFactors(x, y, config)),
  ],
  lower({ g, x, p, config }) {
    return { y: g.conv(x.x, p.weight, p.bias ?? null, toWindow(config, pictureSize(x.x)), config.groups) };
  },
});

import { padding, pairText, shortPair, sizes } from './config.ts';
import { groupsProblem } from './groups.ts';
import { weightAndBias } from './initializers.ts';
import { kernelConfig } from './kernelConfig.ts';
import { defineLayer, type Problem, type Shape } from './layer.ts';
import { macSum, paramSum } from './sums.ts';
import { weightConfig } from './weightConfig.ts';
import { explainWindow, imageSize, samePadding, toWindow, windowShape } from './window.ts';
import { windowLetters, windowPlace, windowSizeTex } from './windowFormula.ts';

const weightShape = (
  channels: number,
  config: { outChannels: number; groups: number; kernelSize: readonly number[] },
) => [config.outChannels, channels / config.groups, ...config.kernelSize];

/** Factors of the MACs: each output element is a sum over the channels of its group and the elements of the window. */
const macFactors = (x: Shape, y: Shape, config: { groups: number; kernelSize: readonly number[] }) => [
  ...y,
  x[0] / config.groups,
  ...config.kernelSize,
];

/** Number of channels assumed while the input shape is unknown. */
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
        en: 'A 1×1 convolution mixes the channels at each position and keeps height and width. Used to change the number of channels, as in Network in Network and in the shortcut of a residual block.',
        zh: '1×1 卷积在每个位置上混合通道，不改变高和宽。用于改变通道数，如 NiN 和残差块的捷径连接。',
      },
      keywords: ['1x1', 'pointwise', 'projection', 'bottleneck', 'nin', '逐点卷积', '投影'],
      config: () => ({ kernelSize: [1, 1] }),
    },
    {
      id: 'depthwiseConv',
      title: { en: 'Depthwise conv', zh: '深度卷积层' },
      doc: {
        en: 'A convolution with one kernel per channel: as many groups as channels. Followed by a 1×1 convolution it is a depthwise separable convolution, as in MobileNet, with far fewer MACs.',
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
    en: '2D convolution. Each output channel is the cross-correlation of all input channels with one learned kernel, plus a bias: C×H×W → F×H′×W′. The kernel is shared by all positions, so a pattern is detected wherever it occurs.',
    zh: '二维卷积层。每个输出通道由所有输入通道与一个可学习的卷积核做互相关运算，再加上偏置得到：C×H×W → F×H′×W′。卷积核在所有位置上共享，因此同一模式出现在任何位置都能被检测到。',
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
    outChannels: kernelConfig.outChannels,
    kernelSize: kernelConfig.kernelSize,
    stride: sizes({
      label: { en: 'Stride', zh: '步幅' },
      help: {
        en: 'Step of the kernel in elements; 2 halves height and width',
        zh: '卷积核每次移动的元素数；2 使高和宽减半',
      },
      default: [1, 1],
    }),
    padding: padding({
      label: { en: 'Padding', zh: '填充' },
      help: {
        en: 'Zeros added on every side, or "same" to keep height and width',
        zh: '每边填充的零，或用 "same" 保持高和宽',
      },
      default: [0, 0],
      min: 0,
      max: 512,
    }),
    dilation: kernelConfig.dilation,
    groups: kernelConfig.groups,
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
        `${outChannels} channels`,
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
          en: `${self.en} has padding "same" with stride ${shortPair(stride)}, but "same" needs stride 1. Set the stride to 1, or use another padding.`,
          zh: `${self.zh}的填充为 "same"，步幅却为 ${shortPair(stride)}；"same" 要求步幅为 1。请将步幅设为 1，或更改填充。`,
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
    return { y: g.conv(x.x, p.weight, p.bias ?? null, toWindow(config, imageSize(x.x)), config.groups) };
  },
});

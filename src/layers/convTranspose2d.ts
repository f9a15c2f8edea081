import { pair, pairText, shortPair, sizes } from './config.ts';
import { groupsProblem } from './groups.ts';
import { weightAndBias } from './initializers.ts';
import { kernelConfig } from './kernelConfig.ts';
import { defineLayer } from './layer.ts';
import { needsImage } from './problems.ts';
import { macSum, paramSum } from './sums.ts';
import { weightConfig } from './weightConfig.ts';
import { AXES } from './window.ts';

export const convTranspose2d = defineLayer({
  type: 'convTranspose2d',
  icon: {
    lines: 'M1.6 1.6h2.8v2.8H1.6zM5.5 5.5h8.7v8.7H5.5zM4.4 4.4l5.1 5.1',
    solid: 'M9.5 9.5h4.7v4.7H9.5z',
  },
  aliases: ['deconv', 'conv2dtranspose'],
  title: { en: 'ConvTranspose2d', zh: '转置卷积层' },
  category: 'convolution',
  stem: 'deconv',
  featuresKey: 'outChannels',
  doc: {
    en: 'Transposed convolution: adds a copy of the kernel, scaled by each input element, to the output. C×H×W → F×H′×W′ with H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + output padding + 1. Enlarges feature maps in decoders and segmentation networks.',
    zh: '转置卷积：每个输入元素乘以卷积核，再累加到输出上。C×H×W → F×H′×W′，H′ = (H − 1)·步幅 − 2·填充 + 空洞率·(核 − 1) + 输出填充 + 1。用于解码器和语义分割中放大特征图。',
  },
  keywords: [
    'deconvolution',
    'deconv',
    'transposed convolution',
    'fractionally strided',
    'decoder',
    '转置卷积',
    '反卷积',
  ],
  formula: () => ({
    tex: [
      String.raw`y_{f,\,si + du - p,\,sj + dv - p} \mathrel{+}= \sum_{c} w_{c,f,u,v}\, x_{c,i,j}`,
      "H' = (H - 1)s - 2p + d(k - 1) + o + 1",
    ],
    where: {
      en: '$k$ kernel, $s$ stride, $p$ padding, $d$ dilation, $o$ output padding; the width follows the same formula',
      zh: '$k$ 卷积核，$s$ 步幅，$p$ 填充，$d$ 空洞率，$o$ 输出填充；宽的计算相同',
    },
    source: 'Zeiler et al. 2010',
  }),
  config: {
    outChannels: kernelConfig.outChannels,
    kernelSize: { ...kernelConfig.kernelSize, default: [2, 2] },
    stride: sizes({
      label: { en: 'Stride', zh: '步幅' },
      help: {
        en: 'Spacing of input elements in the output; 2 doubles height and width',
        zh: '相邻输入元素在输出中的间距；2 使高和宽加倍',
      },
      default: [2, 2],
    }),
    padding: pair({
      label: { en: 'Padding', zh: '填充' },
      help: { en: 'Rows and columns cropped on every side', zh: '每边裁去的行与列' },
      default: [0, 0],
      min: 0,
      max: 512,
    }),
    outputPadding: pair({
      label: { en: 'Output padding', zh: '输出填充' },
      help: {
        en: 'Rows and columns added at the bottom and right; less than the stride',
        zh: '在底部和右侧补的行与列，须小于步幅',
      },
      default: [0, 0],
      min: 0,
      max: 512,
      advanced: true,
    }),
    dilation: kernelConfig.dilation,
    groups: kernelConfig.groups,
    ...weightConfig,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ kernelSize, outChannels, stride }) => ({
    en: `${pairText(kernelSize)} · ${outChannels} channels · stride ${shortPair(stride)}`,
    zh: `${pairText(kernelSize)} · ${outChannels} 通道 · 步幅 ${shortPair(stride)}`,
  }),
  infer({ x }, config) {
    if (x.length !== 3) return { problems: [needsImage(x)] };
    const { outChannels, groups, stride, dilation, outputPadding, kernelSize, padding } = config;
    const uneven = groupsProblem(x[0], outChannels, groups);
    if (uneven !== null) return { problems: [uneven] };
    const wide = outputPadding.some((cells, i) => cells >= Math.max(stride[i], dilation[i]));
    if (wide) {
      return {
        problems: [
          {
            code: 'output-padding-too-large',
            port: 'config.outputPadding',
            message: ({ self }) => ({
              en: `${self.en} has output padding ${shortPair(outputPadding)}, but it must be smaller than the stride ${shortPair(stride)} or the dilation ${shortPair(dilation)}. Use a smaller output padding.`,
              zh: `${self.zh}的输出填充为 ${shortPair(outputPadding)}，须小于步幅 ${shortPair(stride)} 或空洞率 ${shortPair(dilation)}。请减小输出填充。`,
            }),
            fixes: [
              {
                kind: 'setConfig',
                key: 'outputPadding',
                value: outputPadding.map((cells, i) => Math.min(cells, Math.max(stride[i], dilation[i]) - 1)),
              },
            ],
          },
        ],
      };
    }
    const size = kernelSize.map(
      (k, i) => (x[i + 1] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (k - 1) + outputPadding[i] + 1,
    );
    // The part of the output that the kernels reach, without the zeros of output padding after it.
    const painted = size.map((cells, i) => cells - Math.max(0, outputPadding[i] - padding[i]));
    if (painted.every((cells) => cells >= 1)) return { outputs: { y: [outChannels, ...size] } };
    return {
      problems: [
        {
          code: 'window-too-large',
          port: 'config.padding',
          message: ({ self }) => ({
            en: `The padding of ${self.en} crops the whole output. Use a smaller padding or a larger kernel.`,
            zh: `${self.zh}的填充裁掉了全部输出。请减小填充或增大卷积核。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'padding', value: [0, 0] }],
        },
      ],
    };
  },
  params: ({ x }, { outChannels, groups, kernelSize, bias, weightInit }) =>
    weightAndBias(weightInit, [x[0], outChannels / groups, ...kernelSize], bias, outChannels),
  macs: ({ x }, _, { outChannels, groups, kernelSize }) =>
    [...x, outChannels / groups, ...kernelSize].reduce((a, b) => a * b, 1),
  explain: ({ x }, { y }, config) => {
    const { outChannels, groups, kernelSize, stride, padding, dilation, outputPadding, bias } = config;
    const size = ([0, 1] as const).map((axis) => ({
      label: AXES[axis],
      sum: `(${x[axis + 1]} − 1)·${stride[axis]} − 2·${padding[axis]} + ${dilation[axis]}·(${kernelSize[axis]} − 1) + ${outputPadding[axis]} + 1 = ${y[axis + 1]}`,
    }));
    const kernels = [outChannels / groups, ...kernelSize];
    return [...size, paramSum([x[0], ...kernels], bias ? outChannels : 0), macSum([...x, ...kernels])];
  },
  lower({ g, x, p, config }) {
    const { kernelSize: kernel, stride: strides, dilation: dilations, padding, outputPadding, groups } = config;
    // The runtime rejects output padding of a stride or more, so less is cropped, then zeros are added.
    const wide = outputPadding.map((cells, i) => cells >= strides[i]);
    const kept = outputPadding.map((cells, i) => (wide[i] ? Math.min(cells, padding[i]) : 0));
    const after = padding.map((cells, i) => cells - kept[i]);
    const extra = outputPadding.map((cells, i) => (wide[i] ? 0 : cells));
    const zeros = outputPadding.map((cells, i) => cells - kept[i] - extra[i]);
    const window = { kernel, strides, dilations, pads: [...padding, ...after] };
    const painted = g.convTranspose(x.x, p.weight, window, extra, groups);
    const y = zeros.some((cells) => cells > 0) ? g.pad(painted, [0, 0, 0, 0], [0, 0, ...zeros]) : painted;
    return { y: p.bias === undefined ? y : g.add(y, g.reshape(p.bias, [1, -1, 1, 1])) };
  },
});

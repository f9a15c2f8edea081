import type { Config } from '../graph/document.ts';
import type { Pair } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';
import { toWindow, type WindowConfig } from '../layers/window.ts';
import {
  type Argument,
  at,
  type Construction,
  int,
  isTrue,
  named,
  type Part,
  pairOf,
  pairValue,
} from '../python/construction.ts';
import type { PyValue } from '../python/values.ts';

/** Convolutions and pools. Keras pads only as TensorFlow does (“same”), so other padding is a layer of its own. */

/** Rows and columns around an image: before and after, for height and width. */
type Margins = readonly [Pair, Pair];

export const part = (suffix: string, callee: string, ...args: readonly Argument[]): Part => ({
  suffix,
  made: { callee, args },
});

const isNone = (margins: Margins): boolean => margins.flat().every((cells) => cells === 0);

function marginsOf(window: WindowConfig, [, ...size]: Shape): Margins {
  const [top, left, bottom, right] = toWindow(window, size).pads as [number, number, number, number];
  return [
    [top, bottom],
    [left, right],
  ];
}

/** Padding “same” adds these margins: the output has ⌈size/stride⌉ elements, and an odd row or column comes after. */
function isSame({ kernelSize, stride, dilation }: WindowConfig, [, ...size]: Shape, margins: Margins): boolean {
  return margins.every(([before, after], i) => {
    const step = stride[i] as number;
    const extent = (dilation[i] as number) * ((kernelSize[i] as number) - 1) + 1;
    const total = Math.max(0, (Math.ceil((size[i] as number) / step) - 1) * step + extent - (size[i] as number));
    return before === Math.floor(total / 2) && before + after === total;
  });
}

/** Margins as ZeroPadding2D takes them: one number where all are equal. */
function marginsValue(margins: Margins): PyValue {
  const [first = 0] = margins.flat();
  return margins.flat().every((cells) => cells === first) ? first : margins;
}

/** Rows and columns added, then cropped where they are negative. */
export function padding(margins: Margins, suffixes: readonly [string, string]): readonly Part[] {
  const [added, cropped] = [1, -1].map(
    (sign) => margins.map((pair) => pair.map((cells) => Math.max(0, sign * cells))) as unknown as Margins,
  ) as [Margins, Margins];
  return [
    ...(isNone(added) ? [] : [part(suffixes[0], 'layers.ZeroPadding2D', at('padding', marginsValue(added)))]),
    ...(isNone(cropped) ? [] : [part(suffixes[1], 'layers.Cropping2D', at('cropping', marginsValue(cropped)))]),
  ];
}

const pair = (config: Config, key: string): Pair => config[key] as unknown as Pair;
const isOne = ([height, width]: Pair): boolean => height === 1 && width === 1;

/** One kernel for each channel: Keras has a layer for it, which TensorFlow computes much faster than groups. */
export const isDepthwise = (config: Config, [channels = 1]: Shape): boolean =>
  channels > 1 && config.groups === channels;

export function convolution(config: Config, x: Shape): readonly Part[] {
  const margins = marginsOf(config as unknown as WindowConfig, x);
  const same = !isNone(margins) && isSame(config as unknown as WindowConfig, x, margins);
  // Keras has no convolution with strides and dilation: the outputs between the strides are computed and left out.
  const isThinned = !isOne(pair(config, 'stride')) && !isOne(pair(config, 'dilation'));
  const stride = isThinned ? 1 : pairOf(config, 'stride');
  const depthwise = isDepthwise(config, x);
  return [
    ...(same && !isThinned ? [] : padding(margins, ['pad', 'crop'])),
    part(
      '',
      depthwise ? 'layers.DepthwiseConv2D' : 'layers.Conv2D',
      ...(depthwise ? [] : [at('filters', int(config, 'outChannels'))]),
      at('kernel_size', pairOf(config, 'kernelSize')),
      ...(depthwise ? [named('depth_multiplier', int(config, 'outChannels') / int(config, 'groups'), 1)] : []),
      named('strides', stride, 1),
      named('padding', same && !isThinned ? 'same' : 'valid', 'valid'),
      named('dilation_rate', pairOf(config, 'dilation'), 1),
      ...(depthwise ? [] : [named('groups', int(config, 'groups'), 1)]),
      named('use_bias', isTrue(config, 'bias'), true),
    ),
    ...(isThinned ? [part('thin', 'Thin', at('strides', pair(config, 'stride')))] : []),
  ];
}

/**
 * Keras has no transposed convolution with groups, nor one with strides and dilation: they are a convolution of the image
 * with zeros between its elements, by flipped kernels.
 */
export const isSpread = (config: Config): boolean =>
  config.groups !== 1 || (!isOne(pair(config, 'stride')) && !isOne(pair(config, 'dilation')));

export function transposedConvolution(config: Config, x: Shape): readonly Part[] {
  const axes = ([0, 1] as const).map((i) => {
    const [stride, before] = [pair(config, 'stride')[i], pair(config, 'padding')[i]];
    const extent = pair(config, 'dilation')[i] * (pair(config, 'kernelSize')[i] - 1) + 1;
    const size = x[i + 1] as number;
    const extra = pair(config, 'outputPadding')[i];
    return { stride, before, extent, size, extra, wanted: (size - 1) * stride + extent - 2 * before + extra };
  });
  const args = [
    at('filters', int(config, 'outChannels')),
    at('kernel_size', pairOf(config, 'kernelSize')),
    named('dilation_rate', pairOf(config, 'dilation'), 1),
    named('use_bias', isTrue(config, 'bias'), true),
  ];
  if (isSpread(config)) {
    const margins = axes.map(({ before, extent, extra }) => [extent - 1 - before, extent - 1 - before + extra]);
    return [
      ...(isOne(pair(config, 'stride')) ? [] : [part('spread', 'Spread', at('strides', pair(config, 'stride')))]),
      ...padding(margins as unknown as Margins, ['pad', 'crop']),
      part('', 'layers.Conv2D', ...args, named('groups', int(config, 'groups'), 1)),
    ];
  }
  // More rows and columns of zeros give more output: rows that no other element reaches have the bias alone.
  const rows = axes.map(({ extra, before, stride }) => Math.ceil(Math.max(0, extra - before) / stride));
  const cropped = axes.map(({ stride, before, extent, size, wanted }, i) => {
    const full = (size + (rows[i] as number)) * stride + Math.max(0, extent - stride);
    return [-before, wanted + before - full];
  });
  return [
    ...padding(rows.map((cells) => [0, cells]) as unknown as Margins, ['pad', '']),
    part('', 'layers.Conv2DTranspose', ...args, named('strides', pairOf(config, 'stride'), 1)),
    ...padding(cropped as unknown as Margins, ['', 'crop']),
  ];
}

const windowOf = (config: Config): WindowConfig => ({ dilation: [1, 1], ...config }) as unknown as WindowConfig;

const pool = (callee: string, config: Config, ...more: readonly Argument[]): Part =>
  part(
    '',
    callee,
    at('pool_size', pairOf(config, 'kernelSize')),
    named('strides', pairOf(config, 'stride'), pairOf(config, 'kernelSize')),
    ...more,
  );

export function maxPool(config: Config, x: Shape): readonly Part[] {
  const window = windowOf(config);
  const margins = marginsOf(window, x);
  const isDilated = !isOne(window.dilation);
  if (!isDilated && !isNone(margins) && isSame(window, x, margins)) {
    return [pool('layers.MaxPooling2D', config, named('padding', 'same'))];
  }
  return [
    ...(isNone(margins) ? [] : [part('pad', 'LowestPadding2D', at('padding', margins))]),
    isDilated
      ? part(
          '',
          'DilatedMaxPooling2D',
          at('pool_size', window.kernelSize),
          named('strides', window.stride),
          named('dilation_rate', window.dilation),
        )
      : pool('layers.MaxPooling2D', config),
  ];
}

export function avgPool(config: Config, x: Shape): readonly Part[] {
  const window = windowOf(config);
  const margins = marginsOf(window, x);
  if (isNone(margins)) return [pool('layers.AveragePooling2D', config)];
  const [height, width] = isTrue(config, 'countIncludePad') ? pair(config, 'padding') : [0, 0];
  const counted: Margins = [
    [height, height],
    [width, width],
  ];
  if (JSON.stringify(counted) === JSON.stringify(margins)) {
    return [...padding(margins, ['pad', 'crop']), pool('layers.AveragePooling2D', config)];
  }
  return [
    part(
      '',
      'CountedAveragePooling2D',
      at('pool_size', window.kernelSize),
      named('strides', window.stride),
      named('padding', margins),
      named('counted', counted),
    ),
  ];
}

export function adaptivePool(config: Config, [, ...size]: Shape): readonly Part[] {
  const output = pair(config, 'outputSize');
  if (isOne(output)) return [globalPool];
  if (size.every((cells, i) => cells % (output[i] as number) === 0)) {
    const kernel = size.map((cells, i) => cells / (output[i] as number));
    return [part('', 'layers.AveragePooling2D', at('pool_size', pairValue(kernel)))];
  }
  return [part('', 'AdaptiveAveragePooling2D', at('output_size', output))];
}

export const globalPool: Part = part('', 'layers.GlobalAveragePooling2D', named('keepdims', true));

export const only = (made: Construction): readonly Part[] => [{ suffix: '', made }];

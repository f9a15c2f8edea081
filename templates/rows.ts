import type { Config } from '../src/graph/document.ts';
import type { Row } from './chain.ts';

type Pair = [number, number];
export const square = (size: number): Pair => [size, size];

export const input = (shape: readonly number[]): Row => ['input', 'input', { shape: [...shape] }];
export const classes = (count: number): Row => ['classes', 'classifier', { classes: count }];

interface ConvOptions {
  readonly stride?: number;
  readonly padding?: number;
  readonly groups?: number;
  readonly bias?: boolean;
  readonly weightInit?: string;
}

export const conv = (
  name: string,
  outChannels: number,
  kernel: number,
  { stride = 1, padding = 0, groups = 1, bias = true, weightInit = 'xavierUniform' }: ConvOptions = {},
): Row => [
  name,
  'conv2d',
  {
    outChannels,
    kernelSize: square(kernel),
    stride: square(stride),
    padding: square(padding),
    dilation: square(1),
    groups,
    bias,
    weightInit,
  },
];

export const linear = (name: string, outFeatures: number, config: Config = {}): Row => [
  name,
  'linear',
  { outFeatures, bias: true, weightInit: 'xavierUniform', ...config },
];

/** A max or average pooling layer. */
export const pool = (
  name: string,
  kind: 'max' | 'avg',
  kernel: number,
  stride: number,
  { padding = 0, ceilMode = false }: { readonly padding?: number; readonly ceilMode?: boolean } = {},
): Row => [
  name,
  `${kind}Pool2d`,
  {
    kernelSize: square(kernel),
    stride: square(stride),
    padding: square(padding),
    ...(ceilMode && { ceilMode }),
  },
];

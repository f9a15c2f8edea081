import type { Category } from './layer.ts';

/** A line drawing on a grid of 16, as SVG path data; stroked with round ends, in the colour of its surroundings. */
export interface Drawing {
  readonly lines: string;
  /** Of the lines; `LINE_WIDTH` when absent. */
  readonly width?: number;
  /** A part that is filled besides. */
  readonly solid?: string;
}

export const DRAWING_GRID = 16;
export const LINE_WIDTH = 1.4;

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const bell = 'M1.5 11.5c4 0 4-9 6.5-9s2.5 9 6.5 9';
const pane = 'M2 2h12v12H2z';
const cross = `${pane}M8 2v12M2 8h12`;

/** A small picture of what the layer does to its input, by layer type. */
const byLayer = {
  input: { lines: 'M2 8h9M7.5 4.5 11 8l-3.5 3.5M13.5 3v10' },
  classifier: { lines: 'M2.5 13.5V9M6.2 13.5V3M9.8 13.5V7M13.5 13.5v-3', width: 2 },
  binaryClassifier: { lines: `M8 1.8v12.4${circle(3.6, 8, 1.9)}`, solid: circle(12.4, 8, 2.5) },
  regression: { lines: 'M2 2v12h12M4.5 11.5l9-7', solid: circle(6, 7.2, 1.2) + circle(10.6, 9.6, 1.2) },
  conv2d: { lines: 'M1.8 1.8h8.7v8.7H1.8zM11.6 11.6h2.8v2.8h-2.8zM6.5 6.5l5.1 5.1', solid: 'M1.8 1.8h4.7v4.7H1.8z' },
  convTranspose2d: {
    lines: 'M1.6 1.6h2.8v2.8H1.6zM5.5 5.5h8.7v8.7H5.5zM4.4 4.4l5.1 5.1',
    solid: 'M9.5 9.5h4.7v4.7H9.5z',
  },
  maxPool2d: { lines: cross, solid: 'M8 2h6v6H8z' },
  avgPool2d: { lines: cross, solid: circle(8, 8, 2.5) },
  globalAvgPool2d: {
    lines: `${pane}M4.6 4.6l1.6 1.6M11.4 4.6 9.8 6.2M4.6 11.4l1.6-1.6M11.4 11.4l-1.6-1.6`,
    solid: circle(8, 8, 1.8),
  },
  adaptiveAvgPool2d: { lines: `${pane}M5.6 2v12M2 5.6h12`, solid: circle(9.8, 9.8, 1.8) },
  relu: { lines: 'M1.5 12H8l5.5-8.5' },
  leakyRelu: { lines: 'M1.5 14 8 11.5l5.5-9' },
  prelu: { lines: 'M1.5 14 8 10.5l5.5-8', solid: circle(8, 10.5, 2.1) },
  elu: { lines: 'M1.5 13.4C5.2 13.4 7 12 8.2 9.6L12.5 2' },
  gelu: { lines: 'M1.5 11.2c2 0 2.6 2 4.3 2C8.6 13.2 9.4 9 14 2.5' },
  silu: { lines: 'M1.5 10c2.6 0 3.3 3.6 5.6 3.6C10.2 13.6 10.4 8 14 2.5M1.5 6.5h1.6M5.1 6.5h1.6' },
  hardswish: { lines: 'M1.5 10.5H4l2.4 2.7h1.8L14 2.5' },
  sigmoid: { lines: 'M1.5 13c7.5 0 5.5-10 13-10' },
  tanh: { lines: 'M1.5 13C8.5 13 7.5 3 14.5 3M1.5 8h2M12.5 8h2M8 1.5v1.8M8 12.7v1.8' },
  softplus: { lines: 'M1.5 12.8C7 12.8 9.5 9.5 14 3M1.5 14.8h13' },
  step: { lines: 'M1.5 12.5H8v-9h6.5' },
  softmax: { lines: `${circle(8, 8, 6)}M8 8V2M8 8l5.2 3`, solid: 'M8 2a6 6 0 0 1 5.2 9L8 8z' },
  logSoftmax: { lines: 'M2.5 1.8v12.4M5 14.2C5.5 7.5 8.5 4.5 14.2 3.6' },
  batchNorm2d: { lines: `${bell}M1.5 14.2h13` },
  batchNorm1d: { lines: `${bell}M2 14.2h.01M6 14.2h.01M10 14.2h.01M14 14.2h.01` },
  layerNorm: { lines: 'M2 8c3.5 0 3.5-6.2 6-6.2S10.5 8 14 8M2 11.2h12M2 14.2h12' },
  groupNorm: {
    lines: 'M1.5 11.5c2 0 2-8 3.250-8s1.250 8 3.250 8 2-8 3.250-8 1.250 8 3.250 8M1.5 14.2h5.2M9.3 14.2h5.2',
  },
  localResponseNorm: {
    lines: `${circle(2.8, 10, 1.5)}${circle(13.2, 10, 1.5)}M3.2 6.2c.8-2.6 3.4-2.6 4.3-.4M12.8 6.2c-.8-2.6-3.4-2.6-4.3-.4`,
    solid: circle(8, 10, 2.4),
  },
  dropout: {
    lines: 'M9.7 2.7l3.6 3.6M13.3 2.7 9.7 6.3M2.7 9.7l3.6 3.6M6.3 9.7l-3.6 3.6',
    solid: circle(4.5, 4.5, 2.3) + circle(11.5, 11.5, 2.3),
  },
  dropout2d: {
    lines: 'M2 2h5.5v5.5H2zM8.5 8.5H14V14H8.5zM9.3 2.2l4.4 4.4M13.7 2.2 9.3 6.6M2.3 9.4l4.4 4.4M6.7 9.4l-4.4 4.4',
    solid: 'M2 2h5.5v5.5H2zM8.5 8.5H14V14H8.5z',
  },
  linear: {
    lines: `M4.8 4h6.4M4.8 12h6.4M4.5 4.9l7 6.2M4.5 11.1l7-6.2${[3.3, 12.7].flatMap((x) => [4, 12].map((y) => circle(x, y, 1.2))).join('')}`,
    width: 1.2,
  },
  add: { lines: `${circle(8, 8, 6)}M8 4.8v6.4M4.8 8h6.4` },
  mul: { lines: `${circle(8, 8, 6)}M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6` },
  concat: {
    lines: 'M1.8 2.2h3.7v4.6H1.8zM1.8 9.2h3.7v4.6H1.8zM10.5 2.2h3.7v11.6h-3.7zM10.5 8h3.7M7.2 4.5h1.6M7.2 11.5h1.6',
  },
  flatten: { lines: 'M2 3.5h7v4H2zM2 12.5h12M5.5 3.5v4M11.5 4v4.5M9.8 7l1.7 1.7L13.2 7' },
  reshape: { lines: 'M1.8 2.5h8.4v3.7H1.8zM10.5 8.2h3.7v6h-3.7zM4 8.5v3h3.7M6 9.7l1.8 1.8L6 13.3' },
  upsample: { lines: 'M1.8 9.5h4.7v4.7H1.8zM9.5 1.8h4.7v4.7M14 2 8.3 7.7M1.8 6.5V1.8h4.7M14.2 9.5v4.7H9.5' },
  zeroPad2d: {
    lines:
      'M5 5h6v6H5zM1.8 3.8v-2h2M6.5 1.8h3M12.2 1.8h2v2M14.2 6.5v3M14.2 12.2v2h-2M9.5 14.2h-3M3.8 14.2h-2v-2M1.8 9.5v-3',
    solid: 'M5 5h6v6H5z',
  },
  identity: { lines: 'M5 8h9M10.7 4.7 14 8l-3.3 3.3', solid: circle(3.2, 8, 1.9) },
} as const satisfies Readonly<Record<string, Drawing>>;

/** The same of built-in blocks: how data runs through them. */
const byBlock: Readonly<Record<string, Drawing>> = {
  convUnit: { lines: 'M4 2.5h8v3H4zM4 8.5h8v3H4zM8 5.5v3M8 11.5v2.5' },
  vggBlock: { lines: 'M3.5 1.8h9v2.8h-9zM3.5 6.2h9v2.8h-9zM5.5 11h5v3h-5z' },
  ninBlock: { lines: 'M2.5 1.8h11v4.4h-11zM5.5 8.2h5v2h-5zM5.5 12.2h5v2h-5z' },
  inception: {
    lines:
      'M8 1.5v1.5M2 6V3h12v3M6 3v3M10 3v3M2 9.5v3h12v-3M6 9.5v3M10 9.5v3M8 12.5v2M1.5 6h1v3.5h-1zM5.5 6h1v3.5h-1zM9.5 6h1v3.5h-1zM13.5 6h1v3.5h-1z',
  },
  inceptionA: {
    lines: 'M8 1.5v2M3 6.5v-3h10v3M8 3.5v3M3 9.5v3h10v-3M8 9.5v3M8 12.5v2M2 6.5h2v3H2zM7 6.5h2v3H7zM12 6.5h2v3h-2z',
  },
  inceptionB: {
    lines:
      'M8 1.5v2M3 6v-2.5h10V6M8 3.5V5M3 10v2.5h10V10M8 11v1.5M8 12.5v2M1.5 6h3v4h-3zM6.5 5h3v2.4h-3zM6.5 8.6h3V11h-3zM11.5 6h3v4h-3z',
  },
  inceptionC: {
    lines: 'M8 1.5v2M3 6v-2.5h10V6M3 10v2.5h10V10M8 12.5v2M1.5 6h3v4h-3zM8 3.5v3.5M8 7H6.3v3.5M8 7h1.7v3.5M13 6v4',
  },
  residual: { lines: 'M7 1.5v2M3.5 3.5h7v3h-7zM3.5 8.5h7v3h-7zM7 6.5v2M7 11.5v3M7 2.3h6.5v11H7' },
  bottleneck: { lines: 'M3 2.5h8v2.3H3zM5 6.8h4v2.3H5zM3 11.1h8v2.3H3zM7 4.8v2M7 9.1v2M7 1.2h7v13.5H7' },
  residualStage: {
    lines: 'M6 1.5v2M2.5 3.5h7v2.5h-7zM2.5 10h7v2.5h-7zM6 6v4M6 12.5v2M6 2.3h6.5v4.8H6M6 8.6h6.5v4.8H6',
  },
  zeroPadShortcut: { lines: 'M8 1.5v13M3 5.5h10v5H3z', solid: 'M10 5.5h3v5h-3z' },
  denseLayer: { lines: 'M2 8h3M5 5.5h4v5H5zM9 8h5M3.5 8c0-6.5 8.5-6.5 8.5 0' },
  dense: {
    lines: 'M1.5 11h13M3 11c0-4 4-4 4 0M3 11c0-10 9.5-10 9.5 0M7 11c0-4.5 5.5-4.5 5.5 0',
    solid: circle(3, 11, 1.3) + circle(7, 11, 1.3) + circle(12.5, 11, 1.3),
  },
  transition: { lines: 'M2.5 2.5h11L10 8v5.5H6V8z' },
  squeezeExcitation: {
    lines: 'M2 13.5h12M4 13.5V9M8 13.5V5M12 13.5v-2.5M4 4.5C5.5 1.5 10.5 1.5 12 4.5M12 1.8v2.7H9.3',
  },
  depthwiseSeparable: {
    lines: 'M2 2h3v4.5H2zM6.5 2h3v4.5h-3zM11 2h3v4.5h-3zM3.5 6.5v3M8 6.5v3M12.5 6.5v3M2 9.5h12v4H2z',
  },
  invertedResidual: { lines: 'M5 2.3h4v2.3H5zM3 6.6h8v2.3H3zM5 10.9h4v2.3H5zM7 4.6v2M7 8.9v2M7 1.2h7v13.5H7' },
};

/** The same of the ports of a block, seen from inside. */
const byPort: Readonly<Record<string, Drawing>> = {
  '/input': byLayer.input,
  '/output': { lines: 'M2.5 3v10M5 8h9M10.5 4.5 14 8l-3.5 3.5' },
};

const byCategory: Readonly<Record<Category | 'unknown', Drawing>> = {
  io: { lines: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5' },
  convolution: byLayer.conv2d,
  pooling: byLayer.avgPool2d,
  activation: byLayer.sigmoid,
  normalisation: byLayer.batchNorm2d,
  regularisation: byLayer.dropout,
  linear: byLayer.linear,
  shape: byLayer.flatten,
  merge: byLayer.add,
  blocks: { lines: 'M2.5 2.5h11v11h-11zM5.5 5.5h5M5.5 8h5M5.5 10.5h5' },
  unknown: { lines: 'M5.5 5.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7M8 12v.3' },
};

/** A layer's own drawing, else that of its category. */
export const drawingOf = (layer: string, category: Category | 'unknown'): Drawing =>
  (byLayer as Readonly<Record<string, Drawing>>)[layer] ?? byBlock[layer] ?? byPort[layer] ?? byCategory[category];

/** Beside the name of a layer that is not trained. */
export const frozenDrawing: Drawing = {
  lines: 'M8 1.5v13M2.4 4.75l11.2 6.5M13.6 4.75 2.4 11.25M6 2.5l2 2 2-2M6 13.5l2-2 2 2',
};

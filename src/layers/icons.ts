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

/** A small picture of what the layer does to its input, by layer type. */
const byLayer = {
  input: { lines: 'M2 8h9M7.5 4.5 11 8l-3.5 3.5M13.5 3v10' },
  classifier: { lines: 'M2.5 13.5V9M6.2 13.5V3M9.8 13.5V7M13.5 13.5v-3', width: 2 },
  conv2d: { lines: 'M2 2h6v6H2zM8 8h6v6H8zM4.5 8v3.5H8M8 4.5h3.5V8' },
  maxPool2d: { lines: 'M2 2h12v12H2zM8 2v12M2 8h12M8.5 2.5h5v5h-5z' },
  avgPool2d: { lines: 'M2 2h12v12H2zM8 2v12M2 8h12' },
  relu: { lines: 'M1.5 12H8l5.5-8.5' },
  sigmoid: { lines: 'M1.5 13c7.5 0 5.5-10 13-10' },
  tanh: { lines: 'M1.5 13C8.5 13 7.5 3 14.5 3M1.5 8h1.8M12.7 8h1.8' },
  linear: {
    lines:
      'M4.8 4h6.4M4.8 12h6.4M4.5 4.9l7 6.2M4.5 11.1l7-6.2M3.3 2.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM3.3 10.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM12.7 2.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM12.7 10.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z',
    width: 1.2,
  },
  flatten: { lines: 'M2 3.5h7v4H2zM2 12.5h12M5.5 3.5v4M11.5 4v4.5M9.8 7l1.7 1.7L13.2 7' },
} as const satisfies Readonly<Record<string, Drawing>>;

const byCategory: Readonly<Record<Category | 'unknown', Drawing>> = {
  io: { lines: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5' },
  convolution: byLayer.conv2d,
  pooling: byLayer.avgPool2d,
  activation: byLayer.sigmoid,
  normalisation: { lines: 'M1.5 12.5c4 0 4-9 6.5-9s2.5 9 6.5 9' },
  regularisation: { lines: 'm4 4 8 8M12 4l-8 8' },
  linear: byLayer.linear,
  shape: byLayer.flatten,
  merge: { lines: 'M4 2v4l4 3 4-3V2M8 9v5' },
  unknown: { lines: 'M5.5 5.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7M8 12v.3' },
};

/** A layer's own drawing, else that of its category. */
export const drawingOf = (layer: string, category: Category | 'unknown'): Drawing =>
  (byLayer as Readonly<Record<string, Drawing>>)[layer] ?? byCategory[category];

/** Beside the name of a layer that is not trained. */
export const frozenDrawing: Drawing = {
  lines: 'M8 1.5v13M2.4 4.75l11.2 6.5M13.6 4.75 2.4 11.25M6 2.5l2 2 2-2M6 13.5l2-2 2 2',
};

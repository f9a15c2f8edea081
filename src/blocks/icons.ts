import { add } from '../layers/add.ts';
import { avgPool2d } from '../layers/avgPool2d.ts';
import { batchNorm2d } from '../layers/batchNorm2d.ts';
import { conv2d } from '../layers/conv2d.ts';
import type { Drawing } from '../layers/drawing.ts';
import { dropout } from '../layers/dropout.ts';
import { flatten } from '../layers/flatten.ts';
import { layers } from '../layers/index.ts';
import { input } from '../layers/input.ts';
import type { Category } from '../layers/layer.ts';
import { linear } from '../layers/linear.ts';
import { sigmoid } from '../layers/sigmoid.ts';
import { blocks } from './index.ts';

/** Icons of the ports inside a block. */
const portDrawings: Readonly<Record<string, Drawing>> = {
  '/input': input.icon,
  '/output': { lines: 'M2.5 3v10M5 8h9M10.5 4.5 14 8l-3.5 3.5' },
};

const byCategory: Readonly<Record<Category | 'unknown', Drawing>> = {
  io: { lines: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5' },
  convolution: conv2d.icon,
  pooling: avgPool2d.icon,
  activation: sigmoid.icon,
  normalization: batchNorm2d.icon,
  regularization: dropout.icon,
  linear: linear.icon,
  shape: flatten.icon,
  merge: add.icon,
  blocks: { lines: 'M2.5 2.5h11v11h-11zM5.5 5.5h5M5.5 8h5M5.5 10.5h5' },
  onnx: { lines: 'M8 2 13.2 5v6L8 14l-5.2-3V5zM8 2v12M2.8 5l10.4 6M13.2 5 2.8 11' },
  unknown: { lines: 'M5.5 5.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7M8 12v.3' },
};

const drawings = new Map([...layers, ...blocks].map(({ type, icon }) => [type, icon]));

/** Icon of a layer, or that of its category. */
export const drawingOf = (layer: string, category: Category | 'unknown'): Drawing =>
  drawings.get(layer) ?? portDrawings[layer] ?? byCategory[category];

/** Icon of a frozen layer, shown beside its name. */
export const frozenDrawing: Drawing = {
  lines: 'M8 1.5v13M2.4 4.75l11.2 6.5M13.6 4.75 2.4 11.25M6 2.5l2 2 2-2M6 13.5l2-2 2 2',
};

import { batchedAxis, frontAxis } from '../layers/axis.ts';
import type { Shape } from '../layers/layer.ts';
import { at, type Construction } from '../python/construction.ts';
import type { PyValue } from '../python/values.ts';

/** Axes of an image in the data format of Keras, by their place in the drawing. */
const IMAGE_AXES: readonly PyValue[] = ['CHANNELS', 'HEIGHT', 'WIDTH'].map((code) => ({ code }));

/** True for samples whose axes are in the data format of Keras; others keep the order of the drawing. */
export const isImage = (x: Shape): boolean => x.length === 3;

/** An axis of a sample, as an axis of the batch in Keras. */
export const kerasAxis = (x: Shape, axis: number): PyValue =>
  isImage(x) ? (IMAGE_AXES[frontAxis(x, axis)] as PyValue) : batchedAxis(axis);

const permute = (order: string): Construction => ({ callee: 'layers.Permute', args: [at('dims', { code: order })] });

/** The axes of an image in the order of the drawing. */
export const toDrawing = permute('TO_DRAWING');
/** The axes of an image in the order of Keras, from that of the drawing. */
export const fromDrawing = permute('FROM_DRAWING');

/** The values of an image have the same order in both formats. */
export const hasOneOrder = ([channels = 1, height = 1, width = 1]: Shape): boolean =>
  channels === 1 || height * width === 1;

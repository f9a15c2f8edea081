import type { ImageConfig } from '../graph/document.ts';
import type { Builder } from '../ir/builder.ts';
import type { Attrs, Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';

/** Filters of Pillow that Resize has at opset 18; on uint8 it differs from Pillow by 1 at most. */
const FILTERS = {
  bilinear: { mode: 'linear', antialias: 1, exclude_outside: 1 },
  bicubic: { mode: 'cubic', antialias: 1, exclude_outside: 1, cubic_coeff_a: -0.5 },
} satisfies Readonly<Record<string, Attrs>>;

export type ResizeFilter = keyof typeof FILTERS;

/*
 * Channels are last here. Graph optimizers move a Transpose behind the Resize after it and then take its sizes for those of the
 * wrong axes (onnxruntime 1.30), so that images are transposed after they have their size.
 */

/** Images uint8 [N, any, any, C] in the size [h, w], which may be known only at run time. */
export const imageResized = (g: Builder, x: Value, size: Value, filter: ResizeFilter): Value =>
  g.emit('Resize', [x, null, null, size], {
    ...FILTERS[filter],
    coordinate_transformation_mode: 'half_pixel',
    axes: [1, 2],
  })[0] as Value;

/** Color images uint8 [N, any, any, 3] as `fittedImage` gives them the channels and size of the settings. */
export function imageFitted(g: Builder, x: Value, { width, height, channels, fit }: ImageConfig): Value {
  const colored = channels === 1 ? brightness(g, x) : x;
  const size = g.ints([height, width]);
  if (fit === 'stretch') return imageResized(g, colored, size, 'bilinear');
  const covering = imageResized(g, colored, coveringSize(g, colored, [height, width]), 'bilinear');
  return centerOf(g, centerOf(g, covering, 1, height), 2, width);
}

/** Brightness of x [N, H, W, 3] as in `toGray`: the sums are whole numbers below 2²⁴, which float32 holds exactly. */
function brightness(g: Builder, x: Value): Value {
  const weights = g.constant(floatTensor([3], [19595, 38470, 7471]), 'brightness');
  const sum = g.reduceSum(g.mul(g.cast(x, 'float32'), weights), [3], true);
  return g.cast(g.mul(g.add(sum, g.scalar(0x8000)), g.scalar(2 ** -16)), 'uint8');
}

/** The size [2] of images after they are scaled until they cover a size; halves are rounded up. */
function coveringSize(g: Builder, x: Value, size: readonly [number, number]): Value {
  const [own, height, width] = [g.sizesOf(x, [1, 2]), g.sizesOf(x, [1]), g.sizesOf(x, [2])];
  const target = g.ints(size);
  const [toHeight, toWidth] = [g.ints([size[0]]), g.ints([size[1]])];
  const widthFits = g.less(g.mul(toHeight, width), g.mul(toWidth, height));
  const to = g.where(widthFits, toWidth, toHeight);
  const from = g.where(widthFits, width, height);
  const two = g.ints([2]);
  const scaled = g.div(g.add(g.mul(g.mul(own, to), two), from), g.mul(from, two));
  return g.max([scaled, target]);
}

/** The middle `size` cells of an axis that is at least as long; a half goes to the even neighbor. */
function centerOf(g: Builder, x: Value, axis: number, size: number): Value {
  const two = g.ints([2]);
  const excess = g.sub(g.sizesOf(x, [axis]), g.ints([size]));
  const half = g.div(excess, two);
  const odd = (value: Value) => g.sub(value, g.mul(g.div(value, two), two));
  const start = g.add(half, g.mul(odd(excess), odd(half)));
  return g.gather(x, g.add(start, g.ints(Array.from({ length: size }, (_, at) => at))), axis);
}

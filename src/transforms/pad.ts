import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import { fill, fillOf, padding, paddingMode, perChannel } from './fields.ts';
import { type ByteImage, blank, type ImageShape, plane } from './image.ts';
import { deterministic } from './transform.ts';

/** Left, top, right and bottom. */
export type Sides = readonly [number, number, number, number];
type Mode = 'constant' | 'edge' | 'reflect' | 'symmetric';

/** The padding of a setting of one, two or four numbers. */
export function sidesOf(padding: readonly number[]): Sides {
  const [left = 0, top = left, right = left, bottom = top] = padding;
  return [left, top, right, bottom];
}

/** The index that cell `at` of a padded axis takes its value from; -1 for the fill. `size` cells are inside. */
function source(at: number, size: number, mode: Mode): number {
  if (at >= 0 && at < size) return at;
  switch (mode) {
    case 'constant':
      return -1;
    case 'edge':
      return at < 0 ? 0 : size - 1;
    case 'reflect':
      return at < 0 ? -at : 2 * size - 2 - at;
    case 'symmetric':
      return at < 0 ? -1 - at : 2 * size - 1 - at;
    default:
      return mode satisfies never;
  }
}

/** `torchvision.transforms.v2.functional.pad`, tensor backend; `fill` in bytes, one per channel. */
export function pad({ shape, pixels }: ByteImage, sides: Sides, mode: Mode, fill: readonly number[]): ByteImage {
  const [channels, height, width] = shape;
  const [left, top, right, bottom] = sides;
  const out = blank([channels, height + top + bottom, width + left + right]);
  const [, outHeight, outWidth] = out.shape;
  const columns = Int32Array.from({ length: outWidth }, (_, x) => source(x - left, width, mode));
  let to = 0;
  for (let c = 0; c < channels; c++) {
    const value = fill[c] as number;
    for (let y = 0; y < outHeight; y++) {
      const row = source(y - top, height, mode);
      const from = c * plane(shape) + row * width;
      for (let x = 0; x < outWidth; x++) {
        const column = columns[x] as number;
        out.pixels[to++] = row < 0 || column < 0 ? value : (pixels[from + column] as number);
      }
    }
  }
  return out;
}

/** `pad` of x [N, C, H, W]. ONNX pads with one value alone and knows no symmetric mode. */
export function lowerPad(
  g: Builder,
  x: Value,
  [left, top, right, bottom]: Sides,
  mode: Mode,
  fill: readonly number[],
  [, height, width]: ImageShape,
): Value {
  if (left + top + right + bottom === 0) return x;
  if (mode === 'constant') {
    const zeros = (value: Value) => g.pad(value, [0, 0, top, left], [0, 0, bottom, right]);
    const bytes = fill.map(Math.trunc);
    if (bytes.every((value) => value === 0)) return zeros(x);
    const filled = g.constant(floatTensor([1, bytes.length, 1, 1], bytes), 'fill');
    return g.add(zeros(g.sub(x, filled)), filled);
  }
  const cells = (size: number, before: number, after: number) =>
    g.ints(Array.from({ length: before + size + after }, (_, at) => source(at - before, size, mode)));
  return g.gather(g.gather(x, cells(height, top, bottom), 2), cells(width, left, right), 3);
}

/** The problem of a padding that takes pixels from beyond the other side of the image; null if there is none. */
export function padProblem([, height, width]: ImageShape, sides: Sides, mode: Mode): Text | null {
  const most = mode === 'reflect' ? -1 : 0;
  if (mode === 'constant' || mode === 'edge') return null;
  const [left, top, right, bottom] = sides;
  if (Math.max(left, right) <= width + most && Math.max(top, bottom) <= height + most) return null;
  return {
    en: `Padding of ${Math.max(...sides)} pixels is too much for a ${height}×${width} image in ${mode} mode. Set padding_mode to edge, or pad less.`,
    zh: `对 ${height}×${width} 的图像按 ${mode} 方式填充 ${Math.max(...sides)} 个像素过多。请将 padding_mode 设为 edge，或减小填充。`,
  };
}

export const padTransform = deterministic({
  type: 'Pad',
  title: { en: 'Pad', zh: '填充' },
  doc: { en: 'Adds pixels around the image.', zh: '在图像四周补像素。' },
  formula: String.raw`C \times H \times W \to C \times (H + t + b) \times (W + l + r)`,
  torchvision: 'torchvision.transforms.v2.Pad',
  params: { padding: padding([4]), fill, padding_mode: paddingMode },
  shape(input, { padding, fill: values, padding_mode }) {
    const sides = sidesOf(padding);
    const problem = perChannel('fill', fill.label, values, input[0]) ?? padProblem(input, sides, padding_mode);
    const [left, top, right, bottom] = sides;
    return problem ?? [input[0], input[1] + top + bottom, input[2] + left + right];
  },
  apply: (image, { padding, fill, padding_mode }) =>
    pad(image, sidesOf(padding), padding_mode, fillOf(fill, image.shape[0])),
  lower: (g, x, { padding, fill, padding_mode }, input) => lowerPad(g, x, sidesOf(padding), padding_mode, fill, input),
});

import { type ByteImage, blank, plane, roundHalfEven } from './image.ts';

/**
 * Where the pixels of an output come from, as torchvision describes it. Output pixel (i, j) has x = left + j and
 * y = top + i; it comes from (a·x + b·y + c) / (g·x + h·y + 1) − shift across and (d·x + e·y + f) / (g·x + h·y + 1) − shift
 * down, where −1 and 1 are the borders of the image. An affine map has g = h = 0.
 */
export interface Projection {
  readonly coefficients: readonly [
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
    g: number,
    h: number,
  ];
  readonly left: number;
  readonly top: number;
  readonly shift: 0 | 1;
}
export type GridInterpolation = 'nearest' | 'bilinear';

const { fround } = Math;

/** a·x + b·y + c in float32, with one rounding for the second product and the sum: torch's order, which decides ties. */
const dot = (a: number, b: number, c: number, x: number, y: number): number =>
  fround(fround(fround(a * x) + b * y) + c);

/** The position between borders −1 and 1 in pixels, in float32. */
const inPixels = (position: number, size: number): number =>
  fround(fround(fround(fround(position + 1) * size) - 1) / 2);

/**
 * `_apply_grid_transform` of torchvision 0.21 (tensor backend): `grid_sample` without aligned corners. Pixels outside the
 * image have the value `fill` (bytes, one per channel; null: black, as `fill=None`); bilinear interpolation fades to it
 * over one pixel.
 */
export function sampleGrid(
  { shape, pixels }: ByteImage,
  { coefficients, left: startX, top: startY, shift }: Projection,
  interpolation: GridInterpolation,
  fill: readonly number[] | null,
): ByteImage {
  const [channels, height, width] = shape;
  const [a, b, c, d, e, f, g, h] = coefficients.map(fround) as unknown as Projection['coefficients'];
  const size = plane(shape);
  const out = blank(shape);
  const nearest = interpolation === 'nearest';
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const column = startX + x;
      const row = startY + y;
      const depth = dot(g, h, 1, column, row);
      const fromX = inPixels(fround(fround(dot(a, b, c, column, row) / depth) - shift), width);
      const fromY = inPixels(fround(fround(dot(d, e, f, column, row) / depth) - shift), height);
      if (nearest) {
        const nearX = roundHalfEven(fromX);
        const nearY = roundHalfEven(fromY);
        const inside = nearX >= 0 && nearX < width && nearY >= 0 && nearY < height;
        const from = nearY * width + nearX;
        for (let k = 0; k < channels; k++) {
          out.pixels[k * size + to] = inside ? (pixels[k * size + from] as number) : (fill?.[k] ?? 0);
        }
        continue;
      }
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const right = fromX - left;
      const down = fromY - top;
      const insideLeft = left >= 0 && left < width;
      const insideRight = left >= -1 && left < width - 1;
      const insideTop = top >= 0 && top < height;
      const insideDown = top >= -1 && top < height - 1;
      const topLeft = insideTop && insideLeft ? (1 - down) * (1 - right) : 0;
      const topRight = insideTop && insideRight ? (1 - down) * right : 0;
      const downLeft = insideDown && insideLeft ? down * (1 - right) : 0;
      const downRight = insideDown && insideRight ? down * right : 0;
      const covered = topLeft + topRight + downLeft + downRight;
      for (let k = 0; k < channels; k++) {
        const at = k * size + top * width + left;
        let sum = 0;
        if (topLeft > 0) sum += topLeft * (pixels[at] as number);
        if (topRight > 0) sum += topRight * (pixels[at + 1] as number);
        if (downLeft > 0) sum += downLeft * (pixels[at + width] as number);
        if (downRight > 0) sum += downRight * (pixels[at + width + 1] as number);
        // torchvision fades by the covered share twice, as the sum has faded to black already.
        const value = fill?.[k] ?? 0;
        out.pixels[k * size + to] = roundHalfEven(fill === null ? sum : (sum - value) * covered + value);
      }
    }
  }
  return out;
}

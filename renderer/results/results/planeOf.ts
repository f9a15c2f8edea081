import type { OutputPrediction } from '../../../src/protocol/results.ts';

/** Rectangle in the plane of two features. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export type Color = readonly [red: number, green: number, blue: number];

/** Bounds of points [x, y, x, y, …] with a margin. A square, so that both axes have the same scale. */
export function boundsOf(points: ArrayLike<number>): Bounds {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    [left, right, bottom, top] = [Math.min(left, x), Math.max(right, x), Math.min(bottom, y), Math.max(top, y)];
  }
  if (left > right) return { left: -1, right: 1, bottom: -1, top: 1 };
  const reach = 0.56 * Math.max(right - left, top - bottom, 1e-6);
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return { left: x - reach, right: x + reach, bottom: y - reach, top: y + reach };
}

/** Centers of cells × cells squares, row by row from the top. */
export function gridOf({ left, right, bottom, top }: Bounds, cells: number): Float32Array {
  const points = new Float32Array(2 * cells * cells);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const at = 2 * (row * cells + column);
      points[at] = left + ((column + 0.5) / cells) * (right - left);
      points[at + 1] = top - ((row + 0.5) / cells) * (top - bottom);
    }
  }
  return points;
}

/** Colors of predictions: by class, for no (0) and yes (1), or from low to high values. */
export interface Palette {
  readonly classes: readonly Color[];
  readonly paper: Color;
  /** Values that have the full first and second color. */
  readonly ends: readonly [low: number, high: number];
}

const mixed = (a: Color, b: Color, share: number): Color => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** Max opacity of a region, so that the points of its class stand out. */
const STRONGEST = 0.6;

export const classColor = ({ classes }: Palette, index: number): Color => classes[index % classes.length] as Color;

/** Color of a value, from the low color through the paper color to the high color. */
export function numberColor({ classes, paper, ends: [low, high] }: Palette, value: number, strongest = 1): Color {
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  const color = (share < 0.5 ? classes[0] : classes[1]) as Color;
  return mixed(paper, color, strongest * Math.abs(2 * share - 1));
}

/** One pixel for each of `count` predictions. Higher confidence gives a stronger color. */
export function regionPixels(
  { answers, values }: Pick<OutputPrediction, 'answers' | 'values'>,
  count: number,
  palette: Palette,
): Uint8ClampedArray<ArrayBuffer> {
  const width = values.length / count;
  const pixels = new Uint8ClampedArray(4 * count);
  for (let i = 0; i < count; i++) pixels.set([...colorAt(i), 255], 4 * i);
  return pixels;

  function colorAt(i: number): Color {
    const first = values[i * width] as number;
    if (answers === 'numbers') return numberColor(palette, first, STRONGEST);
    if (answers === 'binary') {
      return mixed(palette.paper, classColor(palette, first > 0.5 ? 1 : 0), STRONGEST * Math.abs(2 * first - 1));
    }
    let best = 0;
    for (let k = 1; k < width; k++)
      if ((values[i * width + k] as number) > (values[i * width + best] as number)) best = k;
    // Uniform probabilities count as no prediction.
    const sure = ((values[i * width + best] as number) - 1 / width) / (1 - 1 / width);
    return mixed(palette.paper, classColor(palette, best), STRONGEST * sure);
  }
}

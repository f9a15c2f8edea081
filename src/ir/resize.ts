import type { Attrs } from './program.ts';

/** An input element and its weight in an output element. */
export type Tap = readonly [cell: number, share: number];

/**
 * The input elements of each of the `to` output elements along an axis of `from` elements, by the attributes of Resize.
 */
export function resizeTaps(attrs: Attrs, from: number, to: number, scale: number): readonly (readonly Tap[])[] {
  const {
    mode = 'nearest',
    coordinate_transformation_mode: coordinates = 'half_pixel',
    nearest_mode: rounding = 'round_prefer_floor',
  } = attrs;
  const position = (cell: number): number => {
    switch (coordinates) {
      case 'asymmetric':
        return cell / scale;
      case 'half_pixel':
        return (cell + 0.5) / scale - 0.5;
      case 'align_corners':
        return to === 1 ? 0 : (cell * (from - 1)) / (to - 1);
      default:
        throw new Error(`Resize with coordinates '${coordinates}' is not supported`);
    }
  };
  const taps = (cell: number): readonly Tap[] => {
    const at = Math.min(from - 1, Math.max(0, position(cell)));
    const low = Math.floor(at);
    if (mode === 'linear') {
      return [
        [low, 1 - (at - low)],
        [Math.min(low + 1, from - 1), at - low],
      ];
    }
    if (mode === 'nearest' && rounding === 'floor') return [[low, 1]];
    throw new Error(`Resize with mode '${mode}' and rounding '${rounding}' is not supported`);
  };
  return Array.from({ length: to }, (_, cell) => taps(cell));
}

/**
 * The input elements chosen by the nearest mode of PyTorch, computed in float32 like there. `factor` is its
 * scale_factor, if given; it has no effect if the size stays the same or doubles.
 */
export function nearestCells(from: number, to: number, factor: number | undefined): number[] {
  const step = Math.fround(factor === undefined || to === from || to === 2 * from ? from / to : 1 / factor);
  return Array.from({ length: to }, (_, cell) => Math.min(from - 1, Math.floor(Math.fround(cell * step))));
}

/** The float32 value nearest to `scale` with which Resize, which rounds down, resizes from `from` to `to` elements. */
export function scaleFor(from: number, to: number, scale: number): number {
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  float[0] = scale;
  while (Math.floor(Math.fround(float[0] * from)) > to) bits[0] -= 1;
  while (float[0] * from < to) bits[0] += 1;
  return float[0];
}

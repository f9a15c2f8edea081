/** Number of steps from zero to either end. */
const HALF = 255;

/** Color scale for values from −limit to limit, with zero in the middle: red, green and blue of each step. */
export type Scale = Uint8ClampedArray<ArrayBuffer>;

type Color = readonly [red: number, green: number, blue: number];

/** Color from #rrggbb or #rgb, because CSS minifiers shorten colors. */
function colorOf(hex: string): Color {
  const given = hex.trim().replace('#', '');
  const digits = given.length === 3 ? given.replace(/./g, '$&$&') : given;
  const part = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** Color scale by interpolation. `stops`: equidistant hexadecimal colors, lowest first. */
export function scaleFrom(stops: readonly string[]): Scale {
  const colors = stops.map(colorOf);
  const steps = 2 * HALF + 1;
  const scale = new Uint8ClampedArray(3 * steps);
  for (let i = 0; i < steps; i++) {
    const at = (i / (steps - 1)) * (colors.length - 1);
    const below = Math.min(colors.length - 2, Math.floor(at));
    const [from, to] = [colors[below] as Color, colors[below + 1] as Color];
    for (const part of [0, 1, 2] as const) scale[3 * i + part] = from[part] + (at - below) * (to[part] - from[part]);
  }
  return scale;
}

/** Step of a value on the scale; null for NaN. */
export function stepOf(value: number, limit: number): number | null {
  if (Number.isNaN(value)) return null;
  if (limit <= 0) return HALF;
  return HALF + Math.round(Math.max(-1, Math.min(1, value / limit)) * HALF);
}

/** Largest absolute value. */
export function limitOf(values: ArrayLike<number>, start = 0, end = values.length): number {
  let limit = 0;
  for (let i = start; i < end; i++) {
    const size = Math.abs(values[i] as number);
    if (size > limit && size < Number.POSITIVE_INFINITY) limit = size;
  }
  return limit;
}

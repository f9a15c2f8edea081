import { float } from '../layers/config.ts';
import { fill, fillOf, interpolation, perChannel, probability } from './fields.ts';
import { type GridInterpolation, type Projection, sampleGrid } from './grid.ts';
import type { ByteImage } from './image.ts';
import { defineTransform } from './transform.ts';

/** Column and row of the corners top left, top right, bottom right and bottom left: eight numbers. */
export type Corners = readonly number[];

/** Solves A·x = b by Gauss elimination with pivots. `rows` is [A | b]; it is changed. */
function solve(rows: number[][]): number[] {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs((rows[row] as number[])[column] as number) > Math.abs((rows[pivot] as number[])[column] as number))
        pivot = row;
    }
    const chosen = rows[pivot] as number[];
    rows[pivot] = rows[column] as number[];
    rows[column] = chosen;
    for (let row = 0; row < n; row++) {
      if (row === column) continue;
      const target = rows[row] as number[];
      const factor = (target[column] as number) / (chosen[column] as number);
      for (let k = column; k <= n; k++) target[k] = (target[k] as number) - factor * (chosen[k] as number);
    }
  }
  return rows.map((row, i) => (row[n] as number) / (row[i] as number));
}

/**
 * The eight coefficients that map the corners `to` of the output to the corners `from` of the input
 * (`_get_perspective_coeffs` in torchvision).
 */
export function coefficients(from: Corners, to: Corners): readonly number[] {
  const rows: number[][] = [];
  for (let i = 0; i < 8; i += 2) {
    const [x, y, u, v] = [to[i], to[i + 1], from[i], from[i + 1]] as [number, number, number, number];
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  return solve(rows).map(Math.fround);
}

/**
 * `torchvision.transforms.v2.functional.perspective`, tensor backend: positions are those of pixel centers plus a half, as
 * in Pillow.
 */
export function perspective(
  image: ByteImage,
  from: Corners,
  to: Corners,
  interpolation: GridInterpolation,
  fill: readonly number[],
): ByteImage {
  const [halfX, halfY] = [image.shape[2] / 2, image.shape[1] / 2];
  const [a, b, c, d, e, f, g, h] = coefficients(from, to) as unknown as Projection['coefficients'];
  const projection: Projection = {
    coefficients: [a / halfX, b / halfX, c / halfX, d / halfY, e / halfY, f / halfY, g, h],
    left: 0.5,
    top: 0.5,
    shift: 1,
  };
  return sampleGrid(image, projection, interpolation, fill);
}

export const randomPerspective = defineTransform({
  type: 'RandomPerspective',
  title: { en: 'Random perspective', zh: '随机透视变换' },
  doc: {
    en: 'Moves the four corners inward by random amounts, as if seen from an angle, with a probability.',
    zh: '按概率将四个角向内随机移动，如同从侧面观看。',
  },
  formula: String.raw`y(i,j) = x\Big(\tfrac{aj + bi + c}{gj + hi + 1},\ \tfrac{dj + ei + f}{gj + hi + 1}\Big)`,
  torchvision: 'torchvision.transforms.v2.RandomPerspective',
  random: true,
  params: {
    distortion_scale: float({
      label: { en: 'Distortion', zh: '变形程度' },
      help: {
        en: 'Farthest that a corner moves, as a fraction of half the width and height',
        zh: '角的最大移动距离，占半宽和半高的比例',
      },
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
      slider: { min: 0, max: 1, step: 0.01 },
    }),
    p: probability(),
    interpolation: interpolation('bilinear'),
    fill,
  },
  shape: (input, params) => perChannel('fill', fill.label, params.fill, input[0]) ?? input,
  draw({ distortion_scale, p }, [, height, width], random) {
    // Corners of a line or a point determine no map.
    if (random.uniform() >= p || height < 2 || width < 2) return null;
    const reachX = Math.floor(distortion_scale * Math.floor(width / 2)) + 1;
    const reachY = Math.floor(distortion_scale * Math.floor(height / 2)) + 1;
    const left = () => random.below(reachX);
    const top = () => random.below(reachY);
    const right = () => width - reachX + random.below(reachX);
    const bottom = () => height - reachY + random.below(reachY);
    const endpoints = [left(), top(), right(), top(), right(), bottom(), left(), bottom()];
    // Opposite corners that meet in an image of two rows or columns determine no map either.
    return proper(endpoints) ? { endpoints } : null;
  },
  caption: ({ endpoints }) => ({ en: `corners ${endpoints.join(' ')}`, zh: `四角 ${endpoints.join(' ')}` }),
  apply(image, { endpoints }, { interpolation, fill }) {
    const [right, bottom] = [image.shape[2] - 1, image.shape[1] - 1];
    const start = [0, 0, right, 0, right, bottom, 0, bottom];
    return perspective(image, start, endpoints, interpolation, fillOf(fill, image.shape[0]));
  },
});

/** True if no three corners are on one line. */
function proper(corners: Corners): boolean {
  const at = (i: number): readonly [number, number] => [
    corners[(2 * i) % 8] as number,
    corners[(2 * i + 1) % 8] as number,
  ];
  return [0, 1, 2, 3].every((i) => {
    const [[x0, y0], [x1, y1], [x2, y2]] = [at(i), at(i + 1), at(i + 2)];
    return (x1 - x0) * (y2 - y0) !== (x2 - x0) * (y1 - y0);
  });
}

import type { SampleField } from '../../../src/protocol/samples.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** True if samples of this shape are gray or color images: [C, H, W]. */
export const isImage = (shape: readonly number[]): boolean =>
  shape.length === 3 && (shape[0] === 1 || shape[0] === 3) && (shape[1] ?? 0) > 1 && (shape[2] ?? 0) > 1;

/** Pixels of a sample; null if it is not an image. The value 0 is black, 1 is white. */
export function pixelsOf({ kind, shape, data }: Pick<SampleField, 'kind' | 'shape' | 'data'>): Pixels | null {
  if (!isImage(shape)) return null;
  const [channels, height, width] = shape as [number, number, number];
  const scale = kind === 'bytes' ? 1 : 255;
  const plane = width * height;
  const pixels = new Uint8ClampedArray(4 * plane);
  for (let i = 0; i < plane; i++) {
    for (let k = 0; k < 3; k++) pixels[4 * i + k] = (data[i + (channels === 3 ? k * plane : 0)] as number) * scale;
    pixels[4 * i + 3] = 255;
  }
  return { width, height, data: pixels };
}

import type { LookedSample } from '../../../src/protocol/look.ts';
import { paintColor, paintSheet, type Raster } from './raster.ts';

type Input = LookedSample['inputs'][number];

/** Sample as an image in gray or color; null if it is not an image. */
export function sampleImage({ shape, data }: Input): Raster | null {
  const [channels = 0, height = 0, width = 0] = shape;
  if (shape.length !== 3 || height * width <= 1) return null;
  if (channels === 3) return paintColor({ data, start: 0, height, width }, 0, 1);
  return paintSheet({ data, start: 0, count: 1, height, width }, 1, { kind: 'gray' });
}

import type { FileFacts } from '../../data/statistics/oddFiles.ts';
import { requireImage, whileDecoding } from './decodeImage.ts';
import { imageSize } from './imageSize.ts';
import { orientationOf } from './orientation.ts';

/** Channels by the layout number that the decoder gives. */
const CHANNELS: Readonly<Record<number, number | undefined>> = { 0: 1, 1: 2, 2: 3, 3: 4, 4: 1, 5: 2, 6: 3, 7: 4 };

/** Facts of an image file, and the name of its format. */
export interface ImageHeader extends FileFacts {
  readonly format: string;
}

/** Reads the header of an image file without decoding its pixels. Throws an Error where there is none. */
export async function imageHeader(bytes: Uint8Array): Promise<ImageHeader> {
  requireImage(bytes);
  const gif = String.fromCharCode(...bytes.subarray(0, 4)) === 'GIF8' ? imageSize(bytes) : null;
  if (gif !== null) return { ...gif, channels: 3, format: 'gif' };
  // Imported here because the module loads native code, which most commands do not need.
  const { Transformer } = await import('@napi-rs/image');
  const { width, height, colorType, format } = await whileDecoding(bytes, () => new Transformer(bytes).metadata());
  // Turning by a quarter exchanges width and height.
  const [across, down] = orientationOf(bytes) >= 5 ? [height, width] : [width, height];
  return { width: across, height: down, channels: CHANNELS[colorType as number] ?? 0, format };
}

import type { PixelImage } from '../../data/resize.ts';
import { resize } from '../../data/resize.ts';
import { decodeImage } from './decodeImage.ts';
import { type ImageHeader, imageHeader } from './imageHeader.ts';
import { sourceTree } from './sourceTree.ts';

/** Longer side of an image that is sent to the window: more pixels than a screen has. */
export const LONGEST_SIDE = 4096;

/** The file of a sample, decoded. */
export interface SampleFile extends ImageHeader {
  readonly bytes: number;
  /** At its own size, or reduced to `LONGEST_SIDE`. */
  readonly image: PixelImage;
}

/** Reads the file of a sample again. Throws UserError where it is gone, and an Error where it is no image any more. */
export async function sampleFile(source: string, path: string): Promise<SampleFile> {
  const tree = await sourceTree(source);
  try {
    const bytes = await tree.read(path);
    const [header, image] = [await imageHeader(bytes), await decodeImage(bytes)];
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
    return {
      ...header,
      bytes: bytes.length,
      image: scale === 1 ? image : resize(image, width as number, height as number, 'bilinear'),
    };
  } finally {
    await tree.close();
  }
}

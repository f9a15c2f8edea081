import type { ImageConfig } from '../graph/document.ts';
import { centerCrop, type PixelImage, planes, resize, toColor, toGray } from './resize.ts';

/** An image of one channel or three in the size and with the channels of the settings, as bytes [C, H, W]. */
export function fittedImage(image: PixelImage, { width, height, channels, fit }: ImageConfig): Uint8Array {
  const colored = channels === 1 ? toGray(image) : toColor(image);
  if (fit === 'stretch') return planes(resize(colored, width, height, 'bilinear'));
  // The ratio of the side that fits: whole numbers round alike everywhere, such as in exported models.
  const [to, from] = height * image.width >= width * image.height ? [height, image.height] : [width, image.width];
  const scaled = (side: number) => Math.floor((2 * side * to + from) / (2 * from));
  const [across, down] = [scaled(image.width), scaled(image.height)];
  return planes(
    centerCrop(resize(colored, Math.max(width, across), Math.max(height, down), 'bilinear'), width, height),
  );
}

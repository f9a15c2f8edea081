import type { ImageConfig } from '../graph/document.ts';
import { centerCrop, type PixelImage, planes, resize, toColor, toGray } from './resize.ts';

/** An image of one channel or three in the size and with the channels of the settings, as bytes [C, H, W]. */
export function fittedImage(image: PixelImage, { width, height, channels, fit }: ImageConfig): Uint8Array {
  const colored = channels === 1 ? toGray(image) : toColor(image);
  if (fit === 'stretch') return planes(resize(colored, width, height, 'bilinear'));
  const scale = Math.max(width / image.width, height / image.height);
  const [across, down] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  return planes(
    centerCrop(resize(colored, Math.max(width, across), Math.max(height, down), 'bilinear'), width, height),
  );
}

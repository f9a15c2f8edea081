import { type ColorImage, colorImage } from '../../../src/data/imageInput.ts';

/** Max length of the longer side in pixels. Larger images are scaled down, since no network has larger inputs. */
const LARGEST = 1024;

/** Pixels of an image source, such as a file or the camera. */
export function colorOf(source: CanvasImageSource, width: number, height: number): ColorImage {
  const factor = Math.min(1, LARGEST / Math.max(width, height));
  const sheet = new OffscreenCanvas(Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor)));
  const context = sheet.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, sheet.width, sheet.height);
  return colorImage(sheet.width, sheet.height, context.getImageData(0, 0, sheet.width, sheet.height).data);
}

/** Image in a file; null if it cannot be read. */
export async function readImage(file: Blob): Promise<ColorImage | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const image = colorOf(bitmap, bitmap.width, bitmap.height);
    bitmap.close();
    return image;
  } catch {
    return null;
  }
}

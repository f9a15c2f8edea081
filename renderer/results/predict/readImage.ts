import { type ColourImage, colourImage } from '../../../src/data/imageInput.ts';

/** No network sees more than that; larger images are shrunk as they are read (pixels along the longer side). */
const LARGEST = 1024;

/** An image as it is drawn somewhere: a file's, a camera's. */
export function colourOf(source: CanvasImageSource, width: number, height: number): ColourImage {
  const factor = Math.min(1, LARGEST / Math.max(width, height));
  const sheet = new OffscreenCanvas(Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor)));
  const context = sheet.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, sheet.width, sheet.height);
  return colourImage(sheet.width, sheet.height, context.getImageData(0, 0, sheet.width, sheet.height).data);
}

/** The image in a file; null when it holds none that can be read. */
export async function readImage(file: Blob): Promise<ColourImage | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const image = colourOf(bitmap, bitmap.width, bitmap.height);
    bitmap.close();
    return image;
  } catch {
    return null;
  }
}

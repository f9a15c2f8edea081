import { mapped } from './color.ts';
import { type ByteImage, blank, plane, roundHalfEven } from './image.ts';

/** Operations of RandAugment on bytes, as in `torchvision.transforms.v2.functional` (tensor backend). */

/** Blends with a smoothed image; factor 1 keeps the image, and so do borders. */
export function adjustSharpness(image: ByteImage, factor: number): ByteImage {
  const { shape, pixels } = image;
  const [channels, height, width] = shape;
  if (height <= 2 || width <= 2) return image;
  const out = { shape, pixels: pixels.slice() };
  for (let c = 0; c < channels; c++) {
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = c * plane(shape) + y * width + x;
        const own = pixels[at] as number;
        let sum = 4 * own;
        for (let row = at - width; row <= at + width; row += width) {
          sum += (pixels[row - 1] as number) + (pixels[row] as number) + (pixels[row + 1] as number);
        }
        const value = own + (roundHalfEven(sum / 13) - own) * (1 - factor);
        out.pixels[at] = value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
      }
    }
  }
  return out;
}

/** Keeps the highest `bits` of every byte. */
export const posterize = (image: ByteImage, bits: number): ByteImage =>
  mapped(
    image,
    Uint8Array.from({ length: 256 }, (_, value) => value & (0xff << (8 - bits))),
  );

/** Inverts the bytes from `threshold` on. */
export const solarize = (image: ByteImage, threshold: number): ByteImage =>
  mapped(
    image,
    Uint8Array.from({ length: 256 }, (_, value) => (value >= threshold ? 255 - value : value)),
  );

/** Every channel through a table that is made from its pixels. */
function mappedByChannel(image: ByteImage, tableOf: (pixels: Uint8Array) => Uint8Array): ByteImage {
  const out = blank(image.shape);
  const size = plane(image.shape);
  for (let at = 0; at < out.pixels.length; at += size) {
    const pixels = image.pixels.subarray(at, at + size);
    out.pixels.set(mapped({ shape: [1, 1, size], pixels }, tableOf(pixels)).pixels, at);
  }
  return out;
}

/** Spreads the values of each channel over 0 to 255. */
export const autocontrast = (image: ByteImage): ByteImage =>
  mappedByChannel(image, (pixels) => {
    const [least, most] = pixels.reduce(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [255, 0],
    );
    const scale = Math.fround(Math.fround(most - least) * Math.fround(1 / 255));
    return Uint8Array.from({ length: 256 }, (_, value) =>
      least === most ? value : Math.min(255, Math.max(0, Math.fround((value - least) / scale))),
    );
  });

/** Evens out the histogram of each channel. */
export const equalize = (image: ByteImage): ByteImage =>
  mappedByChannel(image, (pixels) => {
    const counts = new Uint32Array(256);
    let most = 0;
    for (const value of pixels) {
      counts[value] = (counts[value] as number) + 1;
      most = Math.max(most, value);
    }
    const step = Math.floor((pixels.length - (counts[most] as number)) / 255);
    let sum = 0;
    return Uint8Array.from({ length: 256 }, (_, value) => {
      if (step === 0) return value;
      const even = Math.min(255, Math.floor((sum + (step >> 1)) / step));
      sum += counts[value] as number;
      return value === 0 ? 0 : even;
    });
  });

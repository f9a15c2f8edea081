import { type ByteImage, blank, plane } from './image.ts';

/**
 * Color operations of `torchvision.transforms.v2.functional` (tensor backend) on bytes of one channel or three. As there,
 * values are computed in float32 and cut off, not rounded.
 */

const { fround } = Math;

const cut = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value));

/** Every byte through a table. */
export function mapped({ shape, pixels }: ByteImage, table: Uint8Array): ByteImage {
  const out = new Uint8Array(pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = table[pixels[i] as number] as number;
  return { shape, pixels: out };
}

/** 0.2989 R + 0.587 G + 0.114 B. */
const brightness = (r: number, g: number, b: number): number =>
  Math.trunc(fround(fround(fround(r * fround(0.2989)) + fround(g * fround(0.587))) + fround(b * fround(0.114))));

/** One channel of brightness, [H, W]. */
function grayPlane({ shape, pixels }: ByteImage): Uint8Array {
  const size = plane(shape);
  if (shape[0] === 1) return pixels;
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    out[i] = brightness(pixels[i] as number, pixels[size + i] as number, pixels[2 * size + i] as number);
  }
  return out;
}

/** `rgb_to_grayscale`: one channel, or three equal ones. */
export function grayscale(image: ByteImage, channels: 1 | 3): ByteImage {
  const gray = grayPlane(image);
  const [, height, width] = image.shape;
  const out = blank([channels, height, width]);
  for (let c = 0; c < channels; c++) out.pixels.set(gray, c * gray.length);
  return out;
}

export function adjustBrightness(image: ByteImage, factor: number): ByteImage {
  const ratio = fround(factor);
  return mapped(
    image,
    Uint8Array.from({ length: 256 }, (_, value) => cut(fround(value * ratio))),
  );
}

export function adjustContrast(image: ByteImage, factor: number): ByteImage {
  const gray = grayPlane(image);
  let sum = 0;
  for (let i = 0; i < gray.length; i++) sum += gray[i] as number;
  const share = fround(fround(sum / gray.length) * fround(1 - factor));
  const ratio = fround(factor);
  return mapped(
    image,
    Uint8Array.from({ length: 256 }, (_, value) => cut(fround(fround(value * ratio) + share))),
  );
}

export function adjustSaturation(image: ByteImage, factor: number): ByteImage {
  if (image.shape[0] === 1) return image;
  const gray = grayPlane(image);
  const size = gray.length;
  const [ratio, rest] = [fround(factor), fround(1 - factor)];
  const out = blank(image.shape);
  for (let i = 0; i < size; i++) {
    const share = fround((gray[i] as number) * rest);
    for (let at = i; at < 3 * size; at += size) {
      out.pixels[at] = cut(fround(fround((image.pixels[at] as number) * ratio) + share));
    }
  }
  return out;
}

/** Hue turned by `factor` of a full turn, −0.5 to 0.5. */
export function adjustHue({ shape, pixels }: ByteImage, factor: number): ByteImage {
  if (shape[0] === 1) return { shape, pixels };
  const size = plane(shape);
  const out = blank(shape);
  for (let i = 0; i < size; i++) {
    const [r, g, b] = [pixels[i] as number, pixels[size + i] as number, pixels[2 * size + i] as number];
    const most = Math.max(r, g, b);
    const spread = most - Math.min(r, g, b);
    const divisor = spread === 0 ? 1 : spread;
    const [rc, gc, bc] = [(most - r) / divisor, (most - g) / divisor, (most - b) / divisor];
    const sector = most === r ? bc - gc : most === g ? 2 + rc - bc : 4 + gc - rc;
    const hue = (sector / 6 + 1) % 1;
    const turned = hue + factor;
    const six = (turned - Math.floor(turned)) * 6;
    const [value, saturation] = [most / 255, most === 0 ? 0 : spread / most];
    const whole = Math.floor(six);
    const part = saturation * (six - whole);
    const p = value * (1 - saturation);
    const q = value * (1 - part);
    const t = value * (1 - saturation + part);
    let [red, green, blue] = [value, p, q];
    switch (whole % 6) {
      case 0:
        [red, green, blue] = [value, t, p];
        break;
      case 1:
        [red, green, blue] = [q, value, p];
        break;
      case 2:
        [red, green, blue] = [p, value, t];
        break;
      case 3:
        [red, green, blue] = [p, q, value];
        break;
      case 4:
        [red, green, blue] = [t, p, value];
        break;
    }
    // torchvision converts floats to bytes in this way.
    out.pixels[i] = Math.trunc(red * 255.999);
    out.pixels[size + i] = Math.trunc(green * 255.999);
    out.pixels[2 * size + i] = Math.trunc(blue * 255.999);
  }
  return out;
}

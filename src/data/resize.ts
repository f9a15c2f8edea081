/** An image of bytes, [height, width, channels], row-major. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** Filters of Pillow's `Image.resize`, which torchvision uses for images (`antialias=True`). */
export type Interpolation = 'nearest' | Filter;
export type Filter = 'bilinear' | 'bicubic' | 'box';

/** Bits behind the point of a weight (Pillow 11, `Resample.c`, for 8-bit pixels). */
const PRECISION = 32 - 8 - 2;

const FILTERS: Readonly<Record<Filter, { readonly support: number; at(x: number): number }>> = {
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  box: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  // Keys 1981 with a = -0.5.
  bicubic: {
    support: 2,
    at(x) {
      const [a, d] = [-0.5, Math.abs(x)];
      if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    },
  },
};

/** For every output pixel of an axis: the first input pixel that it takes, and the weights of it and the following ones. */
interface AxisWeights {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** [output, most]. */
  readonly weights: Int32Array;
  readonly most: number;
}

function axisWeights(from: number, to: number, { support, at }: (typeof FILTERS)['bilinear']): AxisWeights {
  const scale = from / to;
  // Enlarging takes the filter as it is; reducing widens it, so that every input pixel counts.
  const stretch = Math.max(1, scale);
  const reach = support * stretch;
  const most = 2 * Math.ceil(reach) + 1;
  const weights = new Int32Array(to * most);
  const [first, count] = [new Int32Array(to), new Int32Array(to)];
  for (let out = 0; out < to; out++) {
    const center = (out + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(from, Math.trunc(center + reach + 0.5));
    const own: number[] = [];
    for (let pixel = start; pixel < end; pixel++) own.push(at((pixel - center + 0.5) / stretch));
    const sum = own.reduce((total, weight) => total + weight, 0);
    first[out] = start;
    count[out] = end - start;
    own.forEach((weight, k) => {
      const share = (weight / sum) * 2 ** PRECISION;
      weights[out * most + k] = Math.trunc(share < 0 ? share - 0.5 : share + 0.5);
    });
  }
  return { first, count, weights, most };
}

/** Weights are the same for all images of one size. */
const known = new Map<string, AxisWeights>();
const MOST_KNOWN = 200;

function weightsFor(from: number, to: number, interpolation: Filter): AxisWeights {
  const key = `${from} ${to} ${interpolation}`;
  const found = known.get(key) ?? axisWeights(from, to, FILTERS[interpolation]);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** The weights of `resize` along one axis of `from` pixels, as a matrix [to, from]: of a pixel of the output, those of all inputs. */
export function resizeMatrix(from: number, to: number, interpolation: Filter): Float32Array<ArrayBuffer> {
  const { first, count, weights, most } = weightsFor(from, to, interpolation);
  const matrix = new Float32Array(to * from);
  for (let out = 0; out < to; out++) {
    for (let k = 0; k < (count[out] as number); k++) {
      matrix[out * from + (first[out] as number) + k] = (weights[out * most + k] as number) / 2 ** PRECISION;
    }
  }
  return matrix;
}

/** A half, for rounding. */
const HALF = 1 << (PRECISION - 1);

/** A sum as a byte. Sums stay within 32 bits, as in Pillow: `Math.imul` and `| 0` keep the arithmetic in integers. */
function clip(sum: number): number {
  const value = sum >> PRECISION;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function resizeAcross(image: PixelImage, width: number, interpolation: Filter): PixelImage {
  const { height, channels, pixels } = image;
  const axis = weightsFor(image.width, width, interpolation);
  const out = new Uint8Array(width * height * channels);
  if (channels === 3) acrossColor(pixels, image.width, axis, out, width);
  else for (let c = 0; c < channels; c++) acrossPlane(pixels, image.width, axis, out, width, channels, c);
  return { width, height, channels, pixels: out };
}

/** Most images have three channels: their sums are taken in one pass over the pixels. */
function acrossColor(
  pixels: Uint8Array,
  from: number,
  { first, count, weights, most }: AxisWeights,
  out: Uint8Array,
  width: number,
): void {
  for (let at = 0, row = 0; at < out.length; row += 3 * from) {
    for (let x = 0; x < width; x++, at += 3) {
      let [red, green, blue] = [HALF, HALF, HALF];
      let pixel = row + 3 * (first[x] as number);
      const end = x * most + (count[x] as number);
      for (let k = x * most; k < end; k++, pixel += 3) {
        const weight = weights[k] as number;
        red = (red + Math.imul(pixels[pixel] as number, weight)) | 0;
        green = (green + Math.imul(pixels[pixel + 1] as number, weight)) | 0;
        blue = (blue + Math.imul(pixels[pixel + 2] as number, weight)) | 0;
      }
      out[at] = clip(red);
      out[at + 1] = clip(green);
      out[at + 2] = clip(blue);
    }
  }
}

function acrossPlane(
  pixels: Uint8Array,
  from: number,
  { first, count, weights, most }: AxisWeights,
  out: Uint8Array,
  width: number,
  channels: number,
  channel: number,
): void {
  for (let at = channel, row = channel; at < out.length; row += from * channels) {
    for (let x = 0; x < width; x++, at += channels) {
      let sum = HALF;
      let pixel = row + (first[x] as number) * channels;
      const end = x * most + (count[x] as number);
      for (let k = x * most; k < end; k++, pixel += channels) {
        sum = (sum + Math.imul(pixels[pixel] as number, weights[k] as number)) | 0;
      }
      out[at] = clip(sum);
    }
  }
}

function resizeDown(image: PixelImage, height: number, interpolation: Filter): PixelImage {
  const { width, channels, pixels } = image;
  const { first, count, weights, most } = weightsFor(image.height, height, interpolation);
  const row = width * channels;
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const end = y * most + (count[y] as number);
    for (let i = 0; i < row; i++) {
      let sum = HALF;
      let pixel = (first[y] as number) * row + i;
      for (let k = y * most; k < end; k++, pixel += row) {
        sum = (sum + Math.imul(pixels[pixel] as number, weights[k] as number)) | 0;
      }
      out[y * row + i] = clip(sum);
    }
  }
  return { width, height, channels, pixels: out };
}

/** The nearest input pixel of every output pixel. Pillow adds up steps, whose rounding decides at the edge of two pixels. */
export function nearestOf(from: number, to: number): Int32Array {
  const step = from / to;
  const nearest = new Int32Array(to);
  for (let out = 0, at = step * 0.5; out < to; out++, at += step) nearest[out] = Math.min(from - 1, Math.trunc(at));
  return nearest;
}

function resizeNearest(image: PixelImage, width: number, height: number): PixelImage {
  const { channels, pixels } = image;
  const out = new Uint8Array(width * height * channels);
  const [rows, columns] = [nearestOf(image.height, height), nearestOf(image.width, width)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = ((rows[y] as number) * image.width + (columns[x] as number)) * channels;
      out.set(pixels.subarray(at, at + channels), (y * width + x) * channels);
    }
  }
  return { width, height, channels, pixels: out };
}

/**
 * An image in another size, byte for byte as Pillow 11 computes it and so as `torchvision.transforms.Resize` does for images:
 * first across, then down, each rounded to bytes.
 */
export function resize(image: PixelImage, width: number, height: number, interpolation: Interpolation): PixelImage {
  if (image.width === width && image.height === height) return image;
  if (interpolation === 'nearest') return resizeNearest(image, width, height);
  const across = image.width === width ? image : resizeAcross(image, width, interpolation);
  return across.height === height ? across : resizeDown(across, height, interpolation);
}

/** Brightness as Pillow's `convert('L')` computes it (ITU-R BT.601, in 16 bits), of an image of three channels or one. */
export function toGray({ width, height, channels, pixels }: PixelImage): PixelImage {
  if (channels === 1) return { width, height, channels, pixels };
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const at = i * channels;
    const [red, green, blue] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
    out[i] = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
  return { width, height, channels: 1, pixels: out };
}

/** An image of one channel with three equal ones. */
export function toColor({ width, height, channels, pixels }: PixelImage): PixelImage {
  if (channels === 3) return { width, height, channels, pixels };
  const out = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) out.fill(pixels[i] as number, 3 * i, 3 * i + 3);
  return { width, height, channels: 3, pixels: out };
}

/** The middle of an image (`torchvision.transforms.CenterCrop`); an image that is smaller is padded with black. */
export function centerCrop(image: PixelImage, width: number, height: number): PixelImage {
  const { channels, pixels } = image;
  const out = new Uint8Array(width * height * channels);
  // torchvision rounds half to even, as Python does.
  const half = (value: number) => (value % 2 === 0 ? value / 2 : 2 * Math.round(value / 4));
  const [padX, padY] = [Math.max(0, width - image.width), Math.max(0, height - image.height)];
  const left = half(Math.max(0, image.width - width)) - (padX >> 1);
  const top = half(Math.max(0, image.height - height)) - (padY >> 1);
  for (let y = 0; y < height; y++) {
    const from = y + top;
    if (from < 0 || from >= image.height) continue;
    for (let x = 0; x < width; x++) {
      const across = x + left;
      if (across < 0 || across >= image.width) continue;
      const at = (from * image.width + across) * channels;
      out.set(pixels.subarray(at, at + channels), (y * width + x) * channels);
    }
  }
  return { width, height, channels, pixels: out };
}

/** [height, width, channels] → [channels, height, width]. */
export function planes({ width, height, channels, pixels }: PixelImage): Uint8Array {
  if (channels === 1) return pixels;
  const plane = width * height;
  const out = new Uint8Array(pixels.length);
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < channels; c++) out[c * plane + i] = pixels[i * channels + c] as number;
  return out;
}

import { type Interpolation, nearestOf, resize, resizeMatrix } from '../data/resize.ts';
import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import { crop } from './crops.ts';
import { cropSize, LONGEST, pairOf, range, resizeInterpolation, size } from './fields.ts';
import { type ByteImage, blank, type ImageShape, plane, roundHalfEven } from './image.ts';
import { between, defineTransform, deterministic } from './transform.ts';

/**
 * `torchvision.transforms.v2.functional.resize` with antialias, PIL backend: byte for byte that of Pillow, which also has
 * the box filter; the tensor backend differs by up to 2.
 */
export function resized(image: ByteImage, height: number, width: number, interpolation: Interpolation): ByteImage {
  const { shape, pixels } = image;
  if (shape[1] === height && shape[2] === width) return image;
  const out = blank([shape[0], height, width]);
  const size = plane(shape);
  for (let c = 0; c < shape[0]; c++) {
    const one = {
      width: shape[2],
      height: shape[1],
      channels: 1,
      pixels: pixels.subarray(c * size, (c + 1) * size),
    };
    out.pixels.set(resize(one, width, height, interpolation).pixels, c * height * width);
  }
  return out;
}

/** `resized` of x [N, C, H, W] as a product with the weights of each axis; each is rounded to bytes. */
function lowerResize(
  g: Builder,
  x: Value,
  [, height, width]: ImageShape,
  [toHeight, toWidth]: readonly [number, number],
  interpolation: Interpolation,
): Value {
  if (interpolation === 'nearest') {
    const rows = g.gather(x, g.ints(Array.from(nearestOf(height, toHeight))), 2);
    return g.gather(rows, g.ints(Array.from(nearestOf(width, toWidth))), 3);
  }
  const weights = (from: number, to: number) =>
    g.constant(floatTensor([to, from], resizeMatrix(from, to, interpolation)), 'resize');
  const across = toWidth === width ? x : asBytes(g, g.matMul(x, g.swapLast(weights(width, toWidth))));
  return toHeight === height ? across : asBytes(g, g.matMul(weights(height, toHeight), across));
}

/** Rounds to bytes; halves go up. */
function asBytes(g: Builder, x: Value): Value {
  const inRange = g.min([g.max([x, g.scalar(0)]), g.scalar(255)]);
  return g.cast(g.cast(g.add(inRange, g.scalar(0.5)), 'int32'), 'float32');
}

/** One number is the shorter side; the longer keeps the ratio, rounded down. */
function resizedTo([, height, width]: ImageShape, size: readonly number[]): readonly [number, number] {
  if (size.length === 2) return pairOf(size);
  const short = size[0] as number;
  return width <= height
    ? [Math.floor((short * height) / width), short]
    : [short, Math.floor((short * width) / height)];
}

const tooLong = (height: number, width: number): Text => ({
  en: `The image would be resized to ${height}×${width}, more than ${LONGEST} pixels on a side. Reduce size, or give height and width.`,
  zh: `图像将缩放为 ${height}×${width}，边长超过 ${LONGEST} 像素。请减小 size，或填写高和宽。`,
});

export const resizeTransform = deterministic({
  type: 'Resize',
  title: { en: 'Resize', zh: '缩放' },
  doc: {
    en: 'Resizes the image, antialiased: to height and width, or its shorter side to one number with the same ratio.',
    zh: '缩放图像并抗锯齿：缩放到给定的高和宽，或保持比例使短边等于一个数。',
  },
  formula: String.raw`y_{c,i,j} = \sum_{k,l} w_{ik}\,w_{jl}\,x_{c,k,l}`,
  torchvision: 'torchvision.transforms.v2.Resize',
  params: {
    size: size({ en: 'Height and width, or the shorter side', zh: '高和宽，或短边' }, [28, 28]),
    interpolation: resizeInterpolation,
  },
  shape(input, { size }) {
    const [height, width] = resizedTo(input, size);
    return Math.max(height, width) > LONGEST ? tooLong(height, width) : [input[0], height, width];
  },
  apply: (image, { size, interpolation }) => resized(image, ...resizedTo(image.shape, size), interpolation),
  lower: (g, x, { size, interpolation }, input) => lowerResize(g, x, input, resizedTo(input, size), interpolation),
});

export const randomResizedCrop = defineTransform({
  type: 'RandomResizedCrop',
  title: { en: 'Random resized crop', zh: '随机裁剪并缩放' },
  doc: {
    en: 'Keeps a part of random area, aspect ratio and position, and resizes it.',
    zh: '裁取面积、宽高比和位置随机的一部分，再缩放到给定大小。',
  },
  formula: String.raw`wh = s\,WH,\ \tfrac{w}{h} = r, \quad s \sim U(s_0, s_1),\ \ln r \sim U(\ln r_0, \ln r_1)`,
  torchvision: 'torchvision.transforms.v2.RandomResizedCrop',
  random: true,
  params: {
    size: cropSize,
    scale: range(
      { en: 'Scale', zh: '面积比例' },
      { en: 'Least and most area, as a fraction of the image', zh: '面积占图像的最小和最大比例' },
      [0.08, 1],
      { min: 0.001, max: 1, slider: { min: 0.01, max: 1, step: 0.01 } },
    ),
    ratio: range(
      { en: 'Ratio', zh: '宽高比' },
      { en: 'Least and most ratio of width to height', zh: '宽与高之比的最小值和最大值' },
      [3 / 4, 4 / 3],
      { min: 0.05, max: 20, slider: { min: 0.25, max: 4, step: 0.01 } },
    ),
    interpolation: resizeInterpolation,
  },
  shape: ([channels], { size }) => [channels, ...pairOf(size)],
  draw({ scale, ratio }, [, height, width], random) {
    const [least, most] = ratio as readonly [number, number];
    for (let attempt = 0; attempt < 10; attempt++) {
      const area = height * width * between(random, scale[0] as number, scale[1] as number);
      const aspect = Math.exp(between(random, Math.log(least), Math.log(most)));
      const [w, h] = [roundHalfEven(Math.sqrt(area * aspect)), roundHalfEven(Math.sqrt(area / aspect))];
      if (w < 1 || w > width || h < 1 || h > height) continue;
      return { top: random.below(height - h + 1), left: random.below(width - w + 1), height: h, width: w };
    }
    // The largest part in the middle with an allowed ratio, which torchvision takes, too.
    const own = width / height;
    const h = own < least ? Math.min(height, Math.max(1, roundHalfEven(width / least))) : height;
    const w = own > most ? Math.min(width, Math.max(1, roundHalfEven(height * most))) : width;
    return { top: Math.floor((height - h) / 2), left: Math.floor((width - w) / 2), height: h, width: w };
  },
  caption: ({ top, left, height, width }) => ({
    en: `${height}×${width} from top ${top}, left ${left}`,
    zh: `${height}×${width}，上 ${top}，左 ${left}`,
  }),
  apply: (image, { top, left, height, width }, { size, interpolation }) =>
    resized(crop(image, top, left, height, width), ...pairOf(size), interpolation),
});

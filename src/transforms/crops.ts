import { bool } from '../layers/config.ts';
import type { Text } from '../text.ts';
import { cropSize, fill, fillOf, padding, paddingMode, pairOf, perChannel } from './fields.ts';
import { type ByteImage, blank, type ImageShape, plane, roundHalfEven } from './image.ts';
import { lowerPad, pad, padProblem, type Sides, sidesOf } from './pad.ts';
import { defineTransform, deterministic } from './transform.ts';

/** The part of an image from row `top` and column `left` on; it lies inside the image. */
export function crop(
  { shape, pixels }: ByteImage,
  top: number,
  left: number,
  height: number,
  width: number,
): ByteImage {
  const out = blank([shape[0], height, width]);
  for (let c = 0, to = 0; c < shape[0]; c++) {
    for (let y = 0; y < height; y++, to += width) {
      const from = c * plane(shape) + (top + y) * shape[2] + left;
      out.pixels.set(pixels.subarray(from, from + width), to);
    }
  }
  return out;
}

/** Padding of an image that is smaller than the center to be kept, and the place of the center in the padded image. */
function centerOf([, ownHeight, ownWidth]: ImageShape, height: number, width: number) {
  const [missingRows, missingColumns] = [Math.max(0, height - ownHeight), Math.max(0, width - ownWidth)];
  const sides: Sides = [
    Math.floor(missingColumns / 2),
    Math.floor(missingRows / 2),
    Math.ceil(missingColumns / 2),
    Math.ceil(missingRows / 2),
  ];
  const top = roundHalfEven((ownHeight + missingRows - height) / 2);
  return { sides, top, left: roundHalfEven((ownWidth + missingColumns - width) / 2) };
}

/** `torchvision.transforms.v2.functional.center_crop`; an image that is smaller is padded with black. */
export function centerCrop(image: ByteImage, height: number, width: number): ByteImage {
  const { sides, top, left } = centerOf(image.shape, height, width);
  const padded = sides.some((cells) => cells > 0) ? pad(image, sides, 'constant', fillOf([0], image.shape[0])) : image;
  return crop(padded, top, left, height, width);
}

export const centerCropTransform = deterministic({
  type: 'CenterCrop',
  title: { en: 'Center crop', zh: '中心裁剪' },
  doc: {
    en: 'Keeps the center of the image; a smaller image is padded with black.',
    zh: '保留图像的中心部分；较小的图像以黑色补边。',
  },
  formula: String.raw`y_{c,i,j} = x_{c,\,i+t,\,j+l}, \quad t = \tfrac{H-h}{2},\ l = \tfrac{W-w}{2}`,
  torchvision: 'torchvision.transforms.v2.CenterCrop',
  params: { size: cropSize },
  shape: ([channels], { size }) => [channels, ...pairOf(size)],
  apply: (image, { size }) => centerCrop(image, ...pairOf(size)),
  lower(g, x, { size }, input) {
    const [height, width] = pairOf(size);
    const { sides, top, left } = centerOf(input, height, width);
    return g.slice(g.slice(lowerPad(g, x, sides, 'constant', [0], input), 2, top, top + height), 3, left, left + width);
  },
});

/** Padding of a random crop, with what `pad_if_needed` adds on both sides. */
function cropPadding(
  [, height, width]: ImageShape,
  size: readonly number[],
  padding: readonly number[],
  padIfNeeded: boolean,
): Sides {
  const [left, top, right, bottom] = sidesOf(padding);
  const [wantedHeight, wantedWidth] = pairOf(size);
  const rows = padIfNeeded ? Math.max(0, wantedHeight - height - top - bottom) : 0;
  const columns = padIfNeeded ? Math.max(0, wantedWidth - width - left - right) : 0;
  return [left + columns, top + rows, right + columns, bottom + rows];
}

const tooLarge = (size: string, [, height, width]: ImageShape): Text => ({
  en: `The crop of ${size} is larger than the padded image of ${height}×${width}. Set size to at most ${height}×${width}, or set pad_if_needed to true.`,
  zh: `裁剪大小 ${size} 超过填充后的图像 ${height}×${width}。请将 size 设为不超过 ${height}×${width}，或将 pad_if_needed 设为 true。`,
});

const paddedShape = ([channels, height, width]: ImageShape, [left, top, right, bottom]: Sides): ImageShape => [
  channels,
  height + top + bottom,
  width + left + right,
];

export const randomCrop = defineTransform({
  type: 'RandomCrop',
  title: { en: 'Random crop', zh: '随机裁剪' },
  doc: {
    en: 'Pads the image and keeps a part at a random position.',
    zh: '先填充图像，再在随机位置裁取一部分。',
  },
  formula: String.raw`y_{c,i,j} = x^{\text{pad}}_{c,\,i+t,\,j+l}, \quad t \sim U\{0..H'-h\},\ l \sim U\{0..W'-w\}`,
  torchvision: 'torchvision.transforms.v2.RandomCrop',
  random: true,
  params: {
    size: cropSize,
    padding: padding([0]),
    pad_if_needed: bool({
      label: { en: 'Pad if needed', zh: '必要时填充' },
      help: { en: 'Pads images that are smaller than the crop', zh: '图像小于裁剪大小时补边' },
      default: false,
    }),
    fill,
    padding_mode: paddingMode,
  },
  shape(input, { size, padding, pad_if_needed, fill: values, padding_mode }) {
    const sides = cropPadding(input, size, padding, pad_if_needed);
    const problem = perChannel('fill', fill.label, values, input[0]) ?? padProblem(input, sides, padding_mode);
    if (problem !== null) return problem;
    const padded = paddedShape(input, sides);
    const [height, width] = pairOf(size);
    return height > padded[1] || width > padded[2] ? tooLarge(`${height}×${width}`, padded) : [input[0], height, width];
  },
  draw({ size, padding, pad_if_needed }, input, random) {
    const [, height, width] = paddedShape(input, cropPadding(input, size, padding, pad_if_needed));
    const [wantedHeight, wantedWidth] = pairOf(size);
    const top = height > wantedHeight ? random.below(height - wantedHeight + 1) : 0;
    return { top, left: width > wantedWidth ? random.below(width - wantedWidth + 1) : 0 };
  },
  caption: ({ top, left }) => ({ en: `top ${top}, left ${left}`, zh: `上 ${top}，左 ${left}` }),
  apply(image, { top, left }, { size, padding, pad_if_needed, fill, padding_mode }) {
    const sides = cropPadding(image.shape, size, padding, pad_if_needed);
    const padded = sides.some((side) => side > 0)
      ? pad(image, sides, padding_mode, fillOf(fill, image.shape[0]))
      : image;
    return crop(padded, top, left, ...pairOf(size));
  },
});

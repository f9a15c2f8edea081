import { probability } from './fields.ts';
import { type ByteImage, blank, plane } from './image.ts';
import { defineTransform, sameShape } from './transform.ts';

export function horizontalFlip({ shape, pixels }: ByteImage): ByteImage {
  const out = blank(shape);
  const width = shape[2];
  for (let row = 0; row < pixels.length; row += width) {
    for (let x = 0, from = row + width - 1; x < width; x++, from--) out.pixels[row + x] = pixels[from] as number;
  }
  return out;
}

export function verticalFlip({ shape, pixels }: ByteImage): ByteImage {
  const out = blank(shape);
  const [channels, height, width] = shape;
  const size = plane(shape);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const from = c * size + (height - 1 - y) * width;
      out.pixels.set(pixels.subarray(from, from + width), c * size + y * width);
    }
  }
  return out;
}

export const randomHorizontalFlip = defineTransform({
  type: 'RandomHorizontalFlip',
  title: { en: 'Flip left–right', zh: '左右翻转' },
  doc: { en: 'Mirrors the image left to right, with a probability.', zh: '按概率将图像左右镜像。' },
  formula: String.raw`y_{c,i,j} = x_{c,\,i,\,W-1-j}`,
  torchvision: 'torchvision.transforms.v2.RandomHorizontalFlip',
  random: true,
  params: { p: probability() },
  shape: sameShape,
  draw: ({ p }, _, random) => (random.uniform() < p ? {} : null),
  caption: () => ({ en: 'flipped', zh: '已翻转' }),
  apply: horizontalFlip,
});

export const randomVerticalFlip = defineTransform({
  type: 'RandomVerticalFlip',
  title: { en: 'Flip top–bottom', zh: '上下翻转' },
  doc: { en: 'Mirrors the image top to bottom, with a probability.', zh: '按概率将图像上下镜像。' },
  formula: String.raw`y_{c,i,j} = x_{c,\,H-1-i,\,j}`,
  torchvision: 'torchvision.transforms.v2.RandomVerticalFlip',
  random: true,
  params: { p: probability() },
  shape: sameShape,
  draw: ({ p }, _, random) => (random.uniform() < p ? {} : null),
  caption: () => ({ en: 'flipped', zh: '已翻转' }),
  apply: verticalFlip,
});

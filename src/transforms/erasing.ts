import { fill, fillOf, perChannel, probability, range } from './fields.ts';
import { type ByteImage, plane, roundHalfEven } from './image.ts';
import { between, defineTransform } from './transform.ts';

/** `torchvision.transforms.v2.functional.erase`; `value` in bytes, one per channel. */
export function erase(
  { shape, pixels }: ByteImage,
  top: number,
  left: number,
  height: number,
  width: number,
  value: readonly number[],
): ByteImage {
  const out = pixels.slice();
  for (let c = 0; c < shape[0]; c++) {
    for (let y = top; y < top + height; y++) {
      const from = c * plane(shape) + y * shape[2] + left;
      out.fill(value[c] as number, from, from + width);
    }
  }
  return { shape, pixels: out };
}

const value = {
  ...fill,
  label: { en: 'Value', zh: '值' },
  help: {
    en: 'Value of the erased pixels, 0 to 255: one number, or one per channel',
    zh: '被擦除像素的值，0 到 255：一个数，或每个通道一个',
  },
};

/** On bytes, before `Normalize`: `value` is a color, so that the erased part is the same for every mean. */
export const randomErasing = defineTransform({
  type: 'RandomErasing',
  title: { en: 'Random erasing (cutout)', zh: '随机擦除' },
  doc: {
    en: 'Fills a rectangle of random area, aspect ratio and position with one color, with a probability.',
    zh: '按概率用一种颜色填充面积、宽高比和位置随机的矩形。',
  },
  formula: String.raw`hw = s\,HW,\ \tfrac{h}{w} = r, \quad s \sim U(s_0, s_1),\ \ln r \sim U(\ln r_0, \ln r_1)`,
  torchvision: 'torchvision.transforms.v2.RandomErasing',
  random: true,
  params: {
    p: probability(),
    scale: range(
      { en: 'Scale', zh: '面积比例' },
      { en: 'Least and most area, as a fraction of the image', zh: '面积占图像的最小和最大比例' },
      [0.02, 0.33],
      { min: 0, max: 1, slider: { min: 0, max: 1, step: 0.01 } },
    ),
    ratio: range(
      { en: 'Ratio', zh: '高宽比' },
      { en: 'Least and most ratio of height to width', zh: '高与宽之比的最小值和最大值' },
      [0.3, 3.3],
      { min: 0.05, max: 20, slider: { min: 0.1, max: 5, step: 0.1 } },
    ),
    value,
  },
  shape: (input, params) => perChannel('value', value.label, params.value, input[0]) ?? input,
  draw({ p, scale, ratio }, [, height, width], random) {
    if (random.uniform() >= p) return null;
    const [least, most] = [Math.log(ratio[0] as number), Math.log(ratio[1] as number)];
    for (let attempt = 0; attempt < 10; attempt++) {
      const area = height * width * between(random, scale[0] as number, scale[1] as number);
      const aspect = Math.exp(between(random, least, most));
      const [h, w] = [roundHalfEven(Math.sqrt(area * aspect)), roundHalfEven(Math.sqrt(area / aspect))];
      if (h >= height || w >= width) continue;
      return { i: random.below(height - h + 1), j: random.below(width - w + 1), h, w };
    }
    return null;
  },
  caption: ({ i, j, h, w }) => ({ en: `${h}×${w} at top ${i}, left ${j}`, zh: `${h}×${w}，上 ${i}，左 ${j}` }),
  apply: (image, { i, j, h, w }, { value }) => erase(image, i, j, h, w, fillOf(value, image.shape[0])),
});

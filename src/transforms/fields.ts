import { choice, float, numbers, type SliderRange } from '../layers/config.ts';
import type { Text } from '../text.ts';
import { roundHalfEven } from './image.ts';
import type { ShapeProblem } from './transform.ts';

/** Settings that several transforms share. */

export const probability = (value = 0.5) =>
  float({
    label: { en: 'Probability', zh: '概率' },
    help: { en: 'Fraction of the samples that are changed', zh: '被变换的样本所占的比例' },
    default: value,
    min: 0,
    max: 1,
    step: 0.05,
    slider: { min: 0, max: 1, step: 0.01 },
  });

export const LONGEST = 4096;

export const size = (help: Text, value: readonly number[]) =>
  numbers({
    label: { en: 'Size', zh: '大小' },
    help,
    default: value,
    min: 1,
    max: LONGEST,
    whole: true,
    lengths: [1, 2],
  });

export const cropSize = size(
  { en: 'Height and width, or one number for both', zh: '高和宽，或共用的一个数' },
  [28, 28],
);

/** One number stands for height and width. */
export const pairOf = (values: readonly number[]): readonly [number, number] => [
  values[0] as number,
  (values[1] ?? values[0]) as number,
];

export const fill = numbers({
  label: { en: 'Fill', zh: '填充值' },
  help: {
    en: 'Value of the pixels outside the image, 0 to 255: one number, or one per channel',
    zh: '图像之外像素的值，0 到 255：一个数，或每个通道一个',
  },
  default: [0],
  min: 0,
  max: 255,
  lengths: [1, 3],
});

/** The byte for every channel. */
export const fillOf = (values: readonly number[], channels: number): readonly number[] =>
  Array.from({ length: channels }, (_, c) => (values.length === 1 ? values[0] : values[c]) as number);

/**
 * The problem of a list with one number per channel whose length is not that of the image; null if there is none. It is fixed by
 * one number, the mean of the list.
 */
export function perChannel(key: string, label: Text, values: readonly number[], channels: number): ShapeProblem | null {
  if (values.length === 1 || values.length === channels) return null;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return {
    params: { [key]: [values.length === 0 ? 0 : Number(mean.toFixed(4))] },
    en: `${label.en} has ${values.length} numbers, but the image has ${channels} channel${channels === 1 ? '' : 's'}. Give one number, or one per channel.`,
    zh: `“${label.zh}”有 ${values.length} 个数，但图像有 ${channels} 个通道。请填写一个数，或每个通道一个。`,
  };
}

export const resizeInterpolation = choice({
  label: { en: 'Interpolation', zh: '插值' },
  help: { en: 'Method that computes pixels in the new size', zh: '按新大小计算像素的方法' },
  default: 'bilinear',
  options: [
    { value: 'bilinear', label: { en: 'Bilinear', zh: '双线性' } },
    { value: 'bicubic', label: { en: 'Bicubic', zh: '双三次' } },
    { value: 'box', label: { en: 'Area (box)', zh: '区域平均' } },
    { value: 'nearest', label: { en: 'Nearest', zh: '最近邻' } },
  ],
});

export const interpolation = (value: 'nearest' | 'bilinear') =>
  choice({
    label: { en: 'Interpolation', zh: '插值' },
    help: { en: 'Method that computes pixels between those of the image', zh: '计算像素之间取值的方法' },
    default: value,
    options: [
      { value: 'nearest', label: { en: 'Nearest', zh: '最近邻' } },
      { value: 'bilinear', label: { en: 'Bilinear', zh: '双线性' } },
    ],
  });

export const paddingMode = choice({
  label: { en: 'Padding mode', zh: '填充方式' },
  help: { en: 'Content of the added pixels', zh: '所补像素的内容' },
  default: 'constant',
  options: [
    { value: 'constant', label: { en: 'Constant', zh: '常数' } },
    { value: 'edge', label: { en: 'Edge', zh: '边缘值' } },
    { value: 'reflect', label: { en: 'Reflect', zh: '反射' } },
    { value: 'symmetric', label: { en: 'Symmetric', zh: '对称' } },
  ],
});

export const padding = (value: readonly number[]) =>
  numbers({
    label: { en: 'Padding', zh: '填充' },
    help: {
      en: 'Pixels for all sides; or left and right, then top and bottom; or left, top, right, bottom',
      zh: '四边的像素数；或左右、上下；或左、上、右、下',
    },
    default: value,
    min: 0,
    max: 1024,
    whole: true,
    slider: { min: 0, max: 32, step: 1 },
    lengths: [1, 2, 4],
  });

/** Two numbers, least and most, of which one value is drawn. */
export const range = (
  label: Text,
  help: Text,
  value: readonly [number, number],
  limits: { readonly min: number; readonly max: number; readonly slider: SliderRange },
) => numbers({ label, help, default: value, ...limits, lengths: [2], ascending: true });

/** A number for captions, with at most two decimals. */
export const short = (value: number): string => String(roundHalfEven(value * 100) / 100);

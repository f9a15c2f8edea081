import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { choice, numbers, type SliderRange } from '../layers/config.ts';
import { permutation } from '../random/philox.ts';
import { same, type Text } from '../text.ts';
import { adjustBrightness, adjustContrast, adjustHue, adjustSaturation, grayscale } from './color.ts';
import { probability, short } from './fields.ts';
import type { ByteImage, ImageShape } from './image.ts';
import { between, defineTransform, deterministic } from './transform.ts';

function needsColor([channels]: ImageShape): Text | null {
  if (channels === 1 || channels === 3) return null;
  return {
    en: `The image has ${channels} channels, but must have 1 or 3. Remove this transform.`,
    zh: `图像有 ${channels} 个通道，但应为 1 或 3 个。请删除此变换。`,
  };
}

const amount = (label: Text, help: Text, value: number, min: number, max: number, slider: SliderRange) =>
  numbers({ label, help, default: [value], min, max, slider, lengths: [1, 2], ascending: true });

const factorHelp = {
  en: 'b for factors of 1 − b to 1 + b, or least and most factor',
  zh: 'b 表示系数为 1 − b 到 1 + b，或填写最小和最大系数',
};

const factorSlider: SliderRange = { min: 0, max: 2, step: 0.05 };

/** The range of factors; null if the image stays unchanged. */
function factors(values: readonly number[], center: 0 | 1): readonly [number, number] | null {
  const [first, second] = values as readonly [number, number?];
  const range: [number, number] = second === undefined ? [center - first, center + first] : [first, second];
  if (center === 1) range[0] = Math.max(0, range[0]);
  return range[0] === center && range[1] === center ? null : range;
}

const operations = [
  ['brightness', adjustBrightness, { en: 'brightness', zh: '亮度' }],
  ['contrast', adjustContrast, { en: 'contrast', zh: '对比度' }],
  ['saturation', adjustSaturation, { en: 'saturation', zh: '饱和度' }],
  ['hue', adjustHue, { en: 'hue', zh: '色相' }],
] as const;

const hue = amount(
  { en: 'Hue', zh: '色相' },
  {
    en: 'h for −h to h of a full turn, at most 0.5, or least and most',
    zh: 'h 表示 −h 到 h 圈（不超过 0.5），或填写最小值和最大值',
  },
  0.05,
  -0.5,
  0.5,
  { min: -0.5, max: 0.5, step: 0.01 },
);

export const colorJitter = defineTransform({
  type: 'ColorJitter',
  title: { en: 'Color jitter', zh: '颜色抖动' },
  doc: {
    en: 'Changes brightness, contrast, saturation and hue by random factors, in random order.',
    zh: '以随机系数、按随机顺序改变亮度、对比度、饱和度和色相。',
  },
  formula: String.raw`y = f\,x + (1 - f)\,g, \quad f \sim U(f_0, f_1)`,
  torchvision: 'torchvision.transforms.v2.ColorJitter',
  random: true,
  params: {
    brightness: amount({ en: 'Brightness', zh: '亮度' }, factorHelp, 0.2, 0, 10, factorSlider),
    contrast: amount({ en: 'Contrast', zh: '对比度' }, factorHelp, 0.2, 0, 10, factorSlider),
    saturation: amount({ en: 'Saturation', zh: '饱和度' }, factorHelp, 0.2, 0, 10, factorSlider),
    hue,
  },
  shape(input, params) {
    const [first, second] = params.hue as readonly [number, number?];
    if (second === undefined && first < 0) {
      return {
        en: `Hue is one number and must not be negative. Set it to ${-first}, or give least and most.`,
        zh: `“色相”为一个数时不能为负。请设为 ${-first}，或填写最小值和最大值。`,
      };
    }
    return needsColor(input) ?? input;
  },
  draw(params, _, random) {
    const order = [...permutation(4, random)].map((i) => (operations[i] as (typeof operations)[number])[0]);
    const draws = { order, brightness: 1, contrast: 1, saturation: 1, hue: 0 };
    for (const [key] of operations) {
      const range = factors(params[key], key === 'hue' ? 0 : 1);
      if (range !== null) draws[key] = between(random, ...range);
    }
    return draws;
  },
  caption: (drawn) => ({
    en: operations.map(([key, , name]) => `${name.en} ${short(drawn[key])}`).join(', '),
    zh: operations.map(([key, , name]) => `${name.zh} ${short(drawn[key])}`).join('，'),
  }),
  apply: (image, drawn) =>
    drawn.order.reduce<ByteImage>((now, name) => {
      const found = operations.find(([key]) => key === name);
      if (found === undefined || drawn[found[0]] === (found[0] === 'hue' ? 0 : 1)) return now;
      return found[1](now, drawn[found[0]]);
    }, image),
});

/** 0.2989 R + 0.587 G + 0.114 B of x [N, 3, H, W], cut off to bytes. */
function lowerBrightness(g: Builder, x: Value): Value {
  const [red, green, blue] = g.split(x, [1, 1, 1], 1) as [Value, Value, Value];
  const share = (channel: Value, weight: number) => g.mul(channel, g.scalar(weight));
  const sum = g.add(g.add(share(red, 0.2989), share(green, 0.587)), share(blue, 0.114));
  return g.cast(g.cast(sum, 'int32'), 'float32');
}

export const grayscaleTransform = deterministic({
  type: 'Grayscale',
  title: { en: 'Grayscale', zh: '灰度化' },
  doc: { en: 'Replaces the colors by their brightness.', zh: '以亮度代替颜色。' },
  formula: String.raw`y = 0.2989\,R + 0.587\,G + 0.114\,B`,
  torchvision: 'torchvision.transforms.v2.Grayscale',
  params: {
    num_output_channels: choice({
      label: { en: 'Output channels', zh: '输出通道数' },
      help: { en: 'One channel, or three equal ones', zh: '一个通道，或三个相同的通道' },
      default: '1',
      options: [
        { value: '1', label: same('1') },
        { value: '3', label: same('3') },
      ],
    }),
  },
  shape: (input, { num_output_channels }) => needsColor(input) ?? [Number(num_output_channels), input[1], input[2]],
  apply: (image, { num_output_channels }) => grayscale(image, num_output_channels === '1' ? 1 : 3),
  lower(g, x, { num_output_channels }, [channels]) {
    const gray = channels === 1 ? x : lowerBrightness(g, x);
    return num_output_channels === '1' ? gray : g.concat([gray, gray, gray], 1);
  },
});

export const randomGrayscale = defineTransform({
  type: 'RandomGrayscale',
  title: { en: 'Random grayscale', zh: '随机灰度化' },
  doc: {
    en: 'Replaces the colors by their brightness in all channels, with a probability.',
    zh: '按概率在所有通道中以亮度代替颜色。',
  },
  formula: String.raw`y_c = 0.2989\,R + 0.587\,G + 0.114\,B`,
  torchvision: 'torchvision.transforms.v2.RandomGrayscale',
  random: true,
  params: { p: probability(0.1) },
  shape: (input) => needsColor(input) ?? input,
  draw: ({ p }, _, random) => (random.uniform() < p ? {} : null),
  caption: () => ({ en: 'gray', zh: '灰度' }),
  apply: (image) => grayscale(image, image.shape[0] === 1 ? 1 : 3),
});

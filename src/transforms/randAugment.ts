import { int } from '../layers/config.ts';
import { affine, rotate } from './affine.ts';
import { adjustBrightness, adjustContrast, adjustSaturation } from './color.ts';
import { interpolation, short } from './fields.ts';
import type { GridInterpolation } from './grid.ts';
import type { ByteImage, ImageShape } from './image.ts';
import { roundHalfEven } from './image.ts';
import { adjustSharpness, autocontrast, equalize, posterize, solarize } from './tone.ts';
import { defineTransform } from './transform.ts';

interface Operation {
  /** Magnitude at `share` (0 to 1) of the range. */
  magnitude(share: number, input: ImageShape): number;
  /** Half of the draws have the negative magnitude. */
  readonly signed?: true;
  apply(image: ByteImage, magnitude: number, interpolation: GridInterpolation): ByteImage;
}

const upTo = (most: number) => (share: number) => most * share;
const none = () => 0;
const degrees = (slope: number): number => (Math.atan(slope) * 180) / Math.PI;
const still = { angle: 0, translate: [0, 0], scale: 1, shear: [0, 0] } as const;

/** The operations of torchvision's RandAugment, in its order. */
const operations: Readonly<Record<string, Operation>> = {
  Identity: { magnitude: none, apply: (image) => image },
  ShearX: {
    magnitude: upTo(0.3),
    signed: true,
    apply: (image, m, mode) => affine(image, { ...still, shear: [degrees(m), 0], center: [0, 0] }, mode, null),
  },
  ShearY: {
    magnitude: upTo(0.3),
    signed: true,
    apply: (image, m, mode) => affine(image, { ...still, shear: [0, degrees(m)], center: [0, 0] }, mode, null),
  },
  TranslateX: {
    magnitude: (share, [, , width]) => (150 / 331) * width * share,
    signed: true,
    apply: (image, m, mode) => affine(image, { ...still, translate: [Math.trunc(m), 0] }, mode, null),
  },
  TranslateY: {
    magnitude: (share, [, height]) => (150 / 331) * height * share,
    signed: true,
    apply: (image, m, mode) => affine(image, { ...still, translate: [0, Math.trunc(m)] }, mode, null),
  },
  Rotate: { magnitude: upTo(30), signed: true, apply: (image, m, mode) => rotate(image, m, mode, null) },
  Brightness: { magnitude: upTo(0.9), signed: true, apply: (image, m) => adjustBrightness(image, 1 + m) },
  Color: { magnitude: upTo(0.9), signed: true, apply: (image, m) => adjustSaturation(image, 1 + m) },
  Contrast: { magnitude: upTo(0.9), signed: true, apply: (image, m) => adjustContrast(image, 1 + m) },
  Sharpness: { magnitude: upTo(0.9), signed: true, apply: (image, m) => adjustSharpness(image, 1 + m) },
  Posterize: { magnitude: (share) => roundHalfEven(8 - 4 * share), apply: posterize },
  Solarize: { magnitude: (share) => 1 - share, apply: (image, m) => solarize(image, 255 * m) },
  AutoContrast: { magnitude: none, apply: autocontrast },
  Equalize: { magnitude: none, apply: equalize },
};
const names = Object.keys(operations);

const bins = int({
  label: { en: 'Magnitude steps', zh: '幅度级数' },
  help: { en: 'Number of magnitudes from none to the greatest', zh: '从无到最大的幅度级数' },
  default: 31,
  min: 2,
  max: 100,
  advanced: true,
});

/** Pixels from outside are black: torchvision's `fill` is None by default. */
export const randAugment = defineTransform({
  type: 'RandAugment',
  title: { en: 'RandAugment', zh: 'RandAugment' },
  doc: {
    en: 'Applies a number of operations, each drawn from 14, with one magnitude.',
    zh: '依次执行若干操作，每个从 14 种中随机抽取，幅度相同。',
  },
  formula: String.raw`y = (o_n \circ \dots \circ o_1)(x), \quad o_i \sim U\{14\ \text{operations}\}`,
  torchvision: 'torchvision.transforms.v2.RandAugment',
  random: true,
  params: {
    num_ops: int({
      label: { en: 'Operations', zh: '操作数' },
      help: { en: 'Number of operations in a row', zh: '依次执行的操作数' },
      default: 2,
      min: 1,
      max: 14,
      slider: { min: 1, max: 14, step: 1 },
    }),
    magnitude: int({
      label: { en: 'Magnitude', zh: '幅度' },
      help: { en: 'Step of the magnitude, from 0', zh: '幅度的级，从 0 开始' },
      default: 9,
      min: 0,
      max: 99,
      slider: { min: 0, max: 30, step: 1 },
    }),
    num_magnitude_bins: bins,
    interpolation: interpolation('nearest'),
  },
  shape(input, { magnitude, num_magnitude_bins }) {
    if (magnitude >= num_magnitude_bins) {
      return {
        en: `Magnitude ${magnitude} must be less than the ${num_magnitude_bins} magnitude steps. Set magnitude to at most ${num_magnitude_bins - 1}.`,
        zh: `幅度 ${magnitude} 应小于幅度级数 ${num_magnitude_bins}。请将 magnitude 设为不超过 ${num_magnitude_bins - 1}。`,
      };
    }
    if (input[0] === 1 || input[0] === 3) return input;
    return {
      en: `The image has ${input[0]} channels, but must have 1 or 3. Remove this transform.`,
      zh: `图像有 ${input[0]} 个通道，但应为 1 或 3 个。请删除此变换。`,
    };
  },
  draw({ num_ops, magnitude, num_magnitude_bins }, input, random) {
    const drawn = Array.from({ length: num_ops }, () => {
      const name = names[random.below(names.length)] as string;
      const operation = operations[name] as Operation;
      const value = operation.magnitude(magnitude / (num_magnitude_bins - 1), input);
      return [name, operation.signed && random.uniform() < 0.5 ? -value : value] as const;
    });
    return { operations: drawn.map(([name]) => name), magnitudes: drawn.map(([, value]) => value) };
  },
  caption({ operations, magnitudes }) {
    const all = operations.map((name, i) => `${name} ${short(magnitudes[i] as number)}`);
    return { en: all.join(', '), zh: all.join('，') };
  },
  apply: (image, drawn, { interpolation }) =>
    drawn.operations.reduce<ByteImage>(
      (now, name, i) => (operations[name] as Operation).apply(now, drawn.magnitudes[i] as number, interpolation),
      image,
    ),
});

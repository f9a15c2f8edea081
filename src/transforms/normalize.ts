import { floatTensor } from '../ir/tensor.ts';
import { numbers } from '../layers/config.ts';
import { perChannel } from './fields.ts';
import { plane } from './image.ts';
import { deterministic } from './transform.ts';

/** Mean and standard deviation of ImageNet, of values from 0 to 1. */
export const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

const mean = numbers({
  label: { en: 'Mean', zh: '均值' },
  help: {
    en: 'Subtracted from values of 0 to 1: one number, or one per channel',
    zh: '从 0 到 1 的值中减去的数：一个，或每个通道一个',
  },
  default: [0.5],
  min: -10,
  max: 10,
});
const std = numbers({
  label: { en: 'Standard deviation', zh: '标准差' },
  help: { en: 'Divides the result: one number, or one per channel', zh: '再除以的数：一个，或每个通道一个' },
  default: [0.5],
  min: 1e-6,
  max: 10,
});

/** The values of a normalized image from 0 to 1: the formula backwards, for the eye. */
export function unnormalized(
  values: Float32Array<ArrayBuffer>,
  channels: number,
  params: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Float32Array<ArrayBuffer> {
  const size = values.length / channels;
  return values.map((value, i) => {
    const c = Math.floor(i / size);
    return value * ((params.std[c] ?? params.std[0]) as number) + ((params.mean[c] ?? params.mean[0]) as number);
  });
}

/**
 * `ToDtype(torch.float32, scale=True)`, then `Normalize`: bytes to floats from 0 to 1, then the formula, each step in
 * float32 as in torchvision.
 */
export const normalize = deterministic({
  type: 'Normalize',
  title: { en: 'Normalize', zh: '标准化' },
  doc: {
    en: 'Divides by 255, subtracts the mean of each channel and divides by its standard deviation.',
    zh: '先除以 255，再减去每个通道的均值并除以其标准差。',
  },
  formula: String.raw`y_c = \dfrac{x_c / 255 - \mu_c}{\sigma_c}`,
  torchvision: 'torchvision.transforms.v2.Normalize',
  params: { mean, std },
  shape: (input, params) =>
    perChannel('mean', mean.label, params.mean, input[0]) ??
    perChannel('std', std.label, params.std, input[0]) ??
    input,
  apply({ shape, pixels }, params) {
    const out = new Float32Array(pixels.length);
    const size = plane(shape);
    const table = new Float32Array(256);
    for (let c = 0; c < shape[0]; c++) {
      const center = Math.fround((params.mean[c] ?? params.mean[0]) as number);
      const spread = Math.fround((params.std[c] ?? params.std[0]) as number);
      for (let value = 0; value < 256; value++) {
        table[value] = Math.fround(Math.fround(value / 255) - center) / spread;
      }
      for (let i = c * size; i < (c + 1) * size; i++) out[i] = table[pixels[i] as number] as number;
    }
    return { shape, pixels: out };
  },
  lower(g, x, params) {
    const perChannel = (values: readonly number[], name: string) =>
      g.constant(floatTensor([1, values.length, 1, 1], values), name);
    const scaled = g.div(x, g.scalar(255));
    return g.div(g.sub(scaled, perChannel(params.mean, 'mean')), perChannel(params.std, 'std'));
  },
});

import { float, numbers } from '../layers/config.ts';
import { random as stream } from '../random/philox.ts';
import { pairOf, range, short } from './fields.ts';
import { type ByteImage, blank, plane, roundHalfEven } from './image.ts';
import { between, defineTransform, sameShape } from './transform.ts';

/** Weights of torchvision's kernel, whose positions are divided by √2 so that σ is that of the normal distribution. */
function kernel(size: number, sigma: number): Float64Array {
  const weights = Float64Array.from({ length: size }, (_, i) => Math.exp(-0.5 * ((i - (size - 1) / 2) / sigma) ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

const reflected = (at: number, size: number): number => (at < 0 ? -at : at >= size ? 2 * size - 2 - at : at);

/** `torchvision.transforms.v2.functional.gaussian_blur`; borders are reflected. Kernel sizes are odd. */
export function gaussianBlur(
  { shape, pixels }: ByteImage,
  across: number,
  down: number,
  sigmaX: number,
  sigmaY: number,
): ByteImage {
  const [channels, height, width] = shape;
  const size = plane(shape);
  const out = blank(shape);
  const [weightsX, weightsY] = [kernel(across, sigmaX), kernel(down, sigmaY)];
  const rows = new Float64Array(size);
  const [reachX, reachY] = [across >> 1, down >> 1];
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const row = c * size + y * width;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < across; k++) {
          sum += (weightsX[k] as number) * (pixels[row + reflected(x + k - reachX, width)] as number);
        }
        rows[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < down; k++) {
          sum += (weightsY[k] as number) * (rows[reflected(y + k - reachY, height) * width + x] as number);
        }
        out.pixels[c * size + y * width + x] = roundHalfEven(sum);
      }
    }
  }
  return out;
}

export const gaussianBlurTransform = defineTransform({
  type: 'GaussianBlur',
  title: { en: 'Gaussian blur', zh: '高斯模糊' },
  doc: {
    en: 'Blurs the image with a Gaussian kernel of random standard deviation.',
    zh: '用标准差随机的高斯核模糊图像。',
  },
  formula: String.raw`y = x * k, \quad k_{i} \propto e^{-i^2 / 2\sigma^2},\ \sigma \sim U(\sigma_0, \sigma_1)`,
  torchvision: 'torchvision.transforms.v2.GaussianBlur',
  random: true,
  params: {
    kernel_size: numbers({
      label: { en: 'Kernel size', zh: '卷积核大小' },
      help: { en: 'Odd number of pixels: one number, or width and height', zh: '奇数个像素：一个数，或宽和高' },
      default: [3],
      min: 1,
      max: 63,
      whole: true,
      lengths: [1, 2],
    }),
    sigma: range(
      { en: 'Sigma', zh: '标准差 σ' },
      { en: 'Least and most standard deviation in pixels', zh: '标准差的最小值和最大值，单位为像素' },
      [0.1, 2],
      { min: 0.01, max: 50, slider: { min: 0.1, max: 5, step: 0.1 } },
    ),
  },
  shape(input, { kernel_size }) {
    const [across, down] = pairOf(kernel_size);
    if (across % 2 === 0 || down % 2 === 0) {
      return {
        params: { kernel_size: [across | 1, down | 1] },
        en: `The kernel is ${across}×${down}, but both sizes must be odd. Set kernel_size to ${across | 1} ${down | 1}.`,
        zh: `卷积核为 ${across}×${down}，但两个大小都应为奇数。请将 kernel_size 设为 ${across | 1} ${down | 1}。`,
      };
    }
    const [, height, width] = input;
    if (across >> 1 < width && down >> 1 < height) return input;
    return {
      en: `The kernel of ${across}×${down} reaches beyond the other side of the ${width}×${height} image (width × height). Use a smaller kernel.`,
      zh: `${across}×${down} 的卷积核超出 ${width}×${height}（宽 × 高）图像的另一侧。请使用更小的核。`,
    };
  },
  draw: ({ sigma }, _, random) => ({ sigma: between(random, sigma[0] as number, sigma[1] as number) }),
  caption: ({ sigma }) => ({ en: `sigma ${short(sigma)}`, zh: `σ ${short(sigma)}` }),
  apply: (image, { sigma }, { kernel_size }) => gaussianBlur(image, ...pairOf(kernel_size), sigma, sigma),
});

/** Quantiles of the standard normal distribution at (i + 0.5) / 65536: a normal number for 16 random bits, up to ±4.3. */
function quantiles(): Float32Array {
  const table = new Float32Array(65_536);
  // The distribution function is integrated (Simpson) from the middle outward, and inverted on the way.
  const step = 1 / 4096;
  const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  let [x, area] = [0, 0.5];
  for (let i = 32_768; i < 65_536; i++) {
    const wanted = (i + 0.5) / 65_536;
    for (;;) {
      const more = (step / 6) * (density(x) + 4 * density(x + step / 2) + density(x + step));
      if (area + more >= wanted) {
        const value = x + (step * (wanted - area)) / more;
        table[i] = value;
        table[65_535 - i] = -value;
        break;
      }
      area += more;
      x += step;
    }
  }
  return table;
}
let normalTable: Float32Array | null = null;

/**
 * Normal noise on bytes, in units of the full range, rounded and cut off at 0 and 255. torchvision 0.21 takes floats from
 * 0 to 1 only; bytes keep the pipeline in one format, and the rounding (1/510) is far below any useful sigma.
 */
export function gaussianNoise({ shape, pixels }: ByteImage, mean: number, sigma: number, seed: number): ByteImage {
  normalTable ??= quantiles();
  const random = stream(seed, 'noise');
  const out = blank(shape);
  const [shift, scale] = [255 * mean, 255 * sigma];
  for (let i = 0, word = 0; i < pixels.length; i++) {
    word = i % 2 === 0 ? random.uint32() : word >>> 16;
    const value = (pixels[i] as number) + shift + scale * (normalTable[word & 0xffff] as number);
    out.pixels[i] = value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
  }
  return out;
}

export const gaussianNoiseTransform = defineTransform({
  type: 'GaussianNoise',
  title: { en: 'Gaussian noise', zh: '高斯噪声' },
  doc: {
    en: 'Adds a normally distributed number to every value, then cuts off values outside 0 to 1.',
    zh: '给每个值加上正态分布的随机数，再截断到 0 到 1。',
  },
  formula: String.raw`y = \min(1, \max(0, x + \varepsilon)), \quad \varepsilon \sim N(\mu, \sigma^2)`,
  torchvision: 'torchvision.transforms.v2.GaussianNoise',
  random: true,
  params: {
    mean: float({
      label: { en: 'Mean', zh: '均值' },
      help: { en: 'Mean of the noise; white is 1', zh: '噪声的均值；白色为 1' },
      default: 0,
      min: -1,
      max: 1,
      step: 0.01,
      slider: { min: -0.5, max: 0.5, step: 0.01 },
    }),
    sigma: float({
      label: { en: 'Sigma', zh: '标准差 σ' },
      help: { en: 'Standard deviation of the noise; white is 1', zh: '噪声的标准差；白色为 1' },
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.01,
      slider: { min: 0, max: 0.5, step: 0.01 },
    }),
  },
  shape: sameShape,
  draw: (_, __, random) => ({ seed: random.uint32() }),
  caption: ({ seed }) => ({ en: `noise ${seed}`, zh: `噪声 ${seed}` }),
  apply: (image, { seed }, { mean, sigma }) => gaussianNoise(image, mean, sigma, seed),
});

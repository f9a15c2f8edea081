import type { Random } from '../random/philox.ts';
import { same, type Text } from '../text.ts';
import type { Param } from './layer.ts';

/** Distribution of a parameter's initial values. */
export type Initializer =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'constant'; readonly value: number }
  /** Uniform in [low, high). */
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly std: number };

export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

/** Factor on the standard deviation of the weights that keeps the variance of the signals (torch.nn.init.calculate_gain). */
export function gainOf(nonlinearity: Nonlinearity, a = 0.01): number {
  switch (nonlinearity) {
    case 'linear':
    case 'sigmoid':
      return 1;
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + a * a));
    case 'selu':
      return 3 / 4;
    default:
      return nonlinearity satisfies never;
  }
}

interface Kaiming {
  /** `fanIn` keeps the variance of activations, `fanOut` that of gradients; `fanIn` by default. */
  readonly mode?: 'fanIn' | 'fanOut';
  /** `leakyRelu` by default. */
  readonly nonlinearity?: Nonlinearity;
  /** Slope of leakyRelu below zero; 0 by default. */
  readonly a?: number;
}

/** The initializers of torch.nn.init, with its names in camelCase and its defaults; `torch` is the default of its layers. */
export type InitSpec =
  | { readonly kind: 'xavierUniform' | 'xavierNormal'; readonly gain?: number }
  | ({ readonly kind: 'kaimingUniform' | 'kaimingNormal' } & Kaiming)
  | { readonly kind: 'torch' }
  | Initializer;

/** Fans of a weight [out, in, ...window]: `in` and `out` times the area of the window, regardless of groups. */
export function fansOf(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const [out = 1, into = 1, ...window] = shape;
  const area = window.reduce((a, b) => a * b, 1);
  return { fanIn: into * area, fanOut: out * area };
}

/** Uniform distribution around 0 with this standard deviation. */
const uniform = (std: number): Initializer => within(Math.sqrt(3) * std);
const within = (bound: number): Initializer => ({ kind: 'uniform', low: -bound, high: bound });
const normal = (std: number): Initializer => ({ kind: 'normal', mean: 0, std });

/**
 * The distribution for a weight of that shape. Xavier: Glorot and Bengio 2010, variance gain² · 2 / (fanIn + fanOut). Kaiming:
 * He et al. 2015, variance gain² / fan. `torch` is uniform within 1 / √fanIn.
 */
export function initializerOf(spec: InitSpec, shape: readonly number[]): Initializer {
  const { fanIn, fanOut } = fansOf(shape);
  const xavier = ({ gain = 1 }: { gain?: number }) => gain * Math.sqrt(2 / (fanIn + fanOut));
  const kaiming = ({ mode = 'fanIn', nonlinearity = 'leakyRelu', a = 0 }: Kaiming) =>
    gainOf(nonlinearity, a) / Math.sqrt(mode === 'fanIn' ? fanIn : fanOut);
  switch (spec.kind) {
    case 'xavierUniform':
      return uniform(xavier(spec));
    case 'xavierNormal':
      return normal(xavier(spec));
    case 'kaimingUniform':
      return uniform(kaiming(spec));
    case 'kaimingNormal':
      return normal(kaiming(spec));
    case 'torch':
      return within(1 / Math.sqrt(fanIn));
    default:
      return spec;
  }
}

/** The initializers that layers offer, in the order of their menu. */
const weightInits = {
  xavierUniform: { spec: { kind: 'xavierUniform' }, label: { en: 'Xavier uniform', zh: 'Xavier 均匀' } },
  xavierNormal: { spec: { kind: 'xavierNormal' }, label: { en: 'Xavier normal', zh: 'Xavier 正态' } },
  kaimingUniform: {
    spec: { kind: 'kaimingUniform', nonlinearity: 'relu' },
    label: { en: 'Kaiming uniform', zh: 'Kaiming 均匀' },
  },
  kaimingNormal: {
    spec: { kind: 'kaimingNormal', nonlinearity: 'relu' },
    label: { en: 'Kaiming normal', zh: 'Kaiming 正态' },
  },
  kaimingNormalFanOut: {
    spec: { kind: 'kaimingNormal', nonlinearity: 'relu', mode: 'fanOut' },
    label: { en: 'Kaiming normal, fan out', zh: 'Kaiming 正态（fan out）' },
  },
  normal: { spec: { kind: 'normal', mean: 0, std: 0.01 }, label: { en: 'Normal, σ = 0.01', zh: '正态，σ = 0.01' } },
  zeros: { spec: { kind: 'zeros' }, label: { en: 'Zeros', zh: '全零' } },
  torch: { spec: { kind: 'torch' }, label: same('PyTorch') },
} as const satisfies Readonly<Record<string, { readonly spec: InitSpec; readonly label: Text }>>;

export type WeightInit = keyof typeof weightInits;
export const WEIGHT_INITS = Object.keys(weightInits) as readonly WeightInit[];

export const weightInitOptions: readonly { readonly value: WeightInit; readonly label: Text }[] = WEIGHT_INITS.map(
  (value) => ({ value, label: weightInits[value].label }),
);

/** The initializer of a weight of the given shape, by its name in a layer's config. */
export const weightInit = (kind: WeightInit, shape: readonly number[]): Initializer =>
  initializerOf(weightInits[kind].spec, shape);

/** Initializer of the bias for a weight of `weightShape`: uniform within 1 / √fanIn (PyTorch). */
const biasInit = (weightShape: readonly number[]): Initializer => initializerOf({ kind: 'torch' }, weightShape);

/** Draws `count` values. */
export function sample(init: Initializer, count: number, rng: Random): Float32Array {
  const data = new Float32Array(count);
  switch (init.kind) {
    case 'zeros':
      return data;
    case 'constant':
      return data.fill(init.value);
    case 'uniform': {
      const [center, half] = [(init.high + init.low) / 2, (init.high - init.low) / 2];
      for (let i = 0; i < count; i++) data[i] = center + (2 * rng.uniform() - 1) * half;
      return data;
    }
    case 'normal':
      for (let i = 0; i < count; i++) data[i] = init.mean + rng.normal() * init.std;
      return data;
    default:
      return init satisfies never;
  }
}

/** Parameters of a layer that multiplies by a weight, with or without one bias per output feature. */
export function weightAndBias(
  kind: WeightInit,
  shape: readonly number[],
  withBias: boolean,
  features = shape[0],
): Record<string, Param> {
  const weight: Param = { shape, init: weightInit(kind, shape), role: 'weight' };
  return withBias ? { weight, bias: { shape: [features], init: biasInit(shape), role: 'bias' } } : { weight };
}

import type { Random } from '../random/philox.ts';
import { same, type Text } from '../text.ts';
import type { Param } from './layer.ts';

/**
 * How a parameter starts. Fans are those of the weight: `fanIn = shape[1] · area`, `fanOut = shape[0] · area`, where
 * area is the product of the remaining axes.
 */
export type Initialiser =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'constant'; readonly value: number }
  /** In [-bound, bound). */
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'normal'; readonly std: number };

export const WEIGHT_INITS = ['xavierUniform', 'xavierNormal', 'kaimingUniform', 'kaimingNormal', 'torch'] as const;
export type WeightInit = (typeof WEIGHT_INITS)[number];

export const weightInitOptions: readonly { readonly value: WeightInit; readonly label: Text }[] = [
  { value: 'xavierUniform', label: { en: 'Xavier uniform', zh: 'Xavier 均匀' } },
  { value: 'xavierNormal', label: { en: 'Xavier normal', zh: 'Xavier 正态' } },
  { value: 'kaimingUniform', label: { en: 'Kaiming uniform', zh: 'Kaiming 均匀' } },
  { value: 'kaimingNormal', label: { en: 'Kaiming normal', zh: 'Kaiming 正态' } },
  { value: 'torch', label: same('PyTorch') },
];

function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [out = 1, into = 1, ...window] = shape;
  const area = window.reduce((a, b) => a * b, 1);
  return { fanIn: into * area, fanOut: out * area };
}

/**
 * The initialiser of a weight of the given shape. Xavier: Glorot and Bengio 2010, variance 2 / (fanIn + fanOut).
 * Kaiming: He et al. 2015, for ReLU, variance 2 / fanIn. `torch` is the default of PyTorch's Linear and Conv:
 * uniform within 1 / sqrt(fanIn).
 */
export function weightInit(kind: WeightInit, shape: readonly number[]): Initialiser {
  const { fanIn, fanOut } = fans(shape);
  switch (kind) {
    case 'xavierUniform':
      return { kind: 'uniform', bound: Math.sqrt(6 / (fanIn + fanOut)) };
    case 'xavierNormal':
      return { kind: 'normal', std: Math.sqrt(2 / (fanIn + fanOut)) };
    case 'kaimingUniform':
      return { kind: 'uniform', bound: Math.sqrt(6 / fanIn) };
    case 'kaimingNormal':
      return { kind: 'normal', std: Math.sqrt(2 / fanIn) };
    case 'torch':
      return { kind: 'uniform', bound: 1 / Math.sqrt(fanIn) };
    default:
      return kind satisfies never;
  }
}

/** The initialiser of the bias that goes with a weight of `weightShape`: PyTorch's, uniform within 1 / sqrt(fanIn). */
const biasInit = (weightShape: readonly number[]): Initialiser => ({
  kind: 'uniform',
  bound: 1 / Math.sqrt(fans(weightShape).fanIn),
});

/** Draws `count` numbers. */
export function sample(init: Initialiser, count: number, rng: Random): Float32Array {
  const data = new Float32Array(count);
  switch (init.kind) {
    case 'zeros':
      return data;
    case 'constant':
      return data.fill(init.value);
    case 'uniform':
      for (let i = 0; i < count; i++) data[i] = (2 * rng.uniform() - 1) * init.bound;
      return data;
    case 'normal':
      for (let i = 0; i < count; i++) data[i] = rng.normal() * init.std;
      return data;
    default:
      return init satisfies never;
  }
}

/** The parameters of a layer that multiplies by a weight: with a bias per output feature, or without. */
export function weightAndBias(
  kind: WeightInit,
  shape: readonly number[],
  withBias: boolean,
  features = shape[0],
): Record<string, Param> {
  const weight: Param = { shape, init: weightInit(kind, shape), role: 'weight' };
  return withBias ? { weight, bias: { shape: [features], init: biasInit(shape), role: 'bias' } } : { weight };
}

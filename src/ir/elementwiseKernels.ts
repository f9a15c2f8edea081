import { numberAttr } from './attrs.ts';
import { type Dense, fill, type Kernel, offsetOf, stridesOf } from './dense.ts';
import { broadcast, knownDims } from './shape.ts';

/** Strides of `x` broadcast to a larger rank: 0 along the broadcast axes. */
function repeating(x: Dense, rank: number): number[] {
  const strides = stridesOf(x.shape).map((stride, i) => (x.shape[i] === 1 ? 0 : stride));
  return [...Array<number>(rank - strides.length).fill(0), ...strides];
}

/** Applies `f` to the elements of all inputs at each index of their common broadcast shape. */
export function broadcasting(f: (...x: number[]) => number): Kernel {
  return (x) => {
    const inputs = x.filter((value) => value !== undefined);
    const shape = knownDims(
      inputs.map((value) => value.shape).reduce<readonly (number | string)[]>(broadcast, []),
      'a broadcast shape',
    );
    const strides = inputs.map((value) => repeating(value, shape.length));
    return [
      fill(shape, (index) =>
        f(...inputs.map((value, i) => value.data[offsetOf(index, strides[i] as number[])] as number)),
      ),
    ];
  };
}

/** `x` broadcast to `shape`. */
export function expandTo(x: Dense, shape: readonly number[]): Dense {
  const strides = repeating(x, shape.length);
  return fill(shape, (index) => x.data[offsetOf(index, strides)] as number);
}

const isFloat = (dtype: unknown): boolean => dtype === 'float32' || dtype === 'float64' || dtype === 'float16';

/** Integer division rounds towards zero. */
export const div: Kernel = (x, op) =>
  broadcasting(isFloat(op.outputs[0]?.dtype) ? (a, b) => a / b : (a, b) => Math.trunc(a / b))(x, op);

export const hardSigmoid: Kernel = (x, op) => {
  const [alpha, beta] = [numberAttr(op.attrs, 'alpha', 0.2), numberAttr(op.attrs, 'beta', 0.5)];
  return broadcasting((a) => Math.max(0, Math.min(1, alpha * a + beta)))(x, op);
};

export const cast: Kernel = (x, op) => {
  const { to } = op.attrs;
  if (to === 'bool') return broadcasting((a) => Number(a !== 0))(x, op);
  return broadcasting(isFloat(to) ? (a) => a : Math.trunc)(x, op);
};

/** f(x) above 0, otherwise g(x, alpha). */
const bent =
  (otherwise: number, below: (x: number, alpha: number) => number): Kernel =>
  (x, op) => {
    const alpha = numberAttr(op.attrs, 'alpha', otherwise);
    return broadcasting((a) => (a > 0 ? a : below(a, alpha)))(x, op);
  };

export const leakyRelu = bent(0.01, (x, alpha) => alpha * x);
export const elu = bent(1, (x, alpha) => alpha * Math.expm1(x));

export const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * 2/√π · e^(−x²) · Σ 2ⁿx²ⁿ⁺¹ / (1·3·…·(2n+1)). All terms have the same sign, so none cancel. Above 6, erf is 1 in
 * float64.
 */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = 0;
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

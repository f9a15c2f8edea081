import { numberAttr } from './attrs.ts';
import { type Dense, fill, input, type Kernel, offsetOf, pick, stridesOf } from './dense.ts';
import { expandTo } from './elementwiseKernels.ts';
import type { Op } from './program.ts';
import { broadcast, knownDims } from './shape.ts';

function swapLast(x: Dense): Dense {
  const rank = x.shape.length;
  const swap = <T>(list: readonly T[]): T[] => [...list.slice(0, -2), list[rank - 1] as T, list[rank - 2] as T];
  return pick(x, swap(x.shape), swap);
}

/** Matrix product a [.., M, K] · b [.., K, P] → [.., M, P]; leading axes are broadcast. */
function product(a: Dense, b: Dense): Dense {
  const batch = knownDims(broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), 'the batch of a MatMul');
  const [m, k] = a.shape.slice(-2) as [number, number];
  const p = b.shape.at(-1) as number;
  const left = expandTo(a, [...batch, m, k]);
  const right = expandTo(b, [...batch, k, p]);
  const [leftStrides, rightStrides] = [stridesOf(left.shape), stridesOf(right.shape)];
  return fill([...batch, m, p], (index) => {
    const [row, column] = index.slice(-2) as [number, number];
    const outer = index.slice(0, -2);
    let sum = 0;
    for (let i = 0; i < k; i++) {
      const x = left.data[offsetOf([...outer, row, i], leftStrides)] as number;
      sum += x * (right.data[offsetOf([...outer, i, column], rightStrides)] as number);
    }
    return sum;
  });
}

function transposedProduct(x: readonly (Dense | undefined)[], { attrs }: Op): Dense {
  const [a, b] = [input(x, 0), input(x, 1)];
  const alpha = numberAttr(attrs, 'alpha', 1);
  const { shape, data } = product(attrs.transA === 1 ? swapLast(a) : a, attrs.transB === 1 ? swapLast(b) : b);
  return { shape, data: data.map((value) => alpha * value) };
}

export const matMul: Kernel = (x) => [product(input(x, 0), input(x, 1))];

export const fusedMatMul: Kernel = (x, op) => [transposedProduct(x, op)];

export const gemm: Kernel = (x, op) => {
  const { shape, data } = transposedProduct(x, op);
  const beta = numberAttr(op.attrs, 'beta', 1);
  const c = x[2] === undefined ? undefined : expandTo(x[2], shape);
  return [{ shape, data: c === undefined ? data : data.map((value, i) => value + beta * (c.data[i] as number)) }];
};

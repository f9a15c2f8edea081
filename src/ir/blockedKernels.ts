import { numberAttr } from './attrs.ts';
import { type Dense, fill, input, type Kernel, offsetOf, stridesOf } from './dense.ts';
import { conv } from './windowKernels.ts';

/** Memory offset of each element of a blocked [N, C, H, W]. */
const inBlocks = ([, channels, height, width]: readonly number[], block: number) => {
  const strides = stridesOf([0, (channels as number) / block, height as number, width as number, block]);
  return ([n, c, y, x]: readonly number[]): number =>
    offsetOf([n, Math.floor((c as number) / block), y, x, (c as number) % block] as number[], strides);
};

/** Memory offset of each element of a kernel [F, C, kh, kw], for a blocked input or a plain input of fewer channels. */
const inFilterBlocks = ([, channels, kh, kw]: readonly number[], block: number) => {
  const inner = Math.min(channels as number, block);
  const strides = stridesOf([0, (channels as number) / inner, kh as number, kw as number, inner, block]);
  const plain = stridesOf([0, channels as number, kh as number, kw as number, block]);
  return ([f, c, y, x]: readonly number[]): number => {
    const [outer, lane] = [Math.floor((f as number) / block), (f as number) % block];
    if (inner < block) return offsetOf([outer, c, y, x, lane] as number[], plain);
    return offsetOf([outer, Math.floor((c as number) / inner), y, x, (c as number) % inner, lane] as number[], strides);
  };
};

type Layout = (shape: readonly number[], block: number) => (index: readonly number[]) => number;

/** Converts a blocked tensor to row-major order. */
const unblocked = ({ shape, data }: Dense, layout: Layout, block: number): Dense => {
  const at = layout(shape, block);
  return fill(shape, (index) => data[at(index)] as number);
};

const blocked = (x: Dense, block: number): Dense => {
  const at = inBlocks(x.shape, block);
  const y = fill(x.shape, () => 0);
  let flat = 0;
  fill(x.shape, (index) => {
    y.data[at(index)] = x.data[flat++] as number;
    return 0;
  });
  return y;
};

const blockOf = (attrs: Parameters<typeof numberAttr>[0]): number => numberAttr(attrs, 'block', 8);

export const blockedInput: Kernel = (inputs, { attrs }) => {
  const x = input(inputs, 0);
  const block = blockOf(attrs);
  const last = attrs.channels_last === 1;
  const [n, a, b, c] = x.shape as [number, number, number, number];
  const [channels, height, width] = last ? [c, a, b] : [a, b, c];
  const strides = stridesOf(x.shape);
  const whole = fill([n, Math.ceil(channels / block) * block, height, width], ([i, k, y, z]) =>
    (k as number) < channels
      ? (x.data[offsetOf((last ? [i, y, z, k] : [i, k, y, z]) as number[], strides)] as number)
      : 0,
  );
  return [blocked(whole, block)];
};

export const blockedOutput: Kernel = (inputs, { attrs }) => {
  const x = input(inputs, 0);
  const at = inBlocks(x.shape, blockOf(attrs));
  const channels = numberAttr(attrs, 'channels', 0);
  return [fill(x.shape.with(1, channels), (index) => x.data[at(index)] as number)];
};

export const blockedConv: Kernel = (inputs, op) => {
  const block = blockOf(op.attrs);
  const [x, w, , sum] = [input(inputs, 0), input(inputs, 1), inputs[2], inputs[3]];
  const plain = (x.shape[1] as number) < block ? x : unblocked(x, inBlocks, block);
  const [y] = conv([plain, unblocked(w, inFilterBlocks, block), inputs[2]], op) as [Dense];
  const result = blocked(y, block);
  return [
    sum === undefined ? result : { ...result, data: result.data.map((value, i) => value + (sum.data[i] as number)) },
  ];
};

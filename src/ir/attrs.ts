import type { Attrs } from './program.ts';

/** A numeric attribute of an op, or `otherwise` if the op does not have it. */
export const numberAttr = (attrs: Attrs, name: string, otherwise: number): number => {
  const value = attrs[name];
  return typeof value === 'number' ? value : otherwise;
};

export const numbersAttr = (attrs: Attrs, name: string): readonly number[] | undefined => {
  const value = attrs[name];
  return Array.isArray(value) ? value : undefined;
};

/** Geometry of a sliding window, from the attributes of Conv and the pooling ops. */
export function windowOf(attrs: Attrs, kernel: readonly number[]) {
  const rank = kernel.length;
  return {
    kernel,
    strides: numbersAttr(attrs, 'strides') ?? Array<number>(rank).fill(1),
    pads: numbersAttr(attrs, 'pads') ?? Array<number>(2 * rank).fill(0),
    dilations: numbersAttr(attrs, 'dilations') ?? Array<number>(rank).fill(1),
  };
}

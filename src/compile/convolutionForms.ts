import { transposedConvolution, weightGradientByColumns } from '../autodiff/convolution.ts';
import { numberAttr, windowOf } from '../ir/attrs.ts';
import type { Builder, Window } from '../ir/builder.ts';
import type { Op, Program, Value } from '../ir/program.ts';
import { rewrite } from '../ir/rewrite.ts';
import type { Target } from '../ir/target.ts';
import { BlockedForms } from './blockedForms.ts';

/** The properties that decide the fastest form of a convolution. */
interface Case {
  readonly n: number;
  /** Channels of the input and of the output of the layer. */
  readonly channels: number;
  readonly features: number;
  /** Number of elements of a kernel, and of positions of the output. */
  readonly cells: number;
  readonly places: number;
  readonly strided: boolean;
  readonly dilated: boolean;
  readonly block: number;
}

const whole = (size: number, block: number): boolean => size % block === 0;

/**
 * Cases in which the blocked form is at least as fast as the plain one, measured on two cores with AVX2
 * (docs/performance.md). 1×1 kernels are matrix products in either form. Few channels leave most of a block empty; they
 * are worth it in the forward pass, where they stay plain, and in weight gradients of large kernels.
 */
const BLOCKED = {
  forward: ({ channels, cells, block }) => cells > 1 && (whole(channels, block) || channels < block),
  inputGradient: ({ channels, features, cells, strided, dilated, block }) =>
    cells > 1 && !strided && !dilated && channels >= block && whole(features, block),
  weightGradient: ({ n, channels, cells, places, dilated, block }) =>
    cells > 1 && !dilated && whole(n, block) && (channels >= 4 || (cells >= 25 && places < 4096)),
} satisfies Record<string, (given: Case) => boolean>;

type Current = (value: Value) => Value;

const product = (sizes: readonly number[]): number => sizes.reduce((p, q) => p * q, 1);
const some = (steps: readonly number[]): boolean => steps.some((step) => step > 1);
const isSwap = (op: Op | undefined): op is Op => op?.op === 'Transpose' && String(op.attrs.perm) === '1,0,2,3';

/**
 * True for a convolution that may be replaced: one group, two axes, a known batch size, and weights that are not
 * constant.
 */
const isOpen = ({ op, inputs: [x, w], attrs }: Op): boolean =>
  (op === 'Conv' || op === 'ConvTranspose') &&
  numberAttr(attrs, 'group', 1) === 1 &&
  x?.shape.length === 4 &&
  typeof x.shape[0] === 'number' &&
  w?.tensor === undefined;

/** The program with its convolutions in the fastest forms for the target. */
export function withFastConvolutions(program: Program, target: Target): Program {
  const { block } = target;
  if (block === 0) return program;
  const forms = new BlockedForms(block);
  const producers = new Map<Value, Op>(program.ops.flatMap((op) => op.outputs.map((output) => [output, op] as const)));

  const caseOf = (n: number, sizes: readonly number[], window: Window, places: readonly number[]): Case => ({
    n,
    features: sizes[0],
    channels: sizes[1],
    cells: product(window.kernel),
    places: product(places),
    strided: some(window.strides),
    dilated: some(window.dilations),
    block,
  });

  const forward = (g: Builder, op: Op, current: Current): Value | null => {
    const [x, w, b] = op.inputs.map((input) => input && current(input)) as readonly Value[];
    if (isWeightGradient(op)) return null;
    const [features, channels, ...kernel] = g.sizes(w);
    const window = windowOf(op.attrs, kernel);
    const given = caseOf(g.size(x, 0), [features, channels], window, g.sizes(op.outputs[0]).slice(2));
    return BLOCKED.forward(given) ? forms.convolution(g, x, w, b ?? null, window) : null;
  };

  const inputGradient = (g: Builder, op: Op, current: Current): Value | null => {
    const [dy, w, b] = op.inputs.map((input) => input && current(input)) as readonly Value[];
    if (b !== undefined) return null;
    const [features, channels, ...kernel] = g.sizes(w);
    const window = windowOf(op.attrs, kernel);
    const given = caseOf(g.size(dy, 0), [features, channels], window, g.sizes(dy).slice(2));
    const fits = window.pads.every((pad, i) => pad < kernel[i % 2]);
    if (fits && BLOCKED.inputGradient(given)) return forms.inputGradient(g, dy, w, window);
    return transposedConvolution(g, g.sizes(op.outputs[0]).slice(2), w, dy, window, 1);
  };

  /** True for a convolution of x and dy, both with batch and channels exchanged. */
  const isWeightGradient = (conv: Op): boolean =>
    conv.op === 'Conv' && isOpen(conv) && conv.inputs.every((input) => isSwap(producers.get(input as Value)));

  /** Rewrites dW as emitted by autodiff: such a convolution, with batch and channels exchanged back. */
  const weightGradient = (g: Builder, op: Op, current: Current): Value | null => {
    const conv = isSwap(op) ? producers.get(op.inputs[0] as Value) : undefined;
    if (conv === undefined || !isWeightGradient(conv)) return null;
    const [images, errors] = conv.inputs.map((input) => current(producers.get(input as Value)?.inputs[0] as Value));
    const [features, channels, ...kernel] = g.sizes(op.outputs[0]);
    const turned = windowOf(conv.attrs, g.sizes(errors).slice(2));
    // In the gradient, strides and dilations of the layer are exchanged.
    const window: Window = { kernel, strides: turned.dilations, dilations: turned.strides, pads: turned.pads };
    const given = caseOf(g.size(images, 0), [features, channels], window, turned.kernel);
    if (!BLOCKED.weightGradient(given)) return weightGradientByColumns(g, images, errors, window, 1);
    return forms.weightGradient(g, images, errors, turned);
  };

  return rewrite(program, target, (g, op, current) => {
    if (op.op === 'Transpose') return weightGradient(g, op, current);
    if (!isOpen(op)) return null;
    return op.op === 'Conv' ? forward(g, op, current) : inputGradient(g, op, current);
  });
}

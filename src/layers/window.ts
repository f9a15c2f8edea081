import type { ConfigValue } from '../graph/document.ts';
import type { Window } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import type { Pair } from './config.ts';
import type { Explanation, LayerFix, Problem, Shape } from './layer.ts';
import { needsImage } from './problems.ts';

/** A window that slides over [C, H, W]. */
export interface WindowConfig {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: Pair | 'same';
  readonly dilation: Pair;
  /** Pools only: the last window may extend beyond the edge if it begins in the image or the padding before it (PyTorch). */
  readonly ceilMode?: boolean;
}

export const AXES = [
  { en: 'height', zh: '高' },
  { en: 'width', zh: '宽' },
] as const;

/**
 * Rows or columns added before and after an axis. `same` adds d·(k − 1) in total, an odd one after (PyTorch, and
 * SAME_UPPER of ONNX at stride 1).
 */
function padsOf({ kernelSize, padding, dilation }: WindowConfig, axis: 0 | 1): readonly [number, number] {
  if (padding !== 'same') return [padding[axis], padding[axis]];
  const total = dilation[axis] * (kernelSize[axis] - 1);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** [H, W] of a batch of images. */
export const imageSize = (x: Value): number[] => knownDims(x.shape.slice(2), `the size of “${x.name}”`);

/** The window in a program, over an image of [H, W]. Ceil mode becomes padding after the edge. */
export function toWindow(config: WindowConfig, size: readonly number[]): Window {
  const { kernelSize: kernel, stride: strides, dilation: dilations } = config;
  const [[top, bottom], [left, right]] = ([0, 1] as const).map((axis) => {
    const [before, after] = padsOf(config, axis);
    return [before, after + overhang(size[axis], config, axis)] as const;
  });
  return { kernel, strides, dilations, pads: [top, left, bottom, right] };
}

/** Size of a dilated window, from its first element to its last. */
const extentOf = ({ kernelSize, dilation }: WindowConfig, axis: 0 | 1): number =>
  dilation[axis] * (kernelSize[axis] - 1) + 1;

function outputSize(size: number, config: WindowConfig, axis: 0 | 1): number {
  const [before, after] = padsOf(config, axis);
  const stride = config.stride[axis];
  const room = size + before + after - extentOf(config, axis);
  if (!config.ceilMode) return Math.floor(room / stride) + 1;
  const last = Math.ceil(room / stride);
  return last * stride < size + before ? last + 1 : last;
}

/**
 * Padding on each side for which the output size of an axis is `wanted`, preferring centered windows; null if there is
 * none.
 */
export function paddingFor(size: number, wanted: number, config: WindowConfig, axis: 0 | 1): number | null {
  const extent = extentOf(config, axis);
  const centered = Math.floor((extent - 1) / 2);
  for (let off = 0; off <= extent; off++) {
    for (const cells of off === 0 ? [centered] : [centered + off, centered - off]) {
      const padded = { ...config, padding: [cells, cells] as const };
      if (cells >= 0 && outputSize(size, padded, axis) === wanted) return cells;
    }
  }
  return null;
}

/** Padding of a convolution for output sizes ⌈size/stride⌉, the meaning of “same” in TensorFlow. */
export function samePadding(sizes: readonly number[], config: WindowConfig): LayerFix {
  const wanted = sizes.map((size, i) => Math.ceil(size / config.stride[i]));
  const pads = ([0, 1] as const).map((axis) => paddingFor(sizes[axis], wanted[axis], config, axis));
  if (pads.every((cells) => cells !== null)) return { kind: 'setConfig', key: 'padding', value: pads };
  // With an even kernel, one side gets one more row or column.
  const total = ([0, 1] as const).map((axis) =>
    Math.max(0, (wanted[axis] - 1) * config.stride[axis] + extentOf(config, axis) - sizes[axis]),
  );
  const before = total.map((cells) => Math.floor(cells / 2));
  const after = total.map((cells, axis) => cells - before[axis]);
  return {
    kind: 'all',
    fixes: [
      { kind: 'insertBefore', port: 'x', layer: 'zeroPad2d', config: { before, after } },
      { kind: 'setConfig', key: 'padding', value: [0, 0] },
    ],
  };
}

/** Rows or columns beyond the padding that the last window covers in ceil mode. */
function overhang(size: number, config: WindowConfig, axis: 0 | 1): number {
  const [before, after] = padsOf(config, axis);
  const covered = (outputSize(size, config, axis) - 1) * config.stride[axis] + extentOf(config, axis);
  return Math.max(0, covered - size - before - after);
}

/** The calculation of the output size of one axis: (28 + 2·0 − 5)/1 + 1 = 24. */
export function windowSum(size: number, config: WindowConfig, axis: 0 | 1): string {
  const [before, after] = padsOf(config, axis);
  const kernel = config.kernelSize[axis];
  const dilation = config.dilation[axis];
  const stride = config.stride[axis];
  const pads = before === after ? `2·${before}` : `${before} + ${after}`;
  const extent = dilation === 1 ? `${kernel}` : `(${dilation}·(${kernel} − 1) + 1)`;
  const exact = (size + before + after - extentOf(config, axis)) % stride === 0;
  const [open, close] = exact ? ['', ''] : overhang(size, config, axis) > 0 ? ['⌈', '⌉'] : ['⌊', '⌋'];
  const result = `${outputSize(size, config, axis)}`.replace('-', '−');
  return `${open}(${size} + ${pads} − ${extent})/${stride}${close} + 1 = ${result}`;
}

interface Limits {
  /** A pool that does not fit may be removed as a fix; a convolution may not, because it has weights. */
  readonly pool: boolean;
  readonly maxPadding: (kernel: number) => number;
}

/** Shape rule of all layers that slide a window over [C, H, W]: the new [H, W], or the problems. */
export function windowShape(
  x: Shape,
  config: WindowConfig,
  limits: Limits,
): { readonly size: Pair } | { readonly problems: readonly Problem[] } {
  if (x.length !== 3) {
    return { problems: [needsImage(x)] };
  }
  const sizes = [x[1], x[2]] as const;
  const size: Pair = [outputSize(sizes[0], config, 0), outputSize(sizes[1], config, 1)];
  const failing = ([0, 1] as const).filter((axis) => size[axis] < 1);
  const axis = failing[0];
  if (axis === undefined) return { size };
  const sum = windowSum(sizes[axis], config, axis);
  return {
    problems: [
      {
        code: 'window-too-large',
        port: 'x',
        message: ({ self, from }) => ({
          en: `The window of ${self.en} does not fit the output of “${from('x')}”: output ${AXES[axis].en} is ${sum}, but must be at least 1. Use a smaller window or more padding.`,
          zh: `${self.zh}的窗口大于“${from('x')}”的输出：输出的${AXES[axis].zh}为 ${sum}，但不得小于 1。请减小窗口或增大填充。`,
        }),
        fixes: windowFixes(sizes, config, limits),
      },
    ],
  };
}

function windowFixes(sizes: Pair, config: WindowConfig, { pool, maxPadding }: Limits): LayerFix[] {
  const set = (key: string, value: ConfigValue): LayerFix => ({ kind: 'setConfig', key, value });
  const both = (value: (axis: 0 | 1) => number): Pair => [value(0), value(1)];
  const extent = (axis: 0 | 1) => extentOf(config, axis);
  const fixes: LayerFix[] = [];
  if (config.dilation.some((dilation) => dilation > 1)) fixes.push(set('dilation', [1, 1]));
  const padding = both((axis) => {
    const present = padsOf(config, axis)[0];
    if (extent(axis) <= sizes[axis]) return present;
    const wanted = Math.ceil(sizes[axis] / config.stride[axis]);
    return Math.max(present, paddingFor(sizes[axis], wanted, config, axis) ?? Math.floor(extent(axis) / 2));
  });
  const padded = ([0, 1] as const).every((axis) => padding[axis] <= maxPadding(config.kernelSize[axis]));
  const kernelSize = both((axis) => {
    const [before, after] = config.padding === 'same' ? [0, 0] : padsOf(config, axis);
    const room = Math.floor((sizes[axis] + before + after - 1) / config.dilation[axis]) + 1;
    return Math.min(config.kernelSize[axis], room);
  });
  const smaller = set('kernelSize', kernelSize);
  // An even kernel keeps the size only with one more row or column on one side.
  const uneven =
    !pool && config.stride.every((step) => step === 1) && config.kernelSize.some((cells) => cells % 2 === 0);
  const wider = uneven ? [set('padding', 'same')] : padded ? [set('padding', padding)] : [];
  if (!pool) return [...fixes, ...wider, smaller];
  // An input of size 1 cannot be pooled any further.
  const remove: LayerFix = { kind: 'remove' };
  return kernelSize.includes(1) ? [...fixes, remove] : [...fixes, smaller, ...wider, remove];
}

export function explainWindow(x: Shape, config: WindowConfig): readonly Explanation[] {
  return ([0, 1] as const).map((axis) => ({ label: AXES[axis], sum: windowSum(x[axis + 1], config, axis) }));
}

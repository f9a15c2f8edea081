import { nearestCells, scaleFor } from '../../ir/resize.ts';
import { tidy } from '../constant.ts';
import type { FoundLayer, Rule } from '../rule.ts';
import { axesOf, floatOf, intOf, intsOf, isWire, type Node, type Site, textOf } from '../site.ts';

/** Pads of all axes, before and after, and the constant that fills them; null for other modes or computed pads. */
export function constantPad(
  site: Site,
  node: Node,
): { readonly pads: readonly number[]; readonly value: number } | null {
  if (textOf(node, 'mode', 'constant') !== 'constant') return null;
  const rank = site.facts.get(node.inputs[0] as string)?.dims.length ?? 0;
  const [, padsName, valueName = '', axesName = ''] = node.inputs;
  const given = intsOf(node, 'pads') ?? site.numbers(padsName);
  const value = valueName === '' ? floatOf(node, 'value', 0) : site.scalar(valueName);
  if (given === null || value === undefined) return null;
  if (axesName === '') return given.length === 2 * rank ? { pads: given, value } : null;
  const axes = site.numbers(axesName);
  if (axes === null || given.length !== 2 * axes.length) return null;
  const pads = new Array<number>(2 * rank).fill(0);
  for (const [i, axis] of axes.entries()) {
    const at = axis < 0 ? axis + rank : axis;
    pads[at] = given[i] as number;
    pads[at + rank] = given[i + axes.length] as number;
  }
  return { pads, value };
}

const zeroPad: Rule = (site, node) => {
  const pad = constantPad(site, node);
  const [x] = node.inputs as [string];
  if (pad === null || pad.value !== 0 || site.shape(x)?.length !== 3) return null;
  const [n, c, top, left, n2, c2, bottom, right] = pad.pads as number[];
  if ([n, c, n2, c2].some((cells) => cells !== 0)) return null;
  return {
    layer: 'zeroPad2d',
    config: { before: [top as number, left as number], after: [bottom as number, right as number] },
    inputs: [x],
  };
};

/** The layer that turns one shape into another without moving numbers: none, Flatten or Reshape. */
export function reshaping(x: string, from: readonly number[], to: readonly number[]): FoundLayer | null {
  if (to.length === 0) return null;
  const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  if (count(from) !== count(to)) return null;
  const axis = to.length - 1;
  const flattens = from.length > to.length && to.slice(0, axis).every((size, i) => size === from[i]);
  if (flattens) return { layer: 'flatten', config: { axis }, inputs: [x] };
  return { layer: 'reshape', config: { shape: to }, inputs: [x] };
}

/** Numbers stay in order: only the observed shapes count, however the target shape was computed. */
const reshape: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  const [from, to] = [site.shape(x), site.shape(node.outputs[0])];
  return from === undefined || to === undefined ? null : reshaping(x, from, to);
};

/** A transpose that moves only axes of size 1 leaves the numbers in order. */
const transpose: Rule = (site, node) => {
  const fact = site.facts.get(node.inputs[0] as string);
  if (fact === undefined) return null;
  const order = intsOf(node, 'perm') ?? fact.dims.map((_, i) => fact.dims.length - 1 - i);
  const moved = order.filter((axis) => axis === 0 || fact.dims[axis] !== 1);
  return moved.every((axis, i) => i === 0 || axis > (moved[i - 1] as number)) ? reshape(site, node) : null;
};

const concat: Rule = (site, node) => {
  const rank = site.facts.get(node.outputs[0] as string)?.dims.length ?? 0;
  const given = intOf(node, 'axis', 0);
  const axis = given < 0 ? given + rank : given;
  if (axis < 1 || node.inputs.some((input) => site.shape(input) === undefined)) return null;
  return { layer: 'concat', config: { count: node.inputs.length, axis: axis - 1 }, inputs: node.inputs };
};

const merge =
  (layer: 'add' | 'mul'): Rule =>
  (site, node) => {
    const ranks = new Set(node.inputs.map((input) => site.shape(input)?.length));
    if (ranks.size !== 1 || ranks.has(undefined)) return null;
    return { layer, config: { count: node.inputs.length }, inputs: node.inputs };
  };

/** Mean over all positions of an image, or over all but the channels. */
const reduceMean: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  const shape = site.shape(x);
  const axes = axesOf(site, node)?.map((axis) => (axis < 0 ? axis + (shape?.length ?? 0) + 1 : axis));
  if (shape?.length !== 3 || axes?.toSorted().join() !== '2,3') return null;
  const keep = intOf(node, 'keepdims', 1) === 1;
  return {
    layer: 'globalAvgPool2d',
    config: {},
    inputs: [x],
    ...(!keep && { behind: [{ layer: 'flatten', config: {} }] }),
  };
};

const dropout: Rule = (site, node) => {
  const [x, ratio = '', training = ''] = node.inputs;
  if (node.outputs.length > 1 && site.users(node.outputs[1] as string).length > 0) return null;
  // In training mode the op is random.
  if (training !== '' && site.scalar(training) !== 0) return null;
  const p = ratio === '' ? floatOf(node, 'ratio', 0.5) : site.scalar(ratio);
  return p === undefined ? null : { layer: 'dropout', config: { p: tidy(p) }, inputs: [x as string] };
};

/** Scale factors of an image, from the constant of the node. */
function factorsOf(site: Site, node: Node): readonly [number, number] | null {
  const value = node.op === 'Upsample' ? node.inputs[1] : (node.inputs[2] ?? '');
  const attribute = node.proto.attribute.find(({ name }) => name === 'scales')?.floats;
  const numbers = attribute !== undefined && attribute.length > 0 ? attribute : site.numbers(value);
  if (numbers?.length !== 4 || numbers[0] !== 1 || numbers[1] !== 1) return null;
  return [tidy(numbers[2] as number), tidy(numbers[3] as number)];
}

const resize: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  const [from, to] = [site.shape(x), site.shape(node.outputs[0])];
  if (from?.length !== 3 || to?.length !== 3 || from[0] !== to[0]) return null;
  const mode = textOf(node, 'mode', 'nearest');
  // Upsample, and Resize of opset 10, have no other coordinates.
  const early = node.op === 'Upsample' || site.opset < 11;
  const coordinates = early ? 'asymmetric' : textOf(node, 'coordinate_transformation_mode', 'half_pixel');
  if (textOf(node, 'keep_aspect_ratio_policy', 'stretch') !== 'stretch' || intOf(node, 'antialias', 0) !== 0)
    return null;
  const factors = factorsOf(site, node);
  const sizes = [1, 2].map((i) => [from[i] as number, to[i] as number] as const);
  const bySize = { by: 'size', size: to.slice(1) };
  // Factors that a person would write; others stand for a size.
  const isRound = factors?.every((factor) => Number.isInteger(factor * 1000)) ?? false;
  const byScale =
    factors === null || !isRound
      ? bySize
      : { by: 'scale', scale: factors[0] === factors[1] ? [factors[0]] : [...factors] };
  const isGiven =
    factors === null || sizes.every(([cells, wanted], i) => Math.floor(cells * (factors[i] as number)) === wanted);
  if (!isGiven) return null;
  if (mode === 'nearest') {
    const rounding = early ? 'floor' : textOf(node, 'nearest_mode', 'round_prefer_floor');
    const read = ([cells, wanted]: readonly [number, number], axis: number): string => {
      const scale = factors?.[axis] ?? wanted / cells;
      const exact = Math.fround(scaleFor(cells, wanted, scale));
      return Array.from({ length: wanted }, (_, i) => nearestCell(i, cells, exact, coordinates, rounding)).join();
    };
    const reads = ([cells, wanted]: readonly [number, number], factor: number | undefined): string =>
      nearestCells(cells, wanted, factor).join();
    if (!sizes.every((size, axis) => read(size, axis) === reads(size, isRound ? factors?.[axis] : undefined)))
      return null;
    return { layer: 'upsample', config: { mode: 'nearest', ...byScale }, inputs: [x] };
  }
  if (!['linear', 'bilinear'].includes(mode)) return null;
  const alignCorners = coordinates === 'align_corners';
  // The two differ only where the output has a single row or column.
  const halves =
    coordinates === 'half_pixel' || (coordinates === 'pytorch_half_pixel' && to.slice(1).every((cells) => cells > 1));
  if (!alignCorners && !halves) return null;
  return { layer: 'upsample', config: { mode: 'bilinear', alignCorners, ...byScale }, inputs: [x] };
};

/** The element that the nearest mode of Resize reads. */
function nearestCell(i: number, cells: number, scale: number, coordinates: string, rounding: string): number {
  const at = coordinates === 'asymmetric' ? i / scale : (i + 0.5) / scale - 0.5;
  const half = at - Math.floor(at) === 0.5;
  const rounded: Readonly<Record<string, number>> = {
    floor: Math.floor(at),
    ceil: Math.ceil(at),
    round_prefer_floor: half ? Math.floor(at) : Math.round(at),
    round_prefer_ceil: half ? Math.ceil(at) : Math.round(at),
  };
  if (!['asymmetric', 'half_pixel', 'pytorch_half_pixel'].includes(coordinates)) return Number.NaN;
  return Math.max(0, Math.min(cells - 1, rounded[rounding] ?? Number.NaN));
}

/** Rows and columns read by index, as this program exports factors that are no whole numbers. */
const gather: Rule = (site, node) => {
  const rows = site.producer(node.inputs[0], 'Gather');
  if (rows === undefined || intOf(node, 'axis', 0) !== 3 || intOf(rows, 'axis', 0) !== 2) return null;
  const x = rows.inputs[0] as string;
  const [from, to] = [site.shape(x), site.shape(node.outputs[0])];
  if (from?.length !== 3 || to?.length !== 3) return null;
  const reads = [rows, node].map((each) => site.numbers(each.inputs[1])?.join());
  const size = to.slice(1);
  const cells = [0, 1].map((i) => nearestCells(from[i + 1] as number, size[i] as number, undefined).join());
  if (reads.join(';') !== cells.join(';')) return null;
  return { layer: 'upsample', config: { mode: 'nearest', by: 'size', size }, inputs: [x], inside: [rows] };
};

/** Softmax along an axis. Before opset 13 it was over all axes from `axis` on. */
const alongAxis =
  (layer: 'softmax' | 'logSoftmax'): Rule =>
  (site, node) => {
    const [x] = node.inputs as [string];
    const shape = site.shape(x);
    if (shape === undefined) return null;
    const early = site.opset < 13;
    const given = intOf(node, 'axis', early ? 1 : -1);
    const axis = (given < 0 ? given + shape.length + 1 : given) - 1;
    if (axis < 0 || (early && shape.slice(axis + 1).some((size) => size !== 1))) return null;
    const isLast = axis === shape.length - 1;
    return { layer, config: { axis: isLast && shape.length > 1 ? -1 : axis }, inputs: [x] };
  };

/** Ops that may change nothing. */
const unchanged: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  const [from, to] = [site.facts.get(x), site.facts.get(node.outputs[0] as string)];
  const isEqual = from?.dtype === to?.dtype && from?.dims.join() === to?.dims.join();
  return isEqual && isWire(from) ? { layer: 'identity', config: {}, inputs: [x] } : null;
};

export const shapeRules = {
  Pad: [zeroPad],
  Reshape: [reshape],
  Flatten: [reshape],
  Squeeze: [reshape],
  Unsqueeze: [reshape],
  Transpose: [transpose],
  Expand: [unchanged],
  Tile: [unchanged],
  Cast: [unchanged],
  Concat: [concat],
  Add: [merge('add')],
  Sum: [merge('add')],
  Mul: [merge('mul')],
  ReduceMean: [reduceMean],
  Dropout: [dropout],
  Resize: [resize],
  Upsample: [resize],
  Gather: [gather],
  Softmax: [alongAxis('softmax')],
  LogSoftmax: [alongAxis('logSoftmax')],
} as const;

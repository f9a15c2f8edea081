import type { Config } from '../../graph/document.ts';
import type { Constant } from '../../onnx/tensors.ts';
import { tidy } from '../constant.ts';
import type { FoundLayer, Rule } from '../rule.ts';
import { axesOf, floatOf, intOf, type Node, type Site } from '../site.ts';
import { perChannel } from './perChannel.ts';

const filled = (count: number, value: number): Constant => ({
  dtype: 'float32',
  dims: [count],
  data: new Float32Array(count).fill(value),
});

const isAll = (constant: Constant, value: number): boolean =>
  (constant.data as Float32Array).every((each) => each === value);

/** Parameters of a file have names of their own; a scale of ones without one was filled in by an exporter. */
const PARAMETER = /(weight|bias|gamma|beta|scale|shift|offset)/i;

const batchNorm: Rule = (site, node) => {
  const [x, ...names] = node.inputs as [string, ...string[]];
  const shape = site.shape(x);
  const found = names.slice(0, 4).map((name) => site.constant(name));
  const used = node.outputs.slice(1).filter((output) => output !== '');
  if (
    shape === undefined ||
    used.length > 0 ||
    intOf(node, 'training_mode', 0) !== 0 ||
    intOf(node, 'spatial', 1) !== 1
  ) {
    return null;
  }
  if (found.length < 4 || found.some((each) => each?.dtype !== 'float32')) return null;
  const [weight, bias, running_mean, running_var] = found as Constant[] as [Constant, Constant, Constant, Constant];
  const plain = isAll(weight, 1) && isAll(bias, 0) && !names.slice(0, 2).some((name) => PARAMETER.test(name));
  return {
    layer: shape.length === 3 ? 'batchNorm2d' : 'batchNorm1d',
    config: {
      eps: tidy(floatOf(node, 'epsilon', 1e-5)),
      momentum: tidy(Number((1 - floatOf(node, 'momentum', 0.9)).toFixed(6))),
      affine: !plain,
    },
    inputs: [x],
    weights: { running_mean, running_var, ...(!plain && { weight, bias }) },
    named: names[plain ? 2 : 0] as string,
  };
};

/** A step x → x·scale + shift with constants per channel. */
interface Affine {
  readonly x: string;
  readonly scale: Float32Array | null;
  readonly shift: Float32Array | null;
}

function affineAt(site: Site, node: Node, channels: number, rank: number): Affine | null {
  const [a, b] = node.inputs as [string, string];
  const right = perChannel(site, b, channels, rank)?.data as Float32Array | undefined;
  const left = perChannel(site, a, channels, rank)?.data as Float32Array | undefined;
  const given = right ?? left;
  if (given === undefined) return null;
  const x = right === undefined ? b : a;
  if (node.op === 'Add') return { x, scale: null, shift: given };
  if (node.op === 'Mul') return { x, scale: given, shift: null };
  if (right === undefined) return null;
  if (node.op === 'Sub') return { x, scale: null, shift: given.map((value) => -value) };
  return node.op === 'Div' ? { x, scale: given.map((value) => 1 / value), shift: null } : null;
}

/**
 * Batch normalization as arithmetic: constants per channel that are subtracted, divided by, multiplied with and added. The result
 * is its scale and shift, with running statistics of 0 and 1.
 */
const unfoldedBatchNorm: Rule = (site, node) => {
  const shape = site.shape(node.outputs[0]);
  const channels = shape?.[0];
  if (shape === undefined || channels === undefined || (shape.length !== 3 && shape.length !== 1)) return null;
  const steps: Affine[] = [];
  const nodes: Node[] = [];
  for (let at: Node | undefined = node; at !== undefined; ) {
    const step = affineAt(site, at, channels, shape.length + 1);
    if (step === null || site.shape(step.x)?.join() !== shape.join()) break;
    steps.unshift(step);
    nodes.push(at);
    at = site.producer(step.x, 'Add', 'Sub', 'Mul', 'Div');
    if (at !== undefined && (site.users(step.x).length > 1 || site.results.has(step.x))) break;
  }
  const kinds = steps.map(({ scale }) => (scale === null ? 'shift' : 'scale'));
  // One step alone is no normalization, nor are numbers that are equal for all channels.
  if (!kinds.includes('scale') || !kinds.includes('shift') || kinds.at(-1) !== 'shift') return null;
  const first = steps[0] as Affine;
  const [scale, shift] = [new Float64Array(channels).fill(1), new Float64Array(channels)];
  for (const step of steps) {
    for (let c = 0; c < channels; c++) {
      const factor = step.scale?.[c] ?? 1;
      scale[c] = (scale[c] as number) * factor;
      shift[c] = (shift[c] as number) * factor + (step.shift?.[c] ?? 0);
    }
  }
  if (channels > 1 && [scale, shift].every((values) => values.every((value) => value === values[0]))) return null;
  const eps = 1e-5;
  const vector = (values: Float64Array): Constant => ({
    dtype: 'float32',
    dims: [channels],
    data: Float32Array.from(values),
  });
  return {
    layer: shape.length === 3 ? 'batchNorm2d' : 'batchNorm1d',
    config: { eps },
    inputs: [first.x],
    weights: {
      weight: vector(scale),
      bias: vector(shift),
      running_mean: filled(channels, 0),
      running_var: filled(channels, 1 - eps),
    },
    inside: nodes.filter((each) => each !== node),
  };
};

/** (x − mean) / √(variance + ε) over the last `count` axes. */
interface Core {
  readonly x: string;
  readonly count: number;
  readonly eps: number;
  readonly nodes: readonly Node[];
}

/** The axes of a mean that is kept as axes of size 1, if they are the last ones: their number. */
function lastAxes(site: Site, node: Node): number | null {
  const rank = site.facts.get(node.inputs[0] as string)?.dims.length ?? 0;
  if (intOf(node, 'keepdims', 1) !== 1) return null;
  const axes = axesOf(site, node)?.map((axis) => (axis < 0 ? axis + rank : axis));
  if (axes === undefined || axes.length === 0 || axes.length >= rank) return null;
  return axes.every((axis) => axis >= rank - axes.length) ? axes.length : null;
}

/** x − mean(x), or null. */
function centered(
  site: Site,
  value: string | undefined,
  count?: number,
): { x: string; count: number; nodes: readonly Node[] } | null {
  const sub = site.producer(value, 'Sub');
  const mean = site.producer(sub?.inputs[1], 'ReduceMean');
  if (sub === undefined || mean === undefined || mean.inputs[0] !== sub.inputs[0]) return null;
  const axes = lastAxes(site, mean);
  if (axes === null || (count !== undefined && axes !== count)) return null;
  return { x: sub.inputs[0] as string, count: axes, nodes: [sub, mean] };
}

/** c², as a product or a power. */
function isSquare(site: Site, node: Node | undefined, of: string): boolean {
  if (node?.op === 'Mul') return node.inputs.every((input) => input === of);
  return node?.op === 'Pow' && node.inputs[0] === of && site.scalar(node.inputs[1]) === 2;
}

/** Without the mean that was subtracted before, which changes nothing. */
function beforeCentering(site: Site, core: Core): Core {
  const again = centered(site, core.x, core.count);
  return again === null ? core : { ...core, x: again.x, nodes: [...core.nodes, ...again.nodes] };
}

/** The normalization written as arithmetic. */
function dividedCore(site: Site, value: string | undefined): Core | null {
  const ones = site.producer(value, 'Mul');
  const filledIn = ones?.inputs.findIndex((input) => site.floats(input)?.every((each) => each === 1) === true) ?? -1;
  if (ones !== undefined && filledIn >= 0) {
    const core = dividedCore(site, ones.inputs[1 - filledIn]);
    return core === null ? null : { ...core, nodes: [ones, ...core.nodes] };
  }
  const div = site.producer(value, 'Div');
  const c = div?.inputs[0];
  const middle = centered(site, c);
  if (div === undefined || c === undefined || middle === null) return null;
  const root = site.producer(div.inputs[1], 'Sqrt');
  const sum = site.producer(root?.inputs[0], 'Add');
  if (root === undefined || sum === undefined) return null;
  const at = sum.inputs.findIndex((input) => site.scalar(input) !== undefined);
  const mean = site.producer(sum.inputs[1 - at], 'ReduceMean');
  const eps = site.scalar(sum.inputs[at]);
  const square = site.producer(mean?.inputs[0]);
  if (at < 0 || mean === undefined || eps === undefined || lastAxes(site, mean) !== middle.count) return null;
  if (square === undefined || !isSquare(site, square, c)) return null;
  const nodes = [div, root, sum, mean, square, ...middle.nodes];
  return beforeCentering(site, { x: middle.x, count: middle.count, eps: tidy(eps), nodes });
}

/** An op that normalizes, with its own scale and bias. */
function opCore(
  site: Site,
  value: string | undefined,
): (Core & { readonly scale: string; readonly bias: string }) | null {
  const node = site.producer(value, 'LayerNormalization');
  if (node === undefined || node.outputs.slice(1).some((output) => output !== '')) return null;
  const [x, scale, bias = ''] = node.inputs as [string, string, string];
  const rank = site.facts.get(x)?.dims.length ?? 0;
  const axis = intOf(node, 'axis', -1);
  const count = axis < 0 ? -axis : rank - axis;
  const core = beforeCentering(site, { x, count, eps: tidy(floatOf(node, 'epsilon', 1e-5)), nodes: [node] });
  return { ...core, scale, bias };
}

/** Scale and shift of the last axes, as the parameters of LayerNorm. */
function lastParameters(site: Site, names: readonly [string, string], shape: readonly number[]) {
  const [weight, bias] = names.map((name) => (name === '' ? undefined : site.constant(name)));
  const fits = (constant: Constant | undefined): constant is Constant =>
    constant?.dtype === 'float32' &&
    constant.dims.length >= shape.length &&
    constant.dims.slice(-shape.length).join() === shape.join() &&
    constant.data.length === shape.reduce((a, b) => a * b, 1);
  if (!fits(weight)) return null;
  if (names[1] !== '' && !fits(bias)) return null;
  const zeros = { ...filled(weight.data.length, 0), dims: shape };
  return { weight: { ...weight, dims: shape }, bias: bias === undefined ? zeros : { ...bias, dims: shape } };
}

function layerNormOf(site: Site, core: Core, names: readonly [string, string] | null, root: Node): FoundLayer | null {
  const shape = site.shape(core.x);
  if (shape === undefined || core.count > shape.length || core.count < 1) return null;
  const config: Config = { axes: core.count === shape.length ? 0 : core.count, eps: core.eps };
  const inside = core.nodes.filter((node) => node !== root);
  const plain: FoundLayer = { layer: 'layerNorm', config: { ...config, affine: false }, inputs: [core.x], inside };
  if (names === null) return plain;
  const weights = lastParameters(site, names, shape.slice(-core.count));
  if (weights === null) return null;
  const unnamed = isAll(weights.weight, 1) && isAll(weights.bias, 0) && !PARAMETER.test(names[0]);
  if (unnamed) return plain;
  return {
    layer: 'layerNorm',
    config: { ...config, affine: true },
    inputs: [core.x],
    weights,
    named: names[0],
    inside,
  };
}

const layerNorm: Rule = (site, node) => {
  const own = opCore(site, node.outputs[0]);
  if (own !== null) return layerNormOf(site, own, [own.scale, own.bias], node);
  const scaled = scaleAndShift(site, node);
  const core = dividedCore(site, scaled?.x ?? node.outputs[0]);
  if (core === null) return null;
  const found = layerNormOf(site, core, scaled === null ? null : [scaled.scale, scaled.shift], node);
  if (found === null || scaled === null) return found;
  return { ...found, inside: [...(found.inside ?? []), ...scaled.nodes] };
};

/** y·scale + shift with constants, ending in `node`: their names, and the node of the product. The shift may be missing. */
function scaleAndShift(
  site: Site,
  node: Node,
): { x: string; scale: string; shift: string; nodes: readonly Node[] } | null {
  const split = (at: Node): { readonly value: string; readonly constant: string } | null => {
    const index = at.inputs.findIndex((input) => site.constant(input) !== undefined);
    return index < 0 || at.inputs.length !== 2
      ? null
      : { value: at.inputs[1 - index] as string, constant: at.inputs[index] as string };
  };
  const added = node.op === 'Add' ? split(node) : null;
  const product = node.op === 'Mul' ? node : site.producer(added?.value, 'Mul');
  const scaled = product === undefined ? null : split(product);
  if (product === undefined || scaled === null || (node.op === 'Add' && added === null)) return null;
  return {
    x: scaled.value,
    scale: scaled.constant,
    shift: added?.constant ?? '',
    nodes: product === node ? [] : [product],
  };
}

/** x [N, C, …] → [N, groups, …] → normalized → [N, C, …]. */
function groupCore(
  site: Site,
  value: string | undefined,
): { x: string; groups: number; eps: number; nodes: readonly Node[] } | null {
  const back = site.producer(value, 'Reshape');
  const normal = site.producer(back?.inputs[0]);
  if (back === undefined || normal === undefined) return null;
  const instance = normal.op === 'InstanceNormalization' ? normal : undefined;
  const op = opCore(site, back.inputs[0]);
  const core = instance === undefined ? (op ?? dividedCore(site, back.inputs[0])) : null;
  const names = instance === undefined ? [op?.scale ?? '', op?.bias ?? ''] : instance.inputs.slice(1, 3);
  const [ones, zeros] = names.map((name) => (name === '' ? undefined : site.constant(name)));
  if ((names[0] ?? '') !== '' && (ones === undefined || !isAll(ones, 1))) return null;
  if ((names[1] ?? '') !== '' && (zeros === undefined || !isAll(zeros, 0))) return null;
  const grouped = instance?.inputs[0] ?? core?.x;
  const into = site.producer(grouped, 'Reshape');
  const shape = site.shape(grouped);
  const x = into?.inputs[0];
  if (into === undefined || x === undefined || shape === undefined || shape.length < 2) return null;
  if (site.shape(x)?.join() !== site.shape(value)?.join()) return null;
  if (core !== null && core.count !== shape.length - 1) return null;
  const eps = instance === undefined ? (core?.eps as number) : tidy(floatOf(instance, 'epsilon', 1e-5));
  const nodes = [back, into, ...(instance === undefined ? (core?.nodes ?? []) : [instance])];
  return { x, groups: shape[0] as number, eps, nodes };
}

const groupNorm: Rule = (site, node) => {
  const scaled = scaleAndShift(site, node);
  if (scaled?.shift === '') return null;
  const core = groupCore(site, scaled?.x ?? node.outputs[0]);
  const shape = core === null ? undefined : site.shape(core.x);
  if (core === null || shape === undefined) return null;
  const config = { groups: core.groups, eps: core.eps };
  const inside = core.nodes.filter((each) => each !== node);
  if (scaled === null) return { layer: 'groupNorm', config: { ...config, affine: false }, inputs: [core.x], inside };
  const rank = shape.length + 1;
  const [weight, bias] = [scaled.scale, scaled.shift].map((name) => perChannel(site, name, shape[0] as number, rank));
  if (!weight || !bias) return null;
  return {
    layer: 'groupNorm',
    config: { ...config, affine: true },
    inputs: [core.x],
    weights: { weight, bias },
    named: scaled.scale,
    inside: [...inside, ...scaled.nodes],
  };
};

/** InstanceNormalization and GroupNormalization with their own scale and bias. */
const groupNormOp: Rule = (site, node) => {
  const [x, scaleName, biasName] = node.inputs as [string, string, string];
  const channels = site.shape(x)?.[0];
  if (channels === undefined || site.shape(x)?.length === 1) return null;
  const groups = node.op === 'InstanceNormalization' ? channels : intOf(node, 'num_groups', 1);
  const [scale, bias] = [site.constant(scaleName), site.constant(biasName)];
  if (scale?.dtype !== 'float32' || bias?.dtype !== 'float32') return null;
  // Before opset 21, the op had one number per group.
  const perOne = (constant: Constant): Constant => {
    const each = channels / constant.data.length;
    const data = Float32Array.from({ length: channels }, (_, c) => constant.data[Math.floor(c / each)] as number);
    return { dtype: 'float32', dims: [channels], data };
  };
  const plain = isAll(scale, 1) && isAll(bias, 0) && !PARAMETER.test(scaleName);
  return {
    layer: 'groupNorm',
    config: { groups, eps: tidy(floatOf(node, 'epsilon', 1e-5)), affine: !plain },
    inputs: [x],
    ...(!plain && { weights: { weight: perOne(scale), bias: perOne(bias) } }),
    named: scaleName,
  };
};

const localResponse: Rule = (site, node) => {
  const size = intOf(node, 'size', 1);
  const [x] = node.inputs as [string];
  if (size % 2 === 0 || site.shape(x)?.length !== 3) return null;
  const settings = {
    alpha: floatOf(node, 'alpha', 1e-4),
    beta: floatOf(node, 'beta', 0.75),
    k: floatOf(node, 'bias', 1),
  };
  const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, tidy(value)]));
  return { layer: 'localResponseNorm', config: { size, ...config }, inputs: [x] };
};

export const normalizationRules = {
  BatchNormalization: [batchNorm],
  Add: [groupNorm, layerNorm, unfoldedBatchNorm],
  Sub: [unfoldedBatchNorm],
  Div: [layerNorm],
  Mul: [layerNorm],
  LayerNormalization: [layerNorm],
  Reshape: [groupNorm],
  InstanceNormalization: [groupNormOp],
  GroupNormalization: [groupNormOp],
  LRN: [localResponse],
} as const;

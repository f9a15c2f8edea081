import type { Config } from '../../graph/document.ts';
import { tidy } from '../constant.ts';
import type { Rule } from '../rule.ts';
import { floatOf, intOf, type Node, type Site, textOf } from '../site.ts';

type Scalar = (x: number) => number;

/** Error function, to 1e-15: the series near 0, the continued fraction of its complement elsewhere. */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 2.5) {
    let [term, sum] = [a, a];
    for (let n = 1; n < 80; n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (a + fraction) / Math.sqrt(Math.PI));
}

const sigmoid: Scalar = (x) => 1 / (1 + Math.exp(-x));
const softplus: Scalar = (x) => (x > 30 ? x : Math.log1p(Math.exp(x)));

/** Ops of one number, by their attributes. */
const unary: Readonly<Record<string, (node: Node) => Scalar>> = {
  Abs: () => Math.abs,
  Neg: () => (x) => -x,
  Exp: () => Math.exp,
  Log: () => Math.log,
  Sqrt: () => Math.sqrt,
  Reciprocal: () => (x) => 1 / x,
  Erf: () => erf,
  Tanh: () => Math.tanh,
  Sigmoid: () => sigmoid,
  Relu: () => (x) => Math.max(0, x),
  Softplus: () => softplus,
  Softsign: () => (x) => x / (1 + Math.abs(x)),
  LeakyRelu: (node) => (x) => (x < 0 ? floatOf(node, 'alpha', 0.01) * x : x),
  Elu: (node) => (x) => (x < 0 ? floatOf(node, 'alpha', 1) * Math.expm1(x) : x),
  HardSigmoid: (node) => (x) => Math.max(0, Math.min(1, floatOf(node, 'alpha', 0.2) * x + floatOf(node, 'beta', 0.5))),
  HardSwish: () => (x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)),
  Gelu: (node) => (x) => (textOf(node, 'approximate', 'none') === 'tanh' ? geluTanh(x) : geluExact(x)),
  'com.microsoft.Gelu': () => (x) => geluExact(x),
  'com.microsoft.FastGelu': () => (x) => geluTanh(x),
  'com.microsoft.QuickGelu': (node) => (x) => x * sigmoid(floatOf(node, 'alpha', 1.702) * x),
  Not: () => (x) => (x === 0 ? 1 : 0),
  Identity: () => (x) => x,
};

const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Max: Math.max,
  Min: Math.min,
  Greater: (a, b) => Number(a > b),
  GreaterOrEqual: (a, b) => Number(a >= b),
  Less: (a, b) => Number(a < b),
  LessOrEqual: (a, b) => Number(a <= b),
};

const geluExact: Scalar = (x) => (x / 2) * (1 + erf(x / Math.SQRT2));
const geluTanh: Scalar = (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** The function of a node of its inputs; null if it is not element by element. */
function applied(site: Site, node: Node): ((args: readonly number[]) => number) | null {
  if (unary[node.op] !== undefined && node.inputs.length === 1) {
    const of = (unary[node.op] as (node: Node) => Scalar)(node);
    return ([x = 0]) => of(x);
  }
  const two = binary[node.op];
  if (two !== undefined) return (args) => args.reduce((a, b) => two(a, b));
  if (node.op === 'Where') return ([condition = 0, a = 0, b = 0]) => (condition !== 0 ? a : b);
  // Numbers stay numbers: of the casts, only those to and from truth values are met here.
  if (node.op === 'Cast') return ([x = 0]) => x;
  if (node.op === 'Clip') {
    const limit = (input: number, name: string, otherwise: number): number => {
      const value = node.inputs[input] ?? '';
      return value === '' ? floatOf(node, name, otherwise) : (site.scalar(value) ?? Number.NaN);
    };
    const [least, most] = [limit(1, 'min', Number.NEGATIVE_INFINITY), limit(2, 'max', Number.POSITIVE_INFINITY)];
    return ([x = 0]) => Math.max(least, Math.min(most, x));
  }
  return null;
}

/** Nodes that compute one function of each number of `x`. */
interface Cone {
  readonly x: string;
  readonly nodes: readonly Node[];
}

/** The formulas of activations have fewer nodes than this. */
const MOST_NODES = 24;

/** Cones that end in a node, from the smallest on. */
function* conesOf(site: Site, root: Node): Generator<Cone> {
  const nodes = [root];
  const isOpen = (value: string): boolean => value !== '' && site.scalar(value) === undefined;
  const open = new Set(root.inputs.filter(isOpen));
  if (applied(site, root) === null) return;
  for (;;) {
    const [only] = open;
    if (open.size === 1 && only !== undefined) yield { x: only, nodes: [...nodes] };
    if (nodes.length >= MOST_NODES) return;
    // The value used last is taken into the cone first, so that its operands are not open twice.
    const next = [...open]
      .map((value) => site.producer(value))
      .filter((node) => node !== undefined)
      .filter((node) => applied(site, node) !== null && !site.results.has(node.outputs[0] as string))
      .find((node) => site.users(node.outputs[0] as string).every((user) => nodes.includes(user)));
    if (next === undefined) return;
    nodes.push(next);
    open.delete(next.outputs[0] as string);
    for (const input of next.inputs) if (isOpen(input)) open.add(input);
  }
}

/** The function of a cone at `x`. */
function valueAt(site: Site, { nodes, x: name }: Cone, x: number): number {
  const known = new Map([[name, x]]);
  for (const node of nodes.toReversed()) {
    const args = node.inputs.map((input) => known.get(input) ?? site.scalar(input) ?? Number.NaN);
    known.set(node.outputs[0] as string, applied(site, node)?.(args) ?? Number.NaN);
  }
  return known.get(nodes[0]?.outputs[0] as string) ?? Number.NaN;
}

/** Points at which functions are compared: dense near 0, where activations bend. */
const POINTS = Array.from({ length: 81 }, (_, i) => ((i - 40) / 40) ** 3 * 20).filter((x) => x !== 0);

interface Candidate {
  readonly layer: string;
  readonly config: Config;
  readonly f: Scalar;
}

const fixed: readonly Candidate[] = [
  { layer: 'identity', config: {}, f: (x) => x },
  { layer: 'relu', config: {}, f: (x) => Math.max(0, x) },
  { layer: 'relu6', config: {}, f: (x) => Math.min(6, Math.max(0, x)) },
  { layer: 'sigmoid', config: {}, f: sigmoid },
  { layer: 'hardsigmoid', config: {}, f: (x) => Math.max(0, Math.min(1, x / 6 + 0.5)) },
  { layer: 'tanh', config: {}, f: Math.tanh },
  { layer: 'silu', config: {}, f: (x) => x * sigmoid(x) },
  { layer: 'hardswish', config: {}, f: (x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)) },
  { layer: 'gelu', config: { approximate: 'none' }, f: geluExact },
  { layer: 'gelu', config: { approximate: 'tanh' }, f: geluTanh },
  { layer: 'step', config: {}, f: (x) => Number(x > 0) },
];

/** Activations with a setting that can be read off their values at −1, 0 and −∞. */
function* fitted(f: Scalar): Generator<Candidate> {
  const slope = -f(-1);
  if (slope >= 0) {
    const negativeSlope = tidy(slope);
    yield { layer: 'leakyRelu', config: { negativeSlope }, f: (x) => (x < 0 ? slope * x : x) };
  }
  const alpha = f(-1) / Math.expm1(-1);
  if (alpha > 0) yield { layer: 'elu', config: { alpha: tidy(alpha) }, f: (x) => (x < 0 ? alpha * Math.expm1(x) : x) };
  const beta = Math.LN2 / f(0);
  if (beta > 0) yield { layer: 'softplus', config: { beta: tidy(beta) }, f: (x) => softplus(beta * x) / beta };
}

const isClose = (values: readonly number[], g: Scalar): boolean =>
  POINTS.every((x, i) => {
    const [a, b] = [values[i] as number, g(x)];
    // Constants of a model are float32.
    return Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b)) + 1e-6 * Math.abs(x);
  });

/** An activation in any form: its formula is compared with that of every activation, by values. */
const activation: Rule = (site, node) => {
  for (const cone of conesOf(site, node)) {
    if (site.shape(cone.x) === undefined) continue;
    const f: Scalar = (x) => valueAt(site, cone, x);
    const values = POINTS.map(f);
    const found = [...fixed, ...fitted(f)].find((candidate) => isClose(values, candidate.f));
    if (found === undefined) continue;
    const { layer, config } = found;
    return { layer, config, inputs: [cone.x], inside: cone.nodes.filter((each) => each !== node) };
  }
  return null;
};

const prelu: Rule = (site, node) => {
  const [x, slopeName] = node.inputs as [string, string];
  const slope = site.constant(slopeName);
  const shape = site.shape(x);
  if (slope?.dtype !== 'float32' || shape === undefined) return null;
  const [channels = 0] = shape;
  const count = slope.data.length;
  const perChannel = slope.dims.length === shape.length && slope.dims[0] === channels && count === channels;
  const whole = slope.dims.length === shape.length + 1 && slope.dims[1] === channels && count === channels;
  if (count !== 1 && !perChannel && !whole) return null;
  return {
    layer: 'prelu',
    config: { slopes: count === 1 ? 'one' : 'channel' },
    inputs: [x],
    weights: { weight: { ...slope, dims: [count] } },
    named: slopeName,
  };
};

/** Truth values do not leave an activation, so its last node gives numbers. */
const ends = [
  ...Object.keys(unary).filter((op) => op !== 'Not' && op !== 'Identity'),
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Max', 'Min', 'Where', 'Clip', 'Cast'],
];

export const activationRules: Readonly<Record<string, readonly Rule[]>> = {
  ...Object.fromEntries(ends.map((op) => [op, [activation]])),
  PRelu: [prelu],
};

/** True for ops that draw random numbers, so that a model with them has no outputs to compare with. */
export const isRandom = (node: Node): boolean =>
  /^(Random|Bernoulli|Multinomial)/.test(node.op) || (node.op === 'Dropout' && intOf(node, 'training_mode', 0) === 1);

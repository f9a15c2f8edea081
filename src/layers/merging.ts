import type { Config } from '../graph/document.ts';
import { broadcast, ShapeError } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import { int, shapeText } from './config.ts';
import type { InferResult, LayerFix, NewLayer, Problem, Shape } from './layer.ts';

export const mergeFields = {
  count: int({
    label: { en: 'Inputs', zh: '输入个数' },
    help: { en: 'Number of inputs', zh: '输入的个数' },
    default: 2,
    min: 1,
    max: 32,
  }),
};

export const ports = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i}`);

export const mergeSummary = ({ count }: { count: number }): Text => ({ en: `${count} inputs`, zh: `${count} 个输入` });

/** Inputs of a layer that merges them. */
export const merging = {
  category: 'merge',
  inputs: ports(2),
  inputsOf: ({ count }: { count: number }) => ports(count),
  outputs: ['y'],
  summary: mergeSummary,
} as const;

/** The problem of an input whose shape does not match that of the inputs before it. */
export function mismatch(port: string, x: Shape, expected: Shape, fixes: readonly LayerFix[]): Problem {
  return {
    code: 'shape-mismatch',
    port,
    message: ({ self, from }) => ({
      en: `${self.en} cannot combine ${shapeText(x)} from “${from(port)}” with ${shapeText(expected)} from “${from('x0')}”.`,
      zh: `${self.zh}无法合并“${from(port)}”输出的 ${shapeText(x)} 与“${from('x0')}”输出的 ${shapeText(expected)}。`,
    }),
    fixes,
  };
}

const images = (a: Shape, b: Shape): boolean => a.length === 3 && b.length === 3;
const sameSize = (a: Shape, b: Shape): boolean => a[1] === b[1] && a[2] === b[2];

const count = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);
const before = (port: string, layer: string, config: Config, ...behind: readonly NewLayer[]): LayerFix => ({
  kind: 'insertBefore',
  port,
  layer,
  config,
  behind,
});
const all = (...fixes: readonly LayerFix[]): LayerFix => ({ kind: 'all', fixes });

/** Fixes for the layer that removed or added rows and columns, first on the path of the smaller image. */
function sizeFixes(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (!images(x, expected) || sameSize(x, expected)) return [];
  const fitted = (at: string, to: Shape): LayerFix => ({ kind: 'fitSize', port: at, size: to.slice(1) });
  const larger = x[1] * x[2] > expected[1] * expected[2];
  const fixes = [fitted(port, expected), fitted('x0', x)];
  return larger ? fixes.reverse() : fixes;
}

/** Fixes for a vector and an image: the vector becomes one value per channel, or the image becomes a vector. */
function vectorAndImage(port: string, x: Shape, expected: Shape): LayerFix[] {
  const [vectorPort, imagePort] = x.length === 1 ? [port, 'x0'] : ['x0', port];
  const [vector, image] = x.length === 1 ? [x, expected] : [expected, x];
  const [numbers, channels] = [vector[0], image[0]];
  const perChannel = { layer: 'reshape', config: { shape: [channels, 1, 1] } };
  if (numbers === count(image)) {
    return [
      before(imagePort, 'flatten', {}),
      { kind: 'removeProducer', port: vectorPort, layer: 'flatten' },
      before(vectorPort, 'reshape', { shape: [...image] }),
    ];
  }
  return [
    numbers === channels
      ? before(vectorPort, perChannel.layer, perChannel.config)
      : before(vectorPort, 'linear', { outFeatures: channels }, perChannel),
    before(imagePort, 'flatten', {}, { layer: 'linear', config: { outFeatures: numbers } }),
  ];
}

/** Fixes that change the channels and size of one of the two images by a convolution. */
function projections(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (x.length === 1 && expected.length === 1) {
    return [
      { kind: 'setFeatures', port, value: expected[0] },
      before('x0', 'linear', { outFeatures: x[0] }),
      before(port, 'linear', { outFeatures: expected[0] }),
    ];
  }
  if (Math.min(x.length, expected.length) === 1 && Math.max(x.length, expected.length) === 3) {
    return vectorAndImage(port, x, expected);
  }
  if (!images(x, expected)) return [];
  const fixes: LayerFix[] = [];
  const project = (at: string, from: Shape, to: Shape): LayerFix[] => {
    const stride = [Math.ceil(from[1] / to[1]), Math.ceil(from[2] / to[2])];
    if (stride.some((step, i) => Math.ceil(from[i + 1] / step) !== to[i + 1])) return [];
    return [before(at, 'conv2d', { outChannels: to[0], kernelSize: [1, 1], stride, padding: [0, 0] })];
  };
  fixes.push(...project('x0', expected, x), ...project(port, x, expected));
  if (sameSize(x, expected)) return [...fixes, { kind: 'setFeatures', port, value: expected[0] }];
  const sizes = sizeFixes(port, x, expected);
  if (x[0] === expected[0]) return [...fixes, ...sizes, ...resizings(port, x, expected)];
  // Once the sizes agree, a 1×1 convolution changes the channels.
  return [
    ...fixes,
    ...sizes.flatMap((size) =>
      project('x0', expected, [x[0], ...expected.slice(1)]).map((channels) => all(size, channels)),
    ),
  ];
}

/** Fixes that give the images `x` and `expected` the same size, regardless of their channels. */
function resizings(port: string, x: Shape, expected: Shape): LayerFix[] {
  const larger = x[1] * x[2] > expected[1] * expected[2];
  const [big, small, bigPort, smallPort] = larger ? [x, expected, port, 'x0'] : [expected, x, 'x0', port];
  return [
    before(bigPort, 'adaptiveAvgPool2d', { outputSize: small.slice(1) }),
    before(smallPort, 'upsample', { by: 'size', size: big.slice(1) }),
  ];
}

/** Fixes that let `x` be concatenated with `expected` along the first axis. */
export function followings(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (images(x, expected)) {
    return sameSize(x, expected) ? [] : [...sizeFixes(port, x, expected), ...resizings(port, x, expected)];
  }
  if (x.length === 1) return [before('x0', 'flatten', {})];
  return expected.length === 1
    ? [before(port, 'flatten', {})]
    : [all(before('x0', 'flatten', {}), before(port, 'flatten', {}))];
}

export function elementwise(x: Readonly<Record<string, Shape>>): InferResult {
  const entries = Object.entries(x);
  let y: Shape = entries[0][1];
  const problems: Problem[] = [];
  for (const [port, shape] of entries.slice(1)) {
    try {
      if (shape.length !== y.length) throw new ShapeError('ranks differ');
      y = broadcast(y, shape).map(Number);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      problems.push(mismatch(port, shape, y, projections(port, shape, y)));
    }
  }
  return problems.length > 0 ? { problems } : { outputs: { y } };
}

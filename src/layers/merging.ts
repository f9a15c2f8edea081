import { broadcast, ShapeError } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import { int, shapeText } from './config.ts';
import type { InferResult, LayerFix, Problem, Shape } from './layer.ts';

export const mergeFields = {
  count: int({
    label: { en: 'Inputs', zh: '输入个数' },
    help: { en: 'how many wires come together', zh: '汇合的连线数' },
    default: 2,
    min: 1,
    max: 32,
  }),
};

export const ports = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i}`);

export const mergeSummary = ({ count }: { count: number }): Text => ({ en: `${count} inputs`, zh: `${count} 个输入` });

/** The first input that does not fit to the ones before it. */
export function mismatch(port: string, x: Shape, expected: Shape, fixes: readonly LayerFix[]): Problem {
  return {
    code: 'shape-mismatch',
    port,
    message: ({ self, from }) => ({
      en: `${self.en} cannot put ${shapeText(x)} from '${from(port)}' together with ${shapeText(expected)} from '${from('x0')}'.`,
      zh: `${self.zh} 无法把“${from(port)}”给出的 ${shapeText(x)} 与“${from('x0')}”给出的 ${shapeText(expected)} 合在一起。`,
    }),
    fixes,
  };
}

const pictures = (a: Shape, b: Shape): boolean => a.length === 3 && b.length === 3;
const sameSize = (a: Shape, b: Shape): boolean => a[1] === b[1] && a[2] === b[2];

/** Where one branch lost rows and columns at its edges, the windows of it can keep them. */
export function keepSizes(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (!pictures(x, expected) || sameSize(x, expected)) return [];
  const larger = x[1] * x[2] > expected[1] * expected[2];
  return [{ kind: 'keepSize', port: larger ? 'x0' : port, size: (larger ? x : expected).slice(1) }];
}

/** What makes `x` fit `expected`: a projection of channels and stride on one side or the other. */
function projections(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (x.length === 1 && expected.length === 1) return [{ kind: 'setFeatures', port, value: expected[0] }];
  if (!pictures(x, expected)) return [];
  const fixes: LayerFix[] = [];
  const project = (at: string, from: Shape, to: Shape): void => {
    const stride = [Math.ceil(from[1] / to[1]), Math.ceil(from[2] / to[2])];
    if (stride.some((step, i) => Math.ceil(from[i + 1] / step) !== to[i + 1])) return;
    fixes.push({
      kind: 'insertBefore',
      port: at,
      layer: 'conv2d',
      config: { outChannels: to[0], kernelSize: [1, 1], stride, padding: [0, 0] },
    });
  };
  project('x0', expected, x);
  project(port, x, expected);
  if (sameSize(x, expected)) fixes.push({ kind: 'setFeatures', port, value: expected[0] });
  return [...fixes, ...keepSizes(port, x, expected)];
}

/** What brings the pictures of `x` and `expected` to one size, whatever their channels are. */
export function resizings(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (!pictures(x, expected) || sameSize(x, expected)) return [];
  const larger = x[1] * x[2] > expected[1] * expected[2];
  const [big, small, bigPort, smallPort] = larger ? [x, expected, port, 'x0'] : [expected, x, 'x0', port];
  const [height, width] = small.slice(1);
  return [
    ...keepSizes(port, x, expected),
    { kind: 'insertBefore', port: bigPort, layer: 'adaptiveAvgPool2d', config: { outputSize: [height, width] } },
    {
      kind: 'insertBefore',
      port: smallPort,
      layer: 'upsample',
      config: { by: 'size', size: big.slice(1) },
    },
  ];
}

export function elementwise(x: Readonly<Record<string, Shape>>): InferResult {
  const entries = Object.entries(x);
  let y: Shape = entries[0][1];
  for (const [port, shape] of entries.slice(1)) {
    try {
      if (shape.length !== y.length) throw new ShapeError('ranks differ');
      y = broadcast(y, shape).map(Number);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      return { problems: [mismatch(port, shape, y, projections(port, shape, y))] };
    }
  }
  return { outputs: { y } };
}

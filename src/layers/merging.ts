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

/** What makes `x` fit `expected`: a projection of channels and stride on one side or the other. */
function projections(port: string, x: Shape, expected: Shape): LayerFix[] {
  if (x.length === 1 && expected.length === 1) return [{ kind: 'setFeatures', port, value: expected[0] }];
  if (x.length !== 3 || expected.length !== 3) return [];
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
  if (x[1] === expected[1] && x[2] === expected[2]) fixes.push({ kind: 'setFeatures', port, value: expected[0] });
  project('x0', expected, x);
  project(port, x, expected);
  return fixes;
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

import { broadcast, ShapeError } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import { axis, axisProblem, batchedAxis, frontAxis } from './axis.ts';
import { int, shapeText } from './config.ts';
import { defineLayer, type InferResult, type LayerFix, type Problem, type Shape } from './layer.ts';

const config = {
  count: int({
    label: { en: 'Inputs', zh: '输入个数' },
    help: { en: 'how many wires come together', zh: '汇合的连线数' },
    default: 2,
    min: 1,
    max: 32,
  }),
};

const ports = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i}`);

const summary = ({ count }: { count: number }): Text => ({ en: `${count} inputs`, zh: `${count} 个输入` });

/** The first input that does not fit to the ones before it. */
function mismatch(port: string, x: Shape, expected: Shape, fixes: readonly LayerFix[]): Problem {
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

function elementwise(x: Readonly<Record<string, Shape>>): InferResult {
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

export const add = defineLayer({
  type: 'add',
  title: { en: 'Add', zh: '相加' },
  category: 'merge',
  stem: 'add',
  doc: {
    en: 'Adds its inputs number by number; sizes of 1 are repeated. The shortcut of a residual block: y = x + f(x).',
    zh: '逐元素相加；大小为 1 的轴会重复。残差块的捷径连接：y = x + f(x)。',
  },
  config,
  inputs: ports(2),
  inputsOf: ({ count }) => ports(count),
  outputs: ['y'],
  summary,
  infer: elementwise,
  lower: ({ g, x }) => ({ y: g.sum(Object.values(x)) }),
});

export const mul = defineLayer({
  type: 'mul',
  title: { en: 'Mul', zh: '相乘' },
  category: 'merge',
  stem: 'mul',
  doc: {
    en: 'Multiplies its inputs number by number; sizes of 1 are repeated. Gates one branch by another, as squeeze-and-excitation does.',
    zh: '逐元素相乘；大小为 1 的轴会重复。用一支控制另一支，例如挤压-激励模块。',
  },
  config,
  inputs: ports(2),
  inputsOf: ({ count }) => ports(count),
  outputs: ['y'],
  summary,
  infer: elementwise,
  lower: ({ g, x }) => ({ y: Object.values(x).reduce((a, b) => g.mul(a, b)) }),
});

export const concat = defineLayer({
  type: 'concat',
  title: { en: 'Concat', zh: '连结' },
  category: 'merge',
  stem: 'concat',
  doc: {
    en: 'Lays its inputs behind each other along the channels: C₁×H×W and C₂×H×W become (C₁ + C₂)×H×W. Joins the branches of an inception block and the layers of a dense block.',
    zh: '沿通道把输入前后连结：C₁×H×W 与 C₂×H×W 成为 (C₁ + C₂)×H×W。Inception 块的各支、稠密块的各层由此汇合。',
  },
  config: { ...config, axis },
  inputs: ports(2),
  inputsOf: ({ count }) => ports(count),
  outputs: ['y'],
  summary,
  infer(x, { axis: along }) {
    const [[, first], ...others] = Object.entries(x);
    const wrong = axisProblem(first, along);
    if (wrong !== null) return wrong;
    const at = frontAxis(first, along);
    let size = first[at];
    for (const [port, shape] of others) {
      if (shape.length !== first.length || shape.with(at, 0).join() !== first.with(at, 0).join()) {
        return { problems: [mismatch(port, shape, first, [])] };
      }
      size += shape[at];
    }
    return { outputs: { y: first.with(at, size) } };
  },
  explain: (x, { y }, { axis: along }) => {
    const at = frontAxis(y, along);
    const sizes = Object.values(x).map((shape) => shape[at]);
    return [{ label: { en: 'size', zh: '大小' }, sum: `${sizes.join(' + ')} = ${y[at]}` }];
  },
  lower: ({ g, x, config: { axis: along } }) => ({ y: g.concat(Object.values(x), batchedAxis(along)) }),
});

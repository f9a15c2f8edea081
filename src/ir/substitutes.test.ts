import { expect, it } from 'vitest';
import { random } from '../random/philox.ts';
import { Builder } from './builder.ts';
import { interpret } from './interpret.ts';
import type { OpName } from './ops.ts';
import type { Attrs, Program, Value } from './program.ts';
import { type SubstitutedOp, substitutes } from './substitutes.ts';
import { PORTABLE, type Target, WEBGPU } from './target.ts';
import { elementCount, floatTensor, intTensor } from './tensor.ts';
import { verifyProgram } from './verify.ts';

/** Op, its float inputs, attributes, further constant inputs, number of compared outputs. */
interface Row {
  readonly op: SubstitutedOp;
  readonly shapes: readonly (readonly number[])[];
  readonly attrs?: Attrs;
  readonly constants?: (g: Builder) => Value[];
  readonly outputs?: number;
}

const row = (op: SubstitutedOp, shapes: Row['shapes'], rest: Omit<Row, 'op' | 'shapes'> = {}): Row => ({
  op,
  shapes,
  ...rest,
});

const classes = (g: Builder) => [g.constant(intTensor([4], [2, 0, 3, 3]))];
const oneHot = (indices: readonly number[], shape: readonly number[], off: number, on: number) => (g: Builder) => [
  g.constant(intTensor(shape, indices)),
  g.constant(intTensor([], [3])),
  g.constant(floatTensor([2], [off, on])),
];

const rows: readonly Row[] = [
  row('Sum', [[2, 3]]),
  row('Sum', [[2, 3], [3], [2, 1], []]),
  row('Sign', [[7]]),
  row('LogSoftmax', [[3, 5]], { attrs: { axis: -1 } }),
  row('LogSoftmax', [[2, 3, 4]], { attrs: { axis: 1 } }),
  row('OneHot', [], { attrs: { axis: -1 }, constants: oneHot([0, 2, 1, 3], [4], 0, 1) }),
  row('OneHot', [], { attrs: { axis: 0 }, constants: oneHot([0, 2, 1, 1], [2, 2], -1, 5) }),
  row('OneHot', [], { attrs: { axis: 1 }, constants: oneHot([0, 2, 1, 1], [2, 2], 0, 1) }),
  ...['mean', 'sum', 'none'].map((reduction) =>
    row('SoftmaxCrossEntropyLoss', [[4, 4]], { attrs: { reduction }, constants: classes, outputs: 2 }),
  ),
  row('LRN', [[2, 6, 2, 3]], { attrs: { size: 5, alpha: 0.5, beta: 0.6, bias: 2 } }),
  row('LRN', [[2, 6, 2, 3]], { attrs: { size: 3 } }),
  row('LayerNormalization', [[4, 3, 5], [5], [5]], { attrs: { axis: -1 } }),
  row(
    'LayerNormalization',
    [
      [4, 3, 5],
      [3, 5],
    ],
    { attrs: { axis: 1, epsilon: 0.1 } },
  ),
  row('BatchNormalization', [[5, 3], [3], [3]], {
    attrs: { epsilon: 1e-3 },
    constants: (g) => [g.constant(floatTensor([3], [1, -2, 3])), g.constant(floatTensor([3], [1, 2, 0.5]))],
  }),
];

function programOf({ op, shapes, attrs = {}, constants, outputs = 1 }: Row, target: Target): Program {
  const g = new Builder(op, target);
  const x = shapes.map((shape, i) => g.input(`x${i}`, 'float32', shape, { kind: 'data' }));
  const results = g.emit(op, [...x, ...(constants?.(g) ?? [])], attrs).slice(0, outputs);
  return g.finish(results.map((value, i) => ({ value, name: `y${i}`, role: { kind: 'prediction' } })));
}

it.each(
  rows.map((each) => [`${each.op} ${JSON.stringify(each.attrs ?? {})}`, each] as const),
)('the substitute computes the same: %s', (name, each) => {
  const none: Target = { ...WEBGPU, without: new Set(Object.keys(substitutes) as SubstitutedOp[]) };
  const [whole, parts] = [programOf(each, PORTABLE), programOf(each, none)];
  expect(verifyProgram(parts)).toEqual([]);
  expect(whole.ops.map(({ op }) => op)).toContain(each.op);
  expect(parts.ops.map(({ op }) => op)).not.toContain(each.op);
  const rng = random(1, name);
  const feeds = Object.fromEntries(
    each.shapes.map((shape, i) => {
      const data = Float64Array.from({ length: elementCount(shape) }, (_, at) => (at === 2 ? 0 : 40 * rng.normal()));
      return [`x${i}`, { shape, data }];
    }),
  );
  const [expected, found] = [interpret(whole, feeds), interpret(parts, feeds)];
  for (const [output, { shape, data }] of Object.entries(expected)) {
    expect(found[output].shape).toEqual(shape);
    data.forEach((value, i) => {
      expect(Math.abs(found[output].data[i] - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
    });
  }
});

it('every substitute has a case', () => {
  expect(new Set(rows.map(({ op }) => op))).toEqual(new Set(Object.keys(substitutes)));
});

it('batch normalization of images is not substituted', () => {
  const g = new Builder('images', WEBGPU);
  const x = g.input('x', 'float32', ['N', 3, 4, 4], { kind: 'data' });
  const three = g.constant(floatTensor([3], [1, 2, 3]));
  g.batchNorm(x, three, three, three, three, 1e-3);
  expect(g.ops.map(({ op }): OpName => op)).toEqual(['BatchNormalization']);
});

it('substitutes support any batch size', () => {
  const g = new Builder('open', WEBGPU);
  const x = g.input('x', 'float32', ['N', 3], { kind: 'data' });
  const labels = g.input('labels', 'int64', ['N'], { kind: 'target' });
  const three = g.constant(floatTensor([3], [1, 2, 3]));
  expect(g.emit('SoftmaxCrossEntropyLoss', [x, labels], { reduction: 'mean' })[0].shape).toEqual([]);
  expect(g.batchNorm(x, three, three, three, three, 1e-3).shape).toEqual(['N', 3]);
  expect(g.logSoftmax(x, -1).shape).toEqual(['N', 3]);
});

import { expect, it } from 'vitest';
import { Builder } from './builder.ts';
import { interpret } from './interpret.ts';
import type { Program } from './program.ts';
import { rewrite } from './rewrite.ts';
import { PORTABLE } from './target.ts';
import { verifyProgram } from './verify.ts';

/** y = −(2·x), where 2·x is also an output that updates x. */
function doubled(): Program {
  const g = new Builder('doubled');
  const x = g.input('x', 'float32', [2], { kind: 'buffer' });
  const twice = g.within('layer', () => g.mul(x, g.scalar(2)));
  return g.finish([
    { value: g.neg(twice), role: { kind: 'prediction' }, name: 'y' },
    { value: twice, role: { kind: 'update', of: 'x' }, name: 'x_new' },
  ]);
}

const feeds = { x: { shape: [2], data: Float64Array.of(1, -3) } };

it('replaces ops, and results keep their names', () => {
  const before = doubled();
  const after = rewrite(before, PORTABLE, (g, op, current) => {
    const [x] = op.inputs;
    return op.op === 'Mul' && x ? g.add(current(x), g.mul(current(x), g.scalar(1))) : null;
  });
  expect(verifyProgram(after)).toEqual([]);
  expect(after.ops.map(({ name }) => name)).toEqual(['layer/Mul/Mul', 'layer/Mul/Add', 'Neg']);
  expect(after.outputs.map(({ value }) => value.name)).toEqual(['y', 'x_new']);
  expect(after.inputs).toEqual(before.inputs);
  expect(interpret(after, feeds)).toEqual(interpret(before, feeds));
});

it('returns an equal program without replacements, and never changes the original', () => {
  const before = doubled();
  const copy = structuredClone(before);
  expect(rewrite(before, PORTABLE, () => null)).toEqual(before);
  rewrite(before, PORTABLE, (g, op, current) => (op.op === 'Neg' ? g.sub(g.scalar(0), current(op.inputs[0]!)) : null));
  expect(before).toEqual(copy);
});

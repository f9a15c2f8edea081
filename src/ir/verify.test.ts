import { expect, it } from 'vitest';
import { Builder } from './builder.ts';
import type { Op, Program, Value } from './program.ts';
import { floatTensor } from './tensor.ts';
import { verifyProgram } from './verify.ts';

/** x [N, 2] · w [2, 3] + b [3] → y, and an update of w that does not depend on x. */
function sound(): Program {
  const g = new Builder('sound');
  const x = g.input('x', 'float32', ['N', 2], { kind: 'data' });
  const w = g.input('w', 'float32', [2, 3], { kind: 'parameter' });
  const y = g.add(g.matMul(x, w), g.constant(floatTensor([3], [1, 2, 3]), 'b'));
  return g.finish([
    { value: y, role: { kind: 'prediction' } },
    { value: g.neg(w), role: { kind: 'update', of: 'w' } },
  ]);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
const op = (program: Program, at: number) => program.ops[at] as Writable<Op>;
const output = (program: Program, at: number) => op(program, at).outputs[0] as Writable<Value>;
const constant = (program: Program) => op(program, 1).inputs[1] as Writable<Value>;
const lists = (program: Program) =>
  program as unknown as { inputs: Program['inputs'][number][]; ops: Op[]; outputs: Program['outputs'][number][] };

it('finds no problem in a valid program', () => {
  expect(verifyProgram(sound())).toEqual([]);
});

const damage: readonly (readonly [string, (program: Program) => void, string])[] = [
  ['wrong order', (p) => lists(p).ops.reverse(), "Add 'Add' uses 'matMul' before it is defined"],
  ['an input that is not listed', (p) => lists(p).inputs.shift(), "MatMul 'MatMul' uses 'x' before it is defined"],
  ['an op that is not listed', (p) => lists(p).ops.pop(), "the list of outputs uses 'neg' before it is defined"],
  ['two ops of one name', (p) => (op(p, 1).name = 'MatMul'), "two ops are named 'MatMul'"],
  ['two values of one name', (p) => (output(p, 1).name = 'x'), "Add 'Add' defines another value named 'x'"],
  ['a value defined twice', (p) => lists(p).ops.push({ ...op(p, 2), name: 'again' }), "'neg' is defined again by"],
  ['a value without a name', (p) => (output(p, 0).name = ''), 'defines a value without a name'],
  ['a wrong shape', (p) => (output(p, 0).shape = ['N', 4]), "'matMul' is float32[N, 4], but it is float32[N, 3]"],
  ['a wrong type', (p) => (output(p, 0).dtype = 'int64'), "'matMul' is int64[N, 3], but it is float32[N, 3]"],
  ['inputs that do not fit', (p) => (op(p, 0).inputs = [...op(p, 0).inputs].reverse()), 'inner sizes differ'],
  ['an unknown attribute', (p) => (op(p, 0).attrs = { alpha: 1 }), "there is no attribute 'alpha'"],
  ['no outputs of an op', (p) => (op(p, 0).outputs = []), "MatMul 'MatMul' has 0 outputs, expected 1 to 1"],
  ['a constant cut short', (p) => (constant(p).tensor = floatTensor([3], [1])), 'has 1 values, its shape needs 3'],
  [
    'a constant of another shape',
    (p) => (constant(p).tensor = floatTensor([1, 3], [1, 2, 3])),
    "the constant 'const/b' is float32[3], its tensor float32[1, 3]",
  ],
  ['no outputs', (p) => (lists(p).outputs.length = 0), 'the program has no outputs'],
  ['an output twice', (p) => lists(p).outputs.push(p.outputs[0]!), "'add' is listed as an output twice"],
  [
    'an update of nothing',
    (p) => (lists(p).outputs[1] = { ...p.outputs[1]!, role: { kind: 'update', of: 'v' } }),
    "the output 'neg' updates 'v', which is not an input",
  ],
  [
    'an update of another shape',
    (p) => (lists(p).outputs[1] = { ...p.outputs[1]!, role: { kind: 'update', of: 'x' } }),
    "the output 'neg' is float32[2, 3], but updates 'x' of float32[N, 2]",
  ],
];

it.each(damage)('finds %s', (_, change, problem) => {
  const program = sound();
  change(program);
  expect(verifyProgram(program).join('\n')).toContain(problem);
});

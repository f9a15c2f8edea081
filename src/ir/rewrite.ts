import { Builder } from './builder.ts';
import type { Op, Program, Value } from './program.ts';
import type { Target } from './target.ts';

/**
 * Emits what an op computes in another way, its first output freshly made; null leaves the op as it is. `op` is as it was
 * in the program; `current` tells what now stands for one of its values.
 */
export type RewriteRule = (g: Builder, op: Op, current: (value: Value) => Value) => Value | null;

/**
 * The program with some ops said in other ways. Results keep their names; what emits nothing that is needed any more is
 * left out.
 */
export function rewrite(program: Program, target: Target, rule: RewriteRule): Program {
  const g = Builder.over(program, target);
  const swapped = new Map<Value, Value>();
  const current = (value: Value): Value => swapped.get(value) ?? value;
  for (const op of program.ops) {
    const result = g.within(op.name, () => rule(g, op, current));
    if (result === null) g.append({ ...op, inputs: op.inputs.map((input) => input && current(input)) });
    else swapped.set(op.outputs[0] as Value, g.rename(result, (op.outputs[0] as Value).name));
  }
  return g.finish(program.outputs.map(({ value, role }) => ({ value: current(value), role, name: value.name })));
}

import { Builder } from './builder.ts';
import type { Op, Program, Value } from './program.ts';
import type { Target } from './target.ts';

/**
 * Emits a replacement of an op and returns its first output, which must be a new value; null keeps the op. `op` is
 * the op of the original program; `current` maps its values to those of the new program.
 */
export type RewriteRule = (g: Builder, op: Op, current: (value: Value) => Value) => Value | null;

/** The program with some ops replaced. Results keep their names; ops that are no longer needed are removed. */
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

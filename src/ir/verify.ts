import { inferOp } from './ops.ts';
import type { Op, Program, Value } from './program.ts';
import { dimsText, sameDims } from './shape.ts';
import { elementCount } from './tensor.ts';

const typeText = ({ dtype, shape }: Pick<Value, 'dtype' | 'shape'>): string => `${dtype}${dimsText(shape)}`;

/**
 * The problems of a program, one sentence each; empty for a valid program. Checks that names are unique, that every
 * value is defined before its use, that types are those inferred by the op table, and that constants have as many
 * values as their shape.
 */
export function verifyProgram(program: Program): string[] {
  const problems: string[] = [];
  const defined = new Set<Value>();
  const valueNames = new Set<string>();
  const opNames = new Set<string>();

  const define = (value: Value, by: string): void => {
    if (defined.has(value)) problems.push(`'${value.name}' is defined again by ${by}`);
    else if (valueNames.has(value.name)) problems.push(`${by} defines another value named '${value.name}'`);
    if (value.name === '') problems.push(`${by} defines a value without a name`);
    defined.add(value);
    valueNames.add(value.name);
  };

  const use = (value: Value, by: string): void => {
    if (defined.has(value)) return;
    if (value.tensor === undefined) {
      problems.push(`${by} uses '${value.name}' before it is defined`);
      return;
    }
    define(value, by);
    problems.push(...constantProblems(value));
  };

  for (const { value } of program.inputs) {
    define(value, 'the list of inputs');
    if (value.tensor !== undefined) problems.push(`the input '${value.name}' is a constant`);
  }
  for (const op of program.ops) {
    const by = `${op.op} '${op.name}'`;
    if (opNames.has(op.name)) problems.push(`two ops are named '${op.name}'`);
    opNames.add(op.name);
    for (const input of op.inputs) if (input !== null) use(input, by);
    problems.push(...typeProblems(op));
    for (const output of op.outputs) define(output, by);
  }
  if (program.outputs.length === 0) problems.push('the program has no outputs');
  const results = new Set<Value>();
  for (const { value, role } of program.outputs) {
    if (results.has(value)) problems.push(`'${value.name}' is listed as an output twice`);
    results.add(value);
    use(value, 'the list of outputs');
    if (role.kind !== 'update') continue;
    const kept = program.inputs.find((input) => input.value.name === role.of)?.value;
    if (kept === undefined) problems.push(`the output '${value.name}' updates '${role.of}', which is not an input`);
    else if (kept.dtype !== value.dtype || !sameDims(kept.shape, value.shape)) {
      problems.push(`the output '${value.name}' is ${typeText(value)}, but updates '${role.of}' of ${typeText(kept)}`);
    }
  }
  return problems;
}

function constantProblems({ name, dtype, shape, tensor }: Value): string[] {
  if (tensor === undefined) return [];
  const problems: string[] = [];
  if (tensor.dtype !== dtype || !sameDims(tensor.shape, shape)) {
    problems.push(`the constant '${name}' is ${typeText({ dtype, shape })}, its tensor ${typeText(tensor)}`);
  }
  const count = elementCount(tensor.shape);
  if (tensor.data.length !== count) {
    problems.push(`the constant '${name}' has ${tensor.data.length} values, its shape needs ${count}`);
  }
  return problems;
}

function typeProblems({ op, name, inputs, outputs, attrs, fragment }: Op): string[] {
  try {
    const types = inferOp(op, name, inputs, attrs, fragment);
    if (outputs.length === 0 || outputs.length > types.length) {
      return [`${op} '${name}' has ${outputs.length} outputs, expected 1 to ${types.length}`];
    }
    return outputs.flatMap((output, i) => {
      const type = types[i];
      if (type === undefined || (type.dtype === output.dtype && sameDims(type.shape, output.shape))) return [];
      return [`${op} '${name}' says that '${output.name}' is ${typeText(output)}, but it is ${typeText(type)}`];
    });
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

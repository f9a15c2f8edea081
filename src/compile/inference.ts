import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import { BATCH } from '../ir/shape.ts';
import { PORTABLE, type Target } from '../ir/target.ts';
import type { Tensor } from '../ir/tensor.ts';
import { emitForward, emitPredictions } from './forward.ts';

/**
 * The program that predicts: a batch of any size in, the outputs' predictions (`logits`, `probabilities`) out, in
 * ONNX's default domain alone. Parameters are inputs; `bindParameters` fixes them.
 */
export function compileInference(graph: CheckedGraph, target: Target = PORTABLE): Program {
  const g = new Builder(graph.document.name, target);
  return g.finish(emitPredictions(g, emitForward(g, graph, BATCH, 'predict')));
}

/** The same program with its parameters as constants. Throws when one is missing or has another shape. */
export function bindParameters(program: Program, weights: ReadonlyMap<string, Tensor>): Program {
  const bound = new Map<Value, Value>();
  for (const { value, role } of program.inputs) {
    if (role.kind !== 'parameter' && role.kind !== 'buffer') continue;
    const tensor = weights.get(value.name);
    if (tensor === undefined) throw new Error(`there is no weight '${value.name}'`);
    if (tensor.shape.join() !== value.shape.join() || tensor.dtype !== value.dtype) {
      throw new Error(
        `weight '${value.name}' is ${tensor.dtype} [${tensor.shape}], the program takes ${value.dtype} [${value.shape}]`,
      );
    }
    bound.set(value, { ...value, tensor });
  }
  const swap = (value: Value): Value => bound.get(value) ?? value;
  return {
    ...program,
    inputs: program.inputs.filter(({ value }) => !bound.has(value)),
    ops: program.ops.map((op) => ({ ...op, inputs: op.inputs.map((input) => input && swap(input)) })),
    outputs: program.outputs.map((output) => ({ ...output, value: swap(output.value) })),
  };
}

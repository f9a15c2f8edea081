import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import { BATCH } from '../ir/shape.ts';
import { PORTABLE, type Target } from '../ir/target.ts';
import type { Tensor } from '../ir/tensor.ts';
import { emitForward, emitPredictions } from './forward.ts';

/**
 * Compiles the prediction program, with ops of the default domain of ONNX only. Inputs: a batch of any size, and the
 * parameters, which `bindParameters` makes constants. Outputs: the predictions (`logits`, `probabilities`).
 */
export function compileInference(graph: CheckedGraph, target: Target = PORTABLE): Program {
  const g = new Builder(graph.document.name, target);
  return g.finish(emitPredictions(g, emitForward(g, graph, BATCH, 'predict')));
}

/** The program with its parameters as constants. Throws if a parameter is missing or has a different shape. */
export function bindParameters(program: Program, weights: ReadonlyMap<string, Tensor>): Program {
  const bound = new Map<Value, Value>();
  for (const { value, role } of program.inputs) {
    if (role.kind !== 'parameter' && role.kind !== 'buffer') continue;
    const tensor = weights.get(value.name);
    if (tensor === undefined) throw new Error(`there is no weight '${value.name}'`);
    if (tensor.shape.join() !== value.shape.join() || tensor.dtype !== value.dtype) {
      throw new Error(
        `weight '${value.name}' is ${tensor.dtype} [${tensor.shape}], the program needs ${value.dtype} [${value.shape}]`,
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

import type { CheckedGraph } from '../check/checkedGraph.ts';
import { bytesOf, livenessOf } from '../ir/liveness.ts';
import { constantsOf, type InputRole, type Program } from '../ir/program.ts';
import type { Target } from '../ir/target.ts';
import { compileInference } from './inference.ts';
import { compileTrainStep } from './trainStep.ts';

/** Memory of a program while it runs on a batch, in bytes. */
export interface Footprint {
  /** Parameters and buffers. */
  readonly parameters: number;
  /** Optimizer state. */
  readonly state: number;
  /** A batch with its targets and dropout masks. */
  readonly data: number;
  /** Constants of the program. */
  readonly constants: number;
  /** Peak size of the results of ops: activations, gradients, new parameters. */
  readonly live: number;
  /** Sum of all parts at the peak. */
  readonly peak: number;
  /** The op that runs at the peak. */
  readonly peakAt: string | null;
}

/** Cost of a training step and of a prediction, computed from their compiled programs. */
export interface Cost {
  readonly batch: number;
  readonly training: Footprint;
  readonly inference: Footprint;
  /** Number of ops of the training step, and the bytes that they read and write. */
  readonly ops: number;
  readonly movedBytes: number;
}

export function costOf(graph: CheckedGraph, batch: number, target: Target): Cost {
  const step = compileTrainStep(graph, { ...graph.document.recipe, batch, target });
  const { movedBytes } = livenessOf(step, batch);
  return {
    batch,
    training: footprintOf(step, batch),
    inference: footprintOf(compileInference(graph), batch),
    ops: step.ops.length,
    movedBytes,
  };
}

export function footprintOf(program: Program, batch: number): Footprint {
  const sum = (kinds: readonly InputRole['kind'][]): number =>
    program.inputs.reduce(
      (total, { value, role }) => total + (kinds.includes(role.kind) ? bytesOf(value, batch) : 0),
      0,
    );
  const { peakBytes: live, peakAt } = livenessOf(program, batch);
  const parts = {
    parameters: sum(['parameter', 'buffer']),
    state: sum(['state', 'hyper']),
    data: sum(['data', 'target', 'random']),
    constants: constantsOf(program).reduce((total, value) => total + bytesOf(value, batch), 0),
    live,
  };
  return { ...parts, peak: Object.values(parts).reduce((a, b) => a + b, 0), peakAt };
}

import type { CheckedNode } from '../check/checkedGraph.ts';
import type { SafeTensor } from '../graph/safetensors.ts';

/** Tensors of float32 by name. */
export type Floats = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

/** Inputs of the network and its outputs, by the names of the layers. */
export interface ProofVector {
  readonly inputs: Floats;
  readonly outputs: Floats;
}

/** Tensors of proof.safetensors. Numbered, because the network takes its inputs in order. */
export function proofTensors({ inputs, outputs }: ProofVector): Map<string, SafeTensor> {
  const tensors = new Map<string, SafeTensor>();
  for (const [side, floats] of [['input', inputs] as const, ['output', outputs] as const]) {
    [...floats].forEach(([name, { shape, data }], i) => {
      tensors.set(`${side}/${String(i).padStart(3, '0')}/${name}`, { dtype: 'F32', shape, data });
    });
  }
  return tensors;
}

/** Number of values in the parameters of these layers. */
export const parameterCount = (nodes: readonly CheckedNode[]): number =>
  nodes.reduce(
    (sum, { params }) =>
      sum + Object.values(params).reduce((of, { shape }) => of + shape.reduce((a, b) => a * b, 1), 0),
    0,
  );

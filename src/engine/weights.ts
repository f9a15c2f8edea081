import { createHash } from 'node:crypto';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { paramName } from '../compile/forward.ts';
import { readSafetensors, writeSafetensors } from '../graph/safetensors.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { UserError } from '../text.ts';
import type { Tensors } from './session.ts';

/** Weights in the format of `weights.safetensors` in a project. `metadata`: texts in the header of the file. */
export const writeWeights = (weights: Tensors, metadata?: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> =>
  writeSafetensors(
    new Map(
      [...weights].map(([name, { dtype, shape, data }]) => {
        if (dtype !== 'float32') throw new Error(`weight '${name}' is ${dtype}`);
        return [name, { dtype: 'F32', shape, data }];
      }),
    ),
    metadata,
  );

/** Reads weights from a safetensors file. `name`: name of the file in messages. Throws UserError. */
export function readWeights(bytes: Uint8Array, name: string): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  for (const [key, { dtype, shape, data }] of readSafetensors(bytes, name)) {
    if (dtype !== 'F32') {
      throw new UserError({
        en: `Weight “${key}” in “${name}” has type ${dtype}, but Netloom needs F32. Convert it to float32.`,
        zh: `“${name}”中的权重“${key}”类型为 ${dtype}，而 Netloom 的权重为 F32。请转换为 float32。`,
      });
    }
    weights.set(key, { dtype: 'float32', shape, data });
  }
  return weights;
}

/** SHA-256 of the safetensors file of these weights, in hexadecimal; equal if and only if all bits are. */
export const weightsSha256 = (weights: Tensors): string =>
  createHash('sha256').update(writeWeights(weights)).digest('hex');

/**
 * SHA-256 of names, shapes and bits, in hexadecimal, independent of the order of the map. The values are not copied.
 */
export function tensorsSha256(weights: Tensors): string {
  const hash = createHash('sha256');
  for (const name of [...weights.keys()].toSorted()) {
    const { shape, data } = weights.get(name) as Tensor;
    hash.update(`${JSON.stringify([name, shape])}\n`).update(bytesOf(data));
  }
  return hash.digest('hex');
}

/**
 * The weights of a network: those in `held` with the same name and shape, and initial values for the others, named in
 * `missing`. Initial values are computed only if needed, because that is slow for large networks.
 */
export function fittingWeights(
  graph: CheckedGraph,
  held: Tensors,
  initial: () => Tensors,
): { readonly weights: Tensors; readonly missing: readonly string[] } {
  const weights = new Map<string, Tensor>();
  const missing: string[] = [];
  for (const node of graph.nodes) {
    for (const [key, { shape }] of [...Object.entries(node.buffers), ...Object.entries(node.params)]) {
      const name = paramName(node, key);
      const tensor = held.get(name);
      const fits = tensor !== undefined && tensor.shape.join() === shape.join();
      if (!fits) missing.push(name);
      weights.set(name, fits ? tensor : (initial().get(name) as Tensor));
    }
  }
  return { weights, missing };
}

/**
 * The weights of frozen layers in `held`: training does not change them, even if all other layers start from initial
 * values.
 */
export function frozenWeights(graph: CheckedGraph, held: Tensors): Tensors {
  const kept = new Map<string, Tensor>();
  for (const node of graph.nodes) {
    if (node.node.frozen !== true) continue;
    for (const key of Object.keys({ ...node.buffers, ...node.params })) {
      const name = paramName(node, key);
      const tensor = held.get(name);
      if (tensor !== undefined) kept.set(name, tensor);
    }
  }
  return kept;
}

/** True if all tensors have the same names and bits. */
export const sameWeights = (a: Tensors, b: Tensors): boolean =>
  a === b ||
  (a.size === b.size &&
    [...a].every(([name, { data }]) => {
      const other = b.get(name)?.data;
      return other !== undefined && Buffer.compare(bytesOf(data), bytesOf(other)) === 0;
    }));

const bytesOf = ({ buffer, byteOffset, byteLength }: Tensor['data']): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Name of the first tensor with NaN or infinity; null if all are finite. */
export function notFinite(weights: Tensors): string | null {
  for (const [name, { shape, data }] of weights) {
    for (let i = 0; i < elementCount(shape); i++) if (!Number.isFinite(Number(data[i]))) return name;
  }
  return null;
}

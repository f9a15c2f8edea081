import { createHash } from 'node:crypto';
import { readSafetensors, writeSafetensors } from '../graph/safetensors.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { UserError } from '../text.ts';
import type { Tensors } from './session.ts';

/** Weights as they lie in a project's `weights.safetensors`. */
export const writeWeights = (weights: Tensors): Uint8Array<ArrayBuffer> =>
  writeSafetensors(
    new Map(
      [...weights].map(([name, { dtype, shape, data }]) => {
        if (dtype !== 'float32') throw new Error(`weight '${name}' is ${dtype}`);
        return [name, { dtype: 'F32', shape, data }];
      }),
    ),
  );

/** Weights from the bytes of a safetensors file, which messages call `name`. */
export function readWeights(bytes: Uint8Array, name: string): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  for (const [key, { dtype, shape, data }] of readSafetensors(bytes, name)) {
    if (dtype !== 'F32') {
      throw new UserError({
        en: `Weight '${key}' in '${name}' is of type ${dtype}; Netloom's weights are F32. Convert it to float32.`,
        zh: `“${name}”中的权重“${key}”类型为 ${dtype}，而 Netloom 的权重为 F32。请转换为 float32。`,
      });
    }
    weights.set(key, { dtype: 'float32', shape, data });
  }
  return weights;
}

/** SHA-256 of the safetensors file of these weights, in hexadecimal: equal exactly when all bits are. */
export const weightsSha256 = (weights: Tensors): string =>
  createHash('sha256').update(writeWeights(weights)).digest('hex');

const sameShape = (a: Tensor, b: Tensor) =>
  a.shape.length === b.shape.length && a.shape.every((n, i) => n === b.shape[i]);

/** `initial`, with every tensor replaced that `held` has under the same name and shape; and whether all were. */
export function carryOver(initial: Tensors, held: Tensors): { weights: Map<string, Tensor>; complete: boolean } {
  let complete = true;
  const weights = new Map<string, Tensor>();
  for (const [name, tensor] of initial) {
    const other = held.get(name);
    const fits = other !== undefined && sameShape(tensor, other);
    complete &&= fits;
    weights.set(name, fits ? other : tensor);
  }
  return { weights, complete };
}

/** Name of the first tensor that holds NaN or infinity, or null. */
export function notFinite(weights: Tensors): string | null {
  for (const [name, { shape, data }] of weights) {
    for (let i = 0; i < elementCount(shape); i++) if (!Number.isFinite(Number(data[i]))) return name;
  }
  return null;
}

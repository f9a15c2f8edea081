import { type TensorType, tensorBytes } from '../graph/safetensors.ts';
import { UserError } from '../text.ts';
import type { NumberArray } from './arrayDataset.ts';
import { isShape } from './axes.ts';
import { type ElementName, readElements } from './elements.ts';

const ELEMENTS: Readonly<Record<TensorType, ElementName>> = {
  BOOL: 'b1',
  U8: 'u1',
  I8: 'i1',
  U16: 'u2',
  I16: 'i2',
  F16: 'f2',
  BF16: 'bf2',
  U32: 'u4',
  I32: 'i4',
  F32: 'f4',
  U64: 'u8',
  I64: 'i8',
  F64: 'f8',
};

/** The tensors of a safetensors file as arrays of numbers. `name` is the file's name in messages. Throws UserError. */
export const safetensorsArrays = (bytes: Uint8Array, name: string): ReadonlyMap<string, NumberArray> =>
  new Map(
    tensorBytes(bytes, name).map(({ key, dtype, shape, data }) => {
      if (!isShape(shape)) throw noElements(name, key, shape);
      return [key, { shape, data: readElements(data, ELEMENTS[dtype], true) }];
    }),
  );

const noElements = (name: string, key: string, shape: readonly number[]) =>
  new UserError({
    en: `Tensor “${key}” of “${name}” has the shape [${shape.join(', ')}], which holds no numbers. Remove it from the file, or write the file again.`,
    zh: `“${name}”的张量“${key}”的形状为 [${shape.join(', ')}]，其中没有数值。请从文件中删除该张量，或重新生成文件。`,
  });

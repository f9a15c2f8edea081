import { requireDecoded } from '../data/awaitedImages.ts';
import { type Dataset, emptyData, type Field } from '../data/dataset.ts';
import type { SampleField } from '../protocol/samples.ts';
import { UserError } from '../text.ts';

export interface GivenSamples {
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly inputs: SampleField[];
  readonly targets: SampleField[];
}

export const noSample = (name: string, count: number, index: number): UserError =>
  new UserError({
    en: `Dataset “${name}” has ${count} samples, but no sample ${index}. Choose a smaller number.`,
    zh: `数据集“${name}”有 ${count} 个样本，没有编号为 ${index} 的样本。请选择较小的编号。`,
  });

/** Copies of the samples with these indices. */
export function givenSamples(data: Dataset, indices: Uint32Array<ArrayBuffer>): GivenSamples {
  const outside = indices.find((index) => index >= data.count);
  if (outside !== undefined) throw noSample(data.name, data.count, outside);
  const given = (fields: readonly Field[]) => fields.map((field) => gathered(field, indices));
  return { indices, inputs: given(data.inputs), targets: given(data.targets) };
}

function gathered(field: Field, indices: Uint32Array): SampleField {
  if (field.kind === 'bytes' && field.awaited !== undefined) requireDecoded(field.awaited, indices);
  const size = field.shape.reduce((count, axis) => count * axis, 1);
  const data = emptyData(field.kind, field.kind === 'classes' ? field.classes : 0, size * indices.length);
  indices.forEach((index, at) => {
    data.set(field.data.subarray(index * size, (index + 1) * size), at * size);
  });
  const classes = field.kind === 'classes' ? field.classes : null;
  const names = field.kind === 'classes' && field.names !== undefined ? { names: field.names } : {};
  return { name: field.name, kind: field.kind, shape: [...field.shape], classes, ...names, data };
}

import type { Dataset, Field } from '../../data/dataset.ts';

/** The numbers in shared memory, which other threads read without a copy. */
export function inSharedMemory(data: Dataset): Dataset {
  const move = (field: Field): Field => {
    if (field.data.buffer instanceof SharedArrayBuffer) return field;
    const bytes = new Uint8Array(new SharedArrayBuffer(field.data.byteLength));
    bytes.set(new Uint8Array(field.data.buffer, field.data.byteOffset, field.data.byteLength));
    if (field.kind === 'numbers') return { ...field, data: new Float32Array(bytes.buffer) };
    if (field.kind === 'classes' && field.data instanceof Uint16Array)
      return { ...field, data: new Uint16Array(bytes.buffer) };
    return { ...field, data: bytes };
  };
  return { ...data, inputs: data.inputs.map(move), targets: data.targets.map(move) };
}

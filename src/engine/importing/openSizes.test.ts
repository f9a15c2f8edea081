import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { TensorProto_DataType as DataType } from '../../onnx/gen/onnx_pb.ts';
import { openSizesModel } from './damage/openSizesModel.ts';
import { importModel, SizesNeeded } from './importModel.ts';

const folder = await mkdtemp(join(tmpdir(), 'netloom-sizes-'));
afterAll(() => rm(folder, { recursive: true }));

async function modelOf(length: number, dataType: DataType, values: Uint8Array<ArrayBuffer>): Promise<string> {
  const path = join(folder, `${length}-${dataType}.onnx`);
  await writeFile(path, openSizesModel(length, dataType, values));
  return path;
}

const bytesOf = ({ buffer }: ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i / count - 0.5);

it.each([16, 1, 128, 512])('a model that runs with a length of %i alone is opened with it', async (length) => {
  const { report } = await importModel(
    await modelOf(length, DataType.FLOAT, bytesOf(Float32Array.from(numbers(2 * length)))),
  );
  expect(report.sizes).toEqual([{ name: 'T', size: length, assumed: true }]);
  expect(report.batch).toBe(true);
});

it('a model with another length needs it from the user', async () => {
  const path = await modelOf(12, DataType.FLOAT, bytesOf(Float32Array.from(numbers(24))));
  const refusal = await importModel(path).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(SizesNeeded);
  expect((refusal as SizesNeeded).sizes.map(({ name }) => name)).toContain('T');
  const { report } = await importModel(path, { sizes: { T: 12 } });
  expect(report.sizes).toEqual([{ name: 'T', size: 12, assumed: false }]);
  await expect(importModel(path, { sizes: { T: 13 } })).rejects.toThrow(/cannot be opened/);
});

const doubles = bytesOf(Float64Array.from(numbers(32)));
/** The first half of the bits of float32. */
const bfloats = bytesOf(
  Uint16Array.from(new Uint32Array(Float32Array.from(numbers(32)).buffer), (bits) => bits >>> 16),
);

it.each([
  ['float64, which the runtime can multiply', 16, DataType.DOUBLE, doubles, false],
  ['bfloat16, which it cannot', 16, DataType.BFLOAT16, bfloats, true],
] as const)('outputs are compared for %s', async (_, length, dataType, values, converted) => {
  const { report } = await importModel(await modelOf(length, dataType, values));
  expect(report.converted).toHaveLength(1);
  expect(report.proof).toMatchObject({ converted });
  expect(report.proof?.largest).toBeGreaterThan(0.1);
  expect(report.proof?.maxError).toBeLessThan(1e-5);
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../../check/check.ts';
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
} from '../../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../../onnx/read.ts';
import { exportModel } from '../exporter.ts';
import { CPU_DEVICE, loadModel } from '../session.ts';
import { difference } from './difference.ts';
import { importModel } from './importModel.ts';

const folder = await mkdtemp(join(tmpdir(), 'netloom-foreign-'));
afterAll(() => rm(folder, { recursive: true }));

/** Files that PyTorch 2.6 exported: name and opset, the layers between input and output, the ops that stay ONNX nodes. */
const rows: readonly (readonly [file: string, layers: string, kept?: string])[] = [
  ['gelu-13', 'gelu'],
  ['gelut-17', 'gelu'],
  ['silu-13', 'silu'],
  ['hsw-13', 'hardswish'],
  ['sp2-17', 'softplus'],
  ['mish-17', 'softplus tanh mul'],
  ['prelu8-17', 'prelu'],
  ['leaky-17', 'leakyRelu'],
  ['bn2na-17', 'batchNorm2d'],
  ['ln1-13', 'layerNorm'],
  ['ln1-17', 'layerNorm'],
  ['ln3-17', 'layerNorm'],
  ['gn-13', 'groupNorm'],
  ['gn_na-17', 'groupNorm'],
  ['in-17', 'groupNorm'],
  ['in_aff-17', 'groupNorm'],
  ['conv_evensame-17', 'conv2d'],
  ['padconv-17', 'zeroPad2d conv2d'],
  ['convt-17', 'convTranspose2d'],
  ['maxceil-17', 'maxPool2d'],
  ['avgceil-17', 'avgPool2d'],
  ['avgexc-13', 'avgPool2d'],
  ['mean-17', 'globalAvgPool2d flatten'],
  ['linear3-17', 'linear'],
  ['linear_nb-17', 'linear'],
  ['view2-17', 'flatten'],
  ['cat-17', 'relu concat'],
  ['mul-17', 'globalAvgPool2d sigmoid mul'],
  ['up_like-17', 'maxPool2d upsample'],
  ['up_ba-17', 'upsample'],
  ['up_15-17', 'upsample'],
  ['train-17', 'linear batchNorm1d relu linear'],
  ['conv1d-17', '', 'Conv'],
  ['embed-17', '', 'Gather'],
  ['split-17', 'concat', 'Slice Slice'],
  ['lstm-17', '', 'Transpose LSTM Squeeze Transpose'],
];

describe('a model of PyTorch', () => {
  it.each(rows)('%s: %s', async (file, expected, ops = '') => {
    const path = join('testdata/onnx', `${file}.onnx`);
    const { document, weights, report } = await importModel(path);
    const between = document.nodes
      .map(({ layer }) => layer)
      .filter((layer) => !layer.startsWith('onnx:') && layer !== 'input' && layer !== 'output');
    expect(between.join(' ')).toBe(expected);
    expect(report.kept.flatMap((each) => each.ops).join(' ')).toBe(ops);
    expect(report.proof?.maxError).toBeLessThan(1e-5);

    // Its export gives the results of the file, under their names.
    const { graph } = check(document);
    if (graph === null) throw new Error('the network has errors');
    const { model } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
    const [before, after] = await Promise.all([readFile(path), model].map(async (bytes) => decodeModel(await bytes)));
    const names = (read: typeof before) => read?.graph?.output.map(({ name }) => name).toSorted();
    expect(names(after)).toEqual(names(before));
  });
});

describe('a model of an early opset', () => {
  it('aligns the second operand of an addition', async () => {
    const numbers = (name: string, dims: readonly number[], data: readonly number[]) => ({
      name,
      dims: dims.map(BigInt),
      dataType: DataType.FLOAT,
      floatData: [...data],
    });
    const value = (name: string, dims: readonly number[]) => ({
      name,
      type: {
        value: {
          case: 'tensorType' as const,
          value: {
            elemType: DataType.FLOAT,
            shape: { dim: dims.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } })) },
          },
        },
      },
    });
    const int = (name: string, i: number) =>
      create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(i) });
    const model = create(ModelProtoSchema, {
      irVersion: 3n,
      opsetImport: [{ domain: '', version: 6n }],
      graph: {
        name: 'early',
        node: [
          { opType: 'Conv', input: ['x', 'conv.weight'], output: ['c'] },
          { opType: 'Add', input: ['c', 'conv.bias'], output: ['y'], attribute: [int('broadcast', 1), int('axis', 1)] },
        ],
        initializer: [numbers('conv.weight', [2, 1, 1, 1], [1, 2]), numbers('conv.bias', [2], [10, 20])],
        input: [value('x', [1, 1, 2, 2]), value('conv.weight', [2, 1, 1, 1]), value('conv.bias', [2])],
        output: [value('y', [1, 2, 2, 2])],
      },
    });
    const path = join(folder, 'early.onnx');
    await writeFile(path, toBinary(ModelProtoSchema, model));
    const { document, weights } = await importModel(path);
    expect(document.nodes.map(({ layer }) => layer)).toEqual(['input', 'conv2d', 'output']);
    const { graph } = check(document);
    if (graph === null) throw new Error('the network has errors');
    const exported = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
    const session = await loadModel(exported.model, CPU_DEVICE);
    const x = { dtype: 'float32', shape: [1, 1, 2, 2], data: Float32Array.of(1, 2, 3, 4) } as const;
    const y = (await session.run(new Map([['x', x]]))).get('y');
    const wanted = Float32Array.of(11, 12, 13, 14, 22, 24, 26, 28);
    expect(difference(y, { dtype: 'float32', shape: [1, 2, 2, 2], data: wanted }).error).toBe(0);
    await session.release();
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { afterAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../../templates/index.ts';
import type { CheckedGraph } from '../../check/checkedGraph.ts';
import { withConstantLayouts } from '../../compile/constantLayouts.ts';
import { bindParameters, compileInference } from '../../compile/inference.ts';
import { withSeparatePads } from '../../compile/separatePads.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../../graph/document.ts';
import { makeEdge } from '../../graph/edges.ts';
import { readProject, writeProject } from '../../graph/file.ts';
import { readConfig } from '../../layers/config.ts';
import { layers } from '../../layers/index.ts';
import { inputPorts, type LayerDef } from '../../layers/layer.ts';
import { type ModelProto, ModelProtoSchema, StringStringEntryProtoSchema } from '../../onnx/gen/onnx_pb.ts';
import { portableAt } from '../../onnx/opset.ts';
import { decodeModel } from '../../onnx/read.ts';
import { writeModel, writeModelFiles } from '../../onnx/write.ts';
import type { ImportReport } from '../../protocol/imported.ts';
import { type ExportOptions, exportModel } from '../exporter.ts';
import { CPU_DEVICE, type Tensors } from '../session.ts';
import { sameWeights } from '../weights.ts';
import { importModel } from './importModel.ts';
import { graphIn, layersOf, trainedWeights } from './roundTrip/layers.ts';

const folder = await mkdtemp(join(tmpdir(), 'netloom-import-'));
afterAll(() => rm(folder, { recursive: true }));

function program(graph: CheckedGraph, weights: Tensors, opset: number) {
  const target = portableAt(opset);
  return withSeparatePads(withConstantLayouts(bindParameters(compileInference(graph, target), weights)), target);
}

let files = 0;
async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(folder, `model${++files}.onnx`);
  await writeFile(path, bytes);
  return path;
}

async function returned(document: NetworkDocument, opset = 17) {
  const graph = graphIn(document);
  const weights = trainedWeights(graph);
  const imported = await importModel(await fileOf(writeModel(program(graph, weights, opset), { opset })));
  return {
    before: layersOf(graph, weights),
    after: layersOf(graphIn(imported.document), imported.weights),
    ...imported,
  };
}

/** Difference of the outputs, relative to the largest. */
const differenceOf = ({ proof }: ImportReport): number =>
  proof === null ? Number.NaN : proof.maxError / Math.max(1, proof.largest);

describe('an export of Netloom', () => {
  const rows: readonly (readonly [id: string, options: Partial<ExportOptions>])[] = [
    ['xor_mlp', {}],
    ['perceptron', {}],
    ['mlp_dropout', { opset: 13 }],
    ['lenet_modern', { externalAbove: 1000 }],
    ['resnet20_cifar', { opset: 21 }],
  ];
  it.each(rows)('%s comes back exactly', async (id, options) => {
    const { document } = templateOf(id) as { document: NetworkDocument };
    const graph = graphIn(document);
    const weights = trainedWeights(graph);
    const { model, external } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE, ...options });
    if (external !== null) await writeFile(join(folder, external.name), external.parts);
    const imported = await importModel(await fileOf(model));
    expect(imported.document).toEqual(document);
    expect(sameWeights(imported.weights, weights)).toBe(true);
    expect(imported.report.restored).toEqual({ notice: null });
  });

  it('with folded batch normalization comes back with the folded weights', async () => {
    const graph = graphIn(templateOf('bn_lenet')?.document as NetworkDocument);
    const exported = { graph, weights: trainedWeights(graph), data: null, device: CPU_DEVICE, fold: true };
    const { document, weights, report } = await importModel(await fileOf((await exportModel(exported)).model));
    expect(report.restored).toBeNull();
    expect(document.nodes.some(({ layer }) => layer.startsWith('batchNorm'))).toBe(false);
    expect(weights.size).toBeGreaterThan(0);
    expect(differenceOf(report)).toBeLessThan(1e-5);
  });
});

describe('a network without its document', () => {
  it.each([
    'lenet_modern',
    'lenet',
    'bn_lenet_pad2',
    'mlp',
    'softmax_regression',
    'linear_regression',
    'xor_mlp',
    'plain20_cifar',
  ])('%s has the same layers, and its weights bit for bit', async (id) => {
    for (const opset of [13, 21]) {
      const { before, after, report, document } = await returned(templateOf(id)?.document as NetworkDocument, opset);
      expect(after).toEqual(before);
      expect(report).toMatchObject({ kept: [], batch: true, converted: [] });
      expect(document.recipe.start).toBe('held');
      expect(differenceOf(report)).toBeLessThan(1e-5);
    }
  });

  it('has blocks and names again', async () => {
    const { document, report } = await returned(templateOf('resnet20_cifar')?.document as NetworkDocument);
    expect(report.kept).toEqual([]);
    expect(report.blocks.map(({ count }) => count).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    expect(document.nodes.length).toBeLessThan(40);
  });
});

/** Input shapes and configs that are worth a trip, by layer; others have one with an image. */
const trips: Readonly<Record<string, readonly (readonly [shape: readonly number[], config: Config])[]>> = {
  conv2d: [
    [[4, 9, 8], { outChannels: 6, kernelSize: [3, 2], stride: [2, 1], padding: [1, 0], groups: 2 }],
    [[4, 9, 8], { outChannels: 5, kernelSize: [4, 4], padding: 'same', bias: false }],
    [[4, 9, 8], { outChannels: 5, kernelSize: [3, 3], dilation: [2, 2] }],
  ],
  convTranspose2d: [
    [[4, 5, 6], { outChannels: 3, kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], outputPadding: [1, 1] }],
    [[4, 5, 6], { outChannels: 6, groups: 2, bias: false }],
  ],
  maxPool2d: [
    [[3, 9, 8], { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }],
    [[3, 9, 8], { kernelSize: [2, 2], stride: [2, 2], ceilMode: true }],
    [[3, 9, 8], { kernelSize: [2, 2], stride: [1, 1], dilation: [2, 2] }],
  ],
  avgPool2d: [
    [[3, 9, 8], { kernelSize: [3, 2], stride: [2, 2] }],
    [[3, 9, 8], { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }],
    [[3, 9, 8], { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], countIncludePad: false }],
  ],
  leakyRelu: [[[3, 4, 5], { negativeSlope: 0.2 }]],
  prelu: [
    [[3, 4, 5], { slopes: 'one' }],
    [[3, 4, 5], { slopes: 'channel' }],
  ],
  elu: [[[3, 4, 5], { alpha: 0.7 }]],
  gelu: [
    [[3, 4, 5], { approximate: 'none' }],
    [[3, 4, 5], { approximate: 'tanh' }],
  ],
  softplus: [[[3, 4, 5], { beta: 1 }]],
  softmax: [
    [[3, 4, 5], { axis: 0 }],
    [[6], { axis: 0 }],
  ],
  batchNorm1d: [
    [[6], {}],
    [[6, 4], { affine: false }],
  ],
  batchNorm2d: [
    [[3, 4, 5], { eps: 0.001 }],
    [[3, 4, 5], { affine: false }],
  ],
  layerNorm: [
    [[3, 4, 5], {}],
    [[3, 4, 5], { axes: 1, eps: 0.01 }],
    [[7], { affine: false }],
  ],
  groupNorm: [
    [[6, 4, 5], { groups: 3 }],
    [[6, 4, 5], { groups: 2, affine: false }],
  ],
  localResponseNorm: [[[6, 4, 5], { size: 5, alpha: 0.1, beta: 0.5, k: 1 }]],
  linear: [
    [[6], { outFeatures: 4 }],
    [[3, 6], { outFeatures: 4, bias: false }],
  ],
  concat: [[[3, 4, 5], { count: 3, axis: 1 }]],
  add: [[[3, 4, 5], { count: 3 }]],
  flatten: [
    [[3, 4, 5], {}],
    [[3, 4, 5], { axis: 1 }],
  ],
  reshape: [[[3, 4, 5], { shape: [4, 15] }]],
  upsample: [
    [[3, 4, 5], { scale: [2] }],
    [[3, 4, 5], { mode: 'bilinear', scale: [2, 3] }],
    [[3, 4, 5], { mode: 'bilinear', alignCorners: true, by: 'size', size: [7, 9] }],
    [[3, 4, 5], { by: 'size', size: [7, 9] }],
  ],
  zeroPad2d: [
    [[3, 4, 5], { before: [1, 0], after: [2, 3] }],
    [[3, 4, 5], { before: [-1, 0], after: [1, -2] }],
  ],
};

/** Layers that leave no trace in a model: they pass their input on in prediction, or have the form of another layer. */
const traceless = ['identity', 'dropout', 'dropout2d', 'adaptiveAvgPool2d'];

const oneLayer = ({ type }: LayerDef, shape: readonly number[], config: Config): NetworkDocument => {
  const layer = layers.find((each) => each.type === type) as LayerDef;
  const ports = inputPorts(layer, readConfig(layer.config, config).config);
  const node = (id: string, kind: string, settings: Config) => ({
    id,
    name: id,
    layer: kind,
    config: settings,
    position: { x: 0, y: 0 },
  });
  return {
    ...emptyDocument,
    nodes: [
      ...ports.map((_, i) => node(`in${i}`, 'input', { shape: [...shape] })),
      node('it', type, config),
      node('values', 'regression', {}),
    ],
    edges: [
      ...ports.map((port, i) => makeEdge({ node: `in${i}`, port: 'y' }, { node: 'it', port })),
      makeEdge({ node: 'it', port: 'y' }, { node: 'values', port: 'x' }),
    ],
  };
};

describe('a layer comes back as itself', () => {
  const rows = layers
    .filter(({ lower, type }) => lower !== undefined && !traceless.includes(type))
    .flatMap((layer) => (trips[layer.type] ?? [[[3, 4, 5], {}] as const]).map((trip) => [layer, ...trip] as const));
  it.each(
    rows.map(([layer, shape, config]) => [`${layer.type} ${JSON.stringify(config)}`, layer, shape, config] as const),
  )('%s', async (_, layer, shape, config) => {
    for (const opset of [13, 17, 20]) {
      const { before, after, report } = await returned(oneLayer(layer, shape, config), opset);
      expect(after, `opset ${opset}`).toEqual(before);
      expect(differenceOf(report)).toBeLessThan(1e-5);
    }
  });
});

it('what a model says about itself is kept, and exported again', async () => {
  const graph = graphIn(templateOf('xor_mlp')?.document as NetworkDocument);
  const model = decodeModel(writeModel(program(graph, trainedWeights(graph), 17), { opset: 17 })) as ModelProto;
  const entry = (key: string, value: string) => create(StringStringEntryProtoSchema, { key, value });
  model.producerName = 'sketch';
  model.producerVersion = '2.1';
  model.docString = 'Tells two inputs apart.';
  model.metadataProps = [
    entry('labels', '["no","yes"]'),
    entry('__proto__', 'a name like any other'),
    entry('netloom_data', '{"source":"of an earlier export"}'),
    entry('log', 'x'.repeat(200_000)),
  ];
  const { document, weights } = await importModel(await fileOf(toBinary(ModelProtoSchema, model)));
  expect(document.imported).toEqual({
    program: 'sketch 2.1',
    opset: 17,
    description: 'Tells two inputs apart.',
    metadata: [
      { key: 'labels', value: '["no","yes"]' },
      { key: '__proto__', value: 'a name like any other' },
    ],
  });
  const read = readProject(writeProject({ document, weights: null, others: {} }), 'network.netloom').document;
  const exported = await exportModel({ graph: graphIn(read), weights, data: null, device: CPU_DEVICE });
  const metadata = new Map(decodeModel(exported.model)?.metadataProps.map(({ key, value }) => [key, value]));
  expect(metadata.get('labels')).toBe('["no","yes"]');
  expect(metadata.get('__proto__')).toBe('a name like any other');
  expect(metadata.has('netloom_data')).toBe(false);
});

describe('weights in another file', () => {
  const graph = graphIn(templateOf('lenet_modern')?.document as NetworkDocument);
  const weights = trainedWeights(graph);
  const written = writeModelFiles(program(graph, weights, 17), { name: 'weights.bin', above: 1000 });

  it('are read from the folder of the model', async () => {
    const path = await fileOf(written.model);
    await writeFile(join(folder, 'weights.bin'), written.external?.parts ?? []);
    const { document, weights: read } = await importModel(path);
    expect(layersOf(graphIn(document), read)).toEqual(layersOf(graph, weights));
  });

  it.each([
    '../weights.bin',
    '/etc/hostname',
    'a/../../weights.bin',
    'C:\\weights.bin',
    '..\\weights.bin',
    '',
  ])('are not read from “%s”', async (location) => {
    const { model } = writeModelFiles(program(graph, weights, 17), { name: location, above: 1000 });
    await expect(importModel(await fileOf(model))).rejects.toThrow(/outside its folder/);
  });

  it('are missed by name', async () => {
    const { model } = writeModelFiles(program(graph, weights, 17), { name: 'gone.bin', above: 1000 });
    await expect(importModel(await fileOf(model))).rejects.toThrow(/“gone.bin”, which is not in its folder/);
  });

  it('must be whole', async () => {
    const { model } = writeModelFiles(program(graph, weights, 17), { name: 'short.bin', above: 1000 });
    await writeFile(join(folder, 'short.bin'), new Uint8Array(100));
    await expect(importModel(await fileOf(model))).rejects.toThrow(/it is damaged, or belongs to another model/);
  });
});

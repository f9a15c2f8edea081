import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { makeEdge } from '../graph/edges.ts';
import { ForeignOnnx } from '../graph/foreign.ts';
import { floatTensor } from '../ir/tensor.ts';
import { type ModelProto, ModelProtoSchema } from '../onnx/gen/onnx_pb.ts';
import { random } from '../random/philox.ts';
import { type ExportOptions, exportModel, exportStep } from './exporter.ts';
import { checkedGraph } from './network.ts';
import { readProjectFile } from './projectFile.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { readWeights, sameWeights } from './weights.ts';

/** All layouts of exported weights: plain, transposed (Linear on a sequence) and reshaped (ConvTranspose2d, PReLU). */
const LAYERS: readonly (readonly [name: string, layer: string, config: Config])[] = [
  ['x', 'input', { shape: [2, 5, 5] }],
  ['conv', 'conv2d', { outChannels: 3, kernelSize: [3, 3] }],
  ['norm', 'batchNorm2d', {}],
  ['prelu', 'prelu', { numParameters: 3 }],
  ['up', 'convTranspose2d', { outChannels: 2, kernelSize: [2, 2] }],
  ['rows', 'reshape', { shape: [4, 18] }],
  ['last', 'linear', { outFeatures: 30 }],
  ['flat', 'flatten', {}],
  ['fc', 'linear', { outFeatures: 4 }],
  ['y', 'classifier', { classes: 4 }],
];

const drawing: NetworkDocument = {
  ...emptyDocument,
  name: 'drawn',
  data: { ...emptyDocument.data, source: 'drawn' },
  nodes: LAYERS.map(([name, layer, config], i) => ({ id: name, name, layer, config, position: { x: 0, y: 100 * i } })),
  edges: LAYERS.slice(1).map(([name], i) =>
    makeEdge({ node: (LAYERS[i] as (typeof LAYERS)[number])[0], port: 'y' }, { node: name, port: 'x' }),
  ),
};
const graph = checkedGraph(drawing);
/** No weight has its initial value. */
const trained: Tensors = new Map(
  [...initialParameters(graph, 1)].map(([name, tensor]) => {
    const rng = random(2, name);
    return [
      name,
      floatTensor(
        tensor.shape,
        Float32Array.from({ length: tensor.data.length }, () => rng.uniform()),
      ),
    ];
  }),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Change = (model: ModelProto) => void;
const unchanged: Change = () => {};

/** Exports, changes the model, and opens the file. */
async function reopened(options: Partial<ExportOptions>, change: Change, besideIsThere = true) {
  const path = join(folder, 'model.onnx');
  const exported = await exportModel({ graph, weights: trained, data: null, device: CPU_DEVICE, ...options });
  const { external } = exported;
  if (external !== null && besideIsThere) await writeFile(join(folder, external.name), external.parts);
  const model = fromBinary(ModelProtoSchema, exported.model);
  change(model);
  await writeFile(path, toBinary(ModelProtoSchema, model));
  return readProjectFile(path, { name: 'model.onnx' });
}

const initializer = (model: ModelProto, name: string) => {
  const found = model.graph?.initializer.find((tensor) => tensor.name === name);
  if (found === undefined) throw new Error(`no initializer '${name}'`);
  return found;
};
const withoutMetadata =
  (key: string): Change =>
  (model) => {
    model.metadataProps = model.metadataProps.filter((entry) => entry.key !== key);
  };

describe('an exported model is opened with its weights, bit for bit', () => {
  const rows: readonly (readonly [name: string, options: Partial<ExportOptions>, change: Change])[] = [
    ['at opset 13', { opset: 13 }, unchanged],
    ['at the standard opset', {}, unchanged],
    ['at opset 26', { opset: 26 }, unchanged],
    ['with large tensors in a file beside it', { externalAbove: 0 }, unchanged],
    ['of a Netloom that wrote no checksum', {}, withoutMetadata('netloom_weights_sha256')],
    ['of a Netloom that wrote no checksum of the graph', {}, withoutMetadata('netloom_graph_sha256')],
    [
      'with notes and types of another program',
      {},
      (model) => {
        model.docString = 'checked';
        model.metadataProps = [...model.metadataProps.toReversed()];
        if (model.graph !== undefined) model.graph.valueInfo = [];
      },
    ],
    ['of a Netloom that did not say whether it was trained', {}, withoutMetadata('netloom_weights')],
  ];
  it.each(rows)('%s', async (_, options, change) => {
    const { document, weights, notice } = await reopened(options, change);
    expect(notice).toBeNull();
    expect(document).toEqual(drawing);
    expect(sameWeights(readWeights(weights as Uint8Array, 'weights'), trained)).toBe(true);
  });

  it('partly trained, with a notice', async () => {
    const { weights, notice } = await reopened({ initial: ['fc/weight'] }, unchanged);
    expect(sameWeights(readWeights(weights as Uint8Array, 'weights'), trained)).toBe(true);
    expect(notice?.en).toMatch(/some layers .* not trained/i);
  });
});

describe('a model that another program has changed is imported', () => {
  const rows: readonly (readonly [name: string, change: Change])[] = [
    [
      'another setting',
      (model) => {
        const attribute = model.graph?.node.flatMap((node) => node.attribute).find(({ ints }) => ints.length > 0);
        if (attribute === undefined) throw new Error('no attribute');
        attribute.ints = attribute.ints.with(0, (attribute.ints[0] ?? 0n) + 1n);
      },
    ],
    [
      'a node less',
      (model) => {
        model.graph?.node.pop();
      },
    ],
    [
      'another name',
      (model) => {
        initializer(model, 'conv/bias').name = 'onnx::Conv_17';
      },
    ],
    [
      'another bias',
      (model) => {
        const { rawData } = initializer(model, 'conv/bias');
        rawData[0] = (rawData[0] ?? 0) ^ 1;
      },
    ],
    [
      'another opset',
      (model) => {
        for (const each of model.opsetImport) each.version += 1n;
      },
    ],
  ];
  it.each(rows)('%s', async (_, change) => {
    await expect(reopened({}, change)).rejects.toThrow(ForeignOnnx);
  });
});

describe('a model is opened without weights and with the reason', () => {
  const rows: readonly (readonly [name: string, options: Partial<ExportOptions>, change: Change, reason: RegExp])[] = [
    ['never trained', { initial: [...trained.keys()] }, unchanged, /exported before training/],
    ['folded', { fold: true }, unchanged, /batch normalization was folded/],
    [
      'one bit of a weight changed',
      {},
      (model) => {
        const { rawData } = initializer(model, 'fc/weight');
        rawData[0] = (rawData[0] ?? 0) ^ 1;
      },
      /damaged or were changed by another program/,
    ],
    [
      'a weight renamed by another program',
      {},
      (model) => {
        initializer(model, 'conv/bias').name = 'onnx::Conv_17';
      },
      /“conv\/bias” is missing or has a different shape/,
    ],
    [
      'a weight of another shape',
      {},
      (model) => {
        initializer(model, 'conv/bias').dims = [1n, 3n, 1n];
      },
      /“conv\/bias” is missing or has a different shape/,
    ],
    [
      'a weight with too few numbers',
      {},
      (model) => {
        const tensor = initializer(model, 'fc/weight');
        tensor.rawData = tensor.rawData.subarray(4);
      },
      /weights are damaged/,
    ],
    [
      'float16 weights',
      {},
      (model) => {
        initializer(model, 'fc/weight').dataType = 10;
      },
      /weights are damaged/,
    ],
    [
      'a file beside it that lies elsewhere',
      { externalAbove: 0 },
      (model) => {
        for (const { externalData } of model.graph?.initializer ?? []) {
          for (const entry of externalData) if (entry.key === 'location') entry.value = `../../${folder}/missing.data`;
        }
      },
      /“missing\.data” in the same folder/,
    ],
  ];
  it.each(rows)('%s', async (_, options, change, reason) => {
    const { document, weights, notice } = await reopened(options, (model) => {
      withoutMetadata('netloom_graph_sha256')(model);
      change(model);
    });
    expect(document).toEqual(drawing);
    expect(weights).toBeNull();
    expect(notice?.en).toMatch(reason);
    expect(notice?.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('its external file is missing', async () => {
    await rm(join(folder, 'model.onnx.data'), { force: true });
    const { weights, notice } = await reopened({ externalAbove: 0 }, unchanged, false);
    expect(weights).toBeNull();
    expect(notice?.en).toMatch(/“model\.onnx\.data” in the same folder, which is missing or damaged/);
  });

  it('a training step', async () => {
    const { model } = await exportStep({ graph, data: null });
    const path = join(folder, 'step.onnx');
    await writeFile(path, model);
    const { weights, notice } = await readProjectFile(path, { name: 'step.onnx' });
    expect(weights).toBeNull();
    expect(notice?.en).toMatch(/training step, which contains no weights/);
  });
});

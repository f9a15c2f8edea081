import { describe, expect, it } from 'vitest';
import { starters } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialize.ts';
import type { Dataset } from '../data/dataset.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { floatTensor, type Tensor } from '../ir/tensor.ts';
import { decodeModel, readModel } from '../onnx/read.ts';
import { OPSETS } from '../opsets.ts';
import { random } from '../random/philox.ts';
import { exportModel, exportStep } from './exporter.ts';
import { filesBeside, openDataset } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, openModel, type Tensors } from './session.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

interface Vector {
  inputs: Record<string, Base64Tensor>;
  outputs: Record<string, Base64Tensor>;
}
interface Base64Tensor {
  dtype: string;
  shape: number[];
  base64: string;
}

const decoded = ({ shape, base64 }: Base64Tensor): Tensor => {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return { dtype: 'float32', shape, data: new Float32Array(bytes.buffer) };
};

describe.each(starters)('$id exported', ({ document }) => {
  const graph = checkedGraph(document);
  const weights = initialParameters(graph, 3);

  it("has Netloom's outputs at batch sizes 1, 7 and 64, with default-domain ops", async () => {
    const data = await openDataset('mnist', files);
    const { model, proof, ops } = await exportModel({ graph, weights, data, device: CPU_DEVICE });
    expect(proof.maxError).toBeLessThan(1e-5);
    expect(Object.keys(ops).some((op) => op.includes('.'))).toBe(false);
    const summary = readModel(model);
    expect(Object.keys(summary?.domains ?? {})).toEqual(['']);
    expect(JSON.parse(summary?.metadata.netloom_document ?? '')).toEqual(document);
    expect(JSON.parse(summary?.metadata.netloom_recipe ?? '')).toEqual(document.recipe);
  });

  it('contains a correct test vector, even without a dataset', async () => {
    const { model } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
    const { inputs, outputs } = JSON.parse(readModel(model)?.metadata.netloom_proof ?? '') as Vector;
    const session = await openModel(model, CPU_DEVICE);
    const feeds = new Map(Object.entries(inputs).map(([name, tensor]) => [name, decoded(tensor)]));
    const results = await session.run(feeds);
    for (const [name, tensor] of Object.entries(outputs)) {
      const expected = decoded(tensor);
      const got = results.get(name);
      expect(got?.shape).toEqual(expected.shape);
      expected.data.forEach((x, i) => {
        expect(Math.abs(Number(got?.data[i]) - Number(x))).toBeLessThan(1e-5);
      });
    }
    await session.release();
  });
});

it('exports a regression network with any dataset in its document', async () => {
  const { document } = starters[3] as (typeof starters)[number];
  const nodes = document.nodes.map((node) =>
    node.layer === 'classifier' ? { ...node, layer: 'regression', config: {} } : node,
  );
  const graph = checkedGraph({ ...document, nodes });
  const weights = initialParameters(graph, 1);
  const { proof, model } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
  expect(proof.maxError).toBeLessThan(1e-5);
  expect(readModel(model)?.outputs.map(({ name }) => name)).toEqual(['values']);
});

it('refuses weights of another network', async () => {
  const graph = checkedGraph((starters[0] as (typeof starters)[number]).document);
  await expect(exportModel({ graph, weights: new Map(), data: null, device: CPU_DEVICE })).rejects.toThrow(/no weight/);
});

/** Convolutions and a linear layer with batch normalization, and a LayerNorm. */
const normalized: NetworkDocument = (() => {
  const rows: readonly (readonly [string, string, Config])[] = [
    ['image', 'input', { shape: [1, 28, 28] }],
    ['conv1', 'conv2d', { outChannels: 4, stride: [2, 2] }],
    ['bn1', 'batchNorm2d', {}],
    ['act1', 'relu', {}],
    ['pool1', 'maxPool2d', {}],
    ['ln', 'layerNorm', {}],
    ['flatten', 'flatten', {}],
    ['fc1', 'linear', { outFeatures: 20 }],
    ['bn2', 'batchNorm1d', {}],
    ['fc2', 'linear', { outFeatures: 10 }],
    ['digit', 'classifier', {}],
  ];
  const nodes = rows.map(([id, layer, config]) => ({ id, layer, name: id, config, position: { x: 0, y: 0 } }));
  const edges = rows.slice(1).map(([id], i) => ({
    id,
    from: { node: rows[i]?.[0] ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  return { ...emptyDocument, name: 'normalized', nodes, edges };
})();

describe('an export of layers with normalization', () => {
  const graph = checkedGraph(normalized);
  const rng = random(8, 'statistics');
  const weights: Tensors = new Map(
    [...initialParameters(graph, 1)].map(([name, tensor]): [string, Tensor] => {
      if (!/running|bn/.test(name)) return [name, tensor];
      return [
        name,
        floatTensor(
          tensor.shape,
          Array.from({ length: tensor.data.length }, () => 0.5 + rng.uniform()),
        ),
      ];
    }),
  );

  it.each([13, 16, 17, 22, OPSETS.most])("has Netloom's outputs at opset %i, even folded", async (opset) => {
    for (const fold of [false, true]) {
      const {
        proof,
        ops,
        opset: written,
      } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE, opset, fold });
      expect(proof.maxError).toBeLessThan(1e-5);
      expect(written).toBe(opset);
      expect(ops.BatchNormalization).toBe(fold ? undefined : 2);
      expect(ops.LayerNormalization).toBe(opset < 17 ? undefined : 1);
    }
  });

  it('writes large weights to an external file, and verifies the model with it', async () => {
    const options = { graph, weights, data: null, device: CPU_DEVICE, fileName: 'net.onnx' };
    const whole = await exportModel(options);
    expect(whole.external).toBeNull();
    const { external, model, proof } = await exportModel({ ...options, externalAbove: 1000 });
    expect(external?.name).toBe('net.onnx.data');
    expect(model.length).toBeLessThan(whole.model.length - 10_000);
    expect(proof.maxError).toBeLessThan(1e-5);
  });

  it('contains the hash of the dataset, as recorded by a run or as it is now', async () => {
    const data = await openDataset('mnist', files);
    const named = async (options: { dataSha256?: string; data: Dataset | null }) => {
      const { model } = await exportModel({ graph, weights, device: CPU_DEVICE, ...options });
      const { netloom_data: text } = readModel(model)?.metadata ?? {};
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    };
    expect(await named({ data: null })).toBeUndefined();
    expect(await named({ data: null, dataSha256: 'abc' })).toEqual({ source: 'mnist', sha256: 'abc' });
    expect(await named({ data })).toEqual({ source: 'mnist', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('contains no folders, samples or hash of own data files by default', async () => {
    const mnist = await openDataset('mnist', files);
    const own = checkedGraph({
      ...normalized,
      data: { ...normalized.data, source: '/home/ann/secret/images-idx3.gz' },
    });
    const written = async (ownSamples?: boolean) =>
      (await exportModel({ graph: own, weights, data: mnist, device: CPU_DEVICE, ownSamples })).model;
    const { netloom_document, netloom_data, netloom_proof } = readModel(await written())?.metadata ?? {};
    expect(JSON.parse(netloom_document ?? '')).toMatchObject({ data: { source: 'images-idx3.gz' } });
    expect(netloom_data).toBeUndefined();
    // The hash recorded by a run is not included either, nor in the training step.
    const recorded = { graph: own, weights, data: mnist, device: CPU_DEVICE, dataSha256: 'recorded' };
    for (const { model } of [await exportModel(recorded), await exportStep(recorded)]) {
      expect(readModel(model)?.metadata.netloom_data).toBeUndefined();
    }
    const asked = { ...recorded, ownSamples: true };
    for (const { model } of [await exportModel(asked), await exportStep(asked)]) {
      expect(JSON.parse(readModel(model)?.metadata.netloom_data ?? '')).toMatchObject({ sha256: 'recorded' });
    }
    expect(Buffer.from(await written()).includes('secret')).toBe(false);
    expect(Buffer.from((await exportStep({ graph: own, data: mnist })).model).includes('secret')).toBe(false);

    const shared = readModel(await written(true))?.metadata.netloom_proof;
    const { model } = await exportModel({ graph, weights, data: mnist, device: CPU_DEVICE });
    expect(shared).toEqual(readModel(model)?.metadata.netloom_proof);
    expect(netloom_proof).not.toEqual(shared);
  });

  it('has a loadable training step with stable names', async () => {
    for (const opset of [16, 17, OPSETS.most]) {
      const { model, ops } = await exportStep({ graph, data: null, opset });
      expect(ops.LayerNormalization).toBe(opset < 17 ? undefined : 1);
      const summary = readModel(model);
      expect(summary?.inputs.map(({ name }) => name)).toEqual([
        'image',
        ...['conv1/weight', 'conv1/bias', 'bn1/weight', 'bn1/bias', 'bn1/running_mean', 'bn1/running_var'],
        ...['ln/weight', 'ln/bias', 'fc1/weight', 'fc1/bias', 'bn2/weight', 'bn2/bias'],
        ...['bn2/running_mean', 'bn2/running_var', 'fc2/weight', 'fc2/bias', 'target', 'learning_rate'],
      ]);
      expect(summary?.outputs.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['loss', 'correct', 'conv1/weight_new', 'bn1/running_mean_new']),
      );
      expect(JSON.parse(summary?.metadata.netloom_document ?? '')).toEqual(normalized);
    }
  });
});

/** Layers whose constants are used in another shape or order. */
const laidOut: NetworkDocument = (() => {
  const rows: readonly (readonly [string, Config])[] = [
    ['input', { shape: [3, 7, 7] }],
    ['convTranspose2d', { outChannels: 4 }],
    ['groupNorm', { groups: 2 }],
    ['prelu', {}],
    ['adaptiveAvgPool2d', { outputSize: [3, 4] }],
    ['identity', {}],
    ['reshape', { shape: [12, 4] }],
    ['linear', { outFeatures: 5 }],
    ['regression', {}],
  ];
  const nodes = rows.map(([layer, config]) => ({ id: layer, layer, name: layer, config, position: { x: 0, y: 0 } }));
  const edges = nodes.slice(1).map(({ id }, i) => ({
    id,
    from: { node: nodes[i]?.id ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  return { ...emptyDocument, name: 'laid out', nodes, edges };
})();

it('contains constants in the used layout, and the shapes of all values', async () => {
  const graph = checkedGraph(laidOut);
  const weights = initialParameters(graph, 1);
  const { model, ops, proof } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
  expect(proof.maxError).toBeLessThan(1e-5);
  expect(ops).not.toHaveProperty('Transpose');
  expect(ops).not.toHaveProperty('Identity');
  const { node = [], initializer = [], valueInfo = [], output = [] } = decodeModel(model)?.graph ?? {};
  const constants = new Set(initializer.map(({ name }) => name));
  expect(node.filter(({ opType, input }) => opType === 'Reshape' && constants.has(input[0] ?? ''))).toEqual([]);
  const told = new Set([...valueInfo, ...output].map(({ name }) => name));
  expect(node.flatMap((each) => each.output).filter((name) => !told.has(name))).toEqual([]);
});

it('names the layer that needs a later opset, and the opset', async () => {
  // Rows of the image are used several times, so the gradient adds values at repeated indices.
  const nodes = normalized.nodes.map((node) =>
    node.name === 'bn1' ? { ...node, layer: 'upsample', name: 'up1', config: { by: 'size', size: [16, 20] } } : node,
  );
  const graph = checkedGraph({ ...normalized, nodes });
  const refused = exportStep({ graph, data: null, opset: 13 });
  await expect(refused).rejects.toThrow(/“[^”]*up1.* from opset 16\. Choose opset 16 or later instead of 13/);
});

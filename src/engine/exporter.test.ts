import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialise.ts';
import type { Tensor } from '../ir/tensor.ts';
import { readModel } from '../onnx/read.ts';
import { exportModel } from './exporter.ts';
import { filesBeside, openDataset } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, openModel } from './session.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

interface Vector {
  inputs: Record<string, Encoded>;
  outputs: Record<string, Encoded>;
}
interface Encoded {
  dtype: string;
  shape: number[];
  base64: string;
}

const decoded = ({ shape, base64 }: Encoded): Tensor => {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return { dtype: 'float32', shape, data: new Float32Array(bytes.buffer) };
};

describe.each(templates)('$id exported', ({ document }) => {
  const graph = checkedGraph(document);
  const weights = initialParameters(graph, 3);

  it('agrees with the trainer at batch 1, 7 and 64, in default-domain ops', async () => {
    const data = await openDataset('mnist', files);
    const { model, proof, ops } = await exportModel({ graph, weights, data, device: CPU_DEVICE });
    expect(proof.maxError).toBeLessThan(1e-5);
    expect(Object.keys(ops).some((op) => op.includes('.'))).toBe(false);
    const summary = readModel(model);
    expect(Object.keys(summary?.domains ?? {})).toEqual(['']);
    expect(JSON.parse(summary?.metadata.netloom_document ?? '')).toEqual(document);
    expect(JSON.parse(summary?.metadata.netloom_recipe ?? '')).toEqual(document.recipe);
  });

  it('carries a test vector that it meets, also without data', async () => {
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

it('exports a network that ends in numbers, whatever data its document names', async () => {
  const { document } = templates[3] as (typeof templates)[number];
  const nodes = document.nodes.map((node) =>
    node.layer === 'classifier' ? { ...node, layer: 'regression', config: {} } : node,
  );
  const graph = checkedGraph({ ...document, nodes });
  const weights = initialParameters(graph, 1);
  const { proof, model } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
  expect(proof.maxError).toBeLessThan(1e-5);
  expect(readModel(model)?.outputs.map(({ name }) => name)).toEqual(['values']);
});

it('notices when the weights do not belong to the network', async () => {
  const graph = checkedGraph((templates[0] as (typeof templates)[number]).document);
  await expect(exportModel({ graph, weights: new Map(), data: null, device: CPU_DEVICE })).rejects.toThrow(/no weight/);
});

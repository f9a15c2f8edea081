import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { bindParameters, compileInference } from '../compile/inference.ts';
import { initialParameters } from '../compile/initialize.ts';
import { CPU_DEVICE, openModel } from '../engine/session.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { floatTensor, type Tensor } from '../ir/tensor.ts';
import { defaultConfig } from '../layers/config.ts';
import { layers } from '../layers/index.ts';
import { inputPorts } from '../layers/layer.ts';
import { OPSETS } from '../opsets.ts';
import { portableAt } from './opset.ts';
import { validateModel } from './validate.ts';
import { writeModel } from './write.ts';

const IMAGE = [4, 6, 6];

/** Layer, shape of its inputs, config. All other layers have an image as input. */
const special: Record<string, readonly (readonly [readonly number[], Config])[]> = {
  linear: [
    [[5], {}],
    [[3, 5], { bias: false }],
  ],
  classifier: [[[3], { classes: 3 }]],
  reshape: [[IMAGE, { shape: [9, 16] }]],
  batchNorm1d: [
    [[5], {}],
    [[5, 4], { affine: false }],
  ],
  layerNorm: [
    [IMAGE, {}],
    [IMAGE, { axes: 1, affine: false }],
  ],
  groupNorm: [[IMAGE, { groups: 2 }]],
  gelu: [
    [IMAGE, {}],
    [IMAGE, { approximate: 'tanh' }],
  ],
  localResponseNorm: [
    [IMAGE, {}],
    [IMAGE, { size: 4 }],
  ],
  adaptiveAvgPool2d: [[IMAGE, { size: [4, 4] }]],
  upsample: [
    [IMAGE, { mode: 'nearest' }],
    [IMAGE, { mode: 'bilinear' }],
  ],
};
const cases = layers
  .filter(({ inputs }) => inputs.length > 0)
  .flatMap((layer) => (special[layer.type] ?? [[IMAGE, {}] as const]).map((rest) => [layer, ...rest] as const));

/** Inputs → the layer → Regression output. */
function networkOf(layer: (typeof layers)[number], shape: readonly number[], config: Config): CheckedGraph {
  const position = { x: 0, y: 0 };
  const ports = inputPorts(layer, defaultConfig(layer.config));
  const inputs = ports.map((port) => ({ id: port, name: `in_${port}`, layer: 'input', config: { shape }, position }));
  const edges: NetworkDocument['edges'] = ports.map((port) => ({
    id: port,
    from: { node: port, port: 'y' },
    to: { node: 'middle', port },
  }));
  const ends = layer.output === undefined;
  const end = { id: 'end', name: 'end', layer: 'regression', config: {}, position };
  const toEnd = {
    id: 'last',
    from: { node: 'middle', port: layer.outputs[0] as string },
    to: { node: 'end', port: 'x' },
  };
  const { graph, diagnostics } = check({
    ...emptyDocument,
    nodes: [...inputs, { id: 'middle', name: 'middle', layer: layer.type, config, position }, ...(ends ? [end] : [])],
    edges: [...edges, ...(ends ? [toEnd] : [])],
  });
  if (graph === null) throw new Error(diagnostics.map(({ message }) => message.en).join('; '));
  return graph;
}

const opsets = Array.from({ length: OPSETS.most - OPSETS.least + 1 }, (_, i) => OPSETS.least + i);

describe('every layer exports at every opset with the same results', () => {
  it.each(cases.map((row) => [`${row[0].type} ${JSON.stringify(row[2])}`, row] as const))('%s', async (_, row) => {
    const graph = networkOf(...row);
    const weights = initialParameters(graph, 2);
    let standard: ReadonlyMap<string, Tensor> | null = null;
    for (const opset of [OPSETS.standard, ...opsets]) {
      const program = bindParameters(compileInference(graph, portableAt(opset)), weights);
      const model = writeModel(program, { opset });
      expect(validateModel(model)).toEqual([]);
      const session = await openModel(Uint8Array.from(model), CPU_DEVICE);
      const feeds = new Map(
        program.inputs.map(({ value }): [string, Tensor] => {
          const shape = [2, ...(value.shape.slice(1) as number[])];
          const count = shape.reduce((a, b) => a * b, 1);
          return [
            value.name,
            floatTensor(
              shape,
              Array.from({ length: count }, (_, i) => Math.sin(1.7 * i)),
            ),
          ];
        }),
      );
      const results = await session.run(feeds);
      await session.release();
      standard ??= results;
      for (const [output, { shape, data }] of results) {
        const expected = standard.get(output);
        expect(shape).toEqual(expected?.shape);
        data.forEach((x, i) => {
          expect(Math.abs(Number(x) - Number(expected?.data[i]))).toBeLessThan(1e-5);
        });
      }
    }
  });
});

it('the runtime refuses newer opsets', async () => {
  const graph = networkOf(layers.find(({ type }) => type === 'relu') as (typeof layers)[number], IMAGE, {});
  const model = writeModel(compileInference(graph), { opset: OPSETS.most });
  // The version of the only import is the byte after the tag 0x10 in opset_import { 0x10 version }.
  const at = model.findLastIndex((byte, i) => byte === OPSETS.most && model[i - 1] === 0x10);
  model[at] = OPSETS.most + 1;
  await expect(openModel(Uint8Array.from(model), CPU_DEVICE)).rejects.toThrow(/[Oo]pset/);
});

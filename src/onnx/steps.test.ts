import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { CPU_DEVICE, openModel } from '../engine/session.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { defaultConfig } from '../layers/config.ts';
import { layers } from '../layers/index.ts';
import { inputPorts } from '../layers/layer.ts';
import { OPSETS } from '../opsets.ts';
import { OpsetError, portableAt } from './opset.ts';
import { validateModel } from './validate.ts';
import { writeModel } from './write.ts';

const features: readonly string[] = ['batchNorm1d', 'linear', 'classifier'];
const needed: Readonly<Record<string, Config>> = {
  classifier: { classes: 4 },
  reshape: { shape: [16, 9] },
  groupNorm: { groups: 2 },
};
const cases: readonly (readonly [type: string, config: Config, since: number])[] = [
  ...layers
    .filter(({ inputs, output }) => inputs.length > 0 && (output === undefined || output.loss !== undefined))
    .map(({ type }) => [type, needed[type] ?? {}, OPSETS.least] as const),
  ['upsample', { mode: 'bilinear' }, OPSETS.least],
  ['upsample', { by: 'size', size: [9, 10] }, 16],
  ['maxPool2d', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }, OPSETS.least],
  ['avgPool2d', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], ceilMode: true }, OPSETS.least],
];

/** Inputs → a trainable layer → the layer → Regression output. */
function graphOf(type: string, config: Config) {
  const layer = layers.find((each) => each.type === type) as (typeof layers)[number];
  const position = { x: 0, y: 0 };
  const flat = features.includes(type);
  const node = (name: string, kind: string, settings: Config) => {
    return { id: name, name, layer: kind, config: settings, position };
  };
  const edge = (from: string, to: string, port = 'x', out = 'y') => {
    return { id: `${from}-${to}`, from: { node: from, port: out }, to: { node: to, port } };
  };
  const ports = inputPorts(layer, defaultConfig(layer.config));
  const nodes = ports.flatMap((port) => [
    node(`in_${port}`, 'input', { shape: flat ? [4] : [4, 6, 6] }),
    flat
      ? node(`w_${port}`, 'linear', { outFeatures: 4 })
      : node(`w_${port}`, 'conv2d', { outChannels: 4, kernelSize: [1, 1] }),
  ]);
  const edges = ports.flatMap((port) => [edge(`in_${port}`, `w_${port}`), edge(`w_${port}`, 'middle', port)]);
  const ends = layer.output !== undefined;
  const document: NetworkDocument = {
    ...emptyDocument,
    nodes: [...nodes, node('middle', type, config), ...(ends ? [] : [node('end', 'regression', {})])],
    edges: [...edges, ...(ends ? [] : [edge('middle', 'end')])],
  };
  const { graph, diagnostics } = check(document);
  if (graph === null) throw new Error(diagnostics.map(({ message }) => message.en).join('; '));
  return graph;
}

it.each(cases)('the training step of %s %j loads at every opset', async (type, config, since) => {
  const graph = graphOf(type, config);
  for (let opset: number = OPSETS.least; opset <= OPSETS.most; opset++) {
    const program = compileTrainStep(graph, { ...emptyDocument.recipe, batch: 4, target: portableAt(opset) });
    if (opset < since) {
      // Errors name the layer and the required opset.
      expect(() => writeModel(program, { opset })).toThrow(OpsetError);
      expect(() => writeModel(program, { opset })).toThrow(`Choose opset ${since} or later`);
      expect(() => writeModel(program, { opset })).toThrow(/“middle\//);
      continue;
    }
    const model = writeModel(program, { opset });
    expect(validateModel(model)).toEqual([]);
    await (await openModel(Uint8Array.from(model), CPU_DEVICE)).release();
  }
});

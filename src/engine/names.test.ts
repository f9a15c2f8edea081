import { describe, expect, it } from 'vitest';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import { costOf } from '../compile/footprint.ts';
import { initialParameters } from '../compile/initialize.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { batchBuffers, fillBatch } from '../data/batches.ts';
import { type Dataset, labeledImages } from '../data/dataset.ts';
import { type Config, type DocumentNode, type Edge, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { defaultOptimizers } from '../graph/recipe.ts';
import { CPU } from '../ir/target.ts';
import { readModel } from '../onnx/read.ts';
import { random } from '../random/philox.ts';
import { Evaluator } from './evaluator.ts';
import { examine } from './examine.ts';
import { exportModel, exportStep } from './exporter.ts';
import { LayerReader } from './look.ts';
import { checkedGraph, samplesFor } from './network.ts';
import { Predictor } from './predictor.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';

const recipe = {
  ...emptyDocument.recipe,
  optimizer: { ...defaultOptimizers.sgd, momentum: 0.9, learningRate: 0.1 },
  batchSize: 8,
};

type Row = readonly [name: string, layer: string, config?: Config];

const rows: readonly Row[] = [
  ['image', 'input', { shape: [1, 6, 6] }],
  ['unit', 'convUnit', { channels: 2 }],
  ['act', 'relu'],
  ['flat', 'flatten'],
  ['fc', 'linear', { outFeatures: 3 }],
  ['digit', 'classifier', { classes: 3 }],
];

/** Ids of the nodes whose names are the user's: an input, a block, a layer and an output. */
const places = ['image', 'unit', 'fc', 'digit'] as const;

function networkOf(names: Readonly<Record<string, string>>): NetworkDocument {
  const nodes = rows.map(
    ([id, layer, config = {}]): DocumentNode => ({
      id,
      layer,
      name: names[id] ?? id,
      config,
      position: { x: 0, y: 0 },
    }),
  );
  const edges = nodes.slice(1).map((node, i): Edge => {
    const [from, to] = [
      { node: (nodes[i] as DocumentNode).id, port: 'y' },
      { node: node.id, port: 'x' },
    ];
    return { id: edgeId(from, to), from, to };
  });
  return { ...emptyDocument, name: 'names', nodes, edges, recipe };
}

const rng = random(2, 'names');
const count = 40;
const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
const data: Dataset = labeledImages(
  'own',
  [1, 6, 6],
  Uint8Array.from({ length: 36 * count }, () => rng.below(256)),
  labels,
);

/** The weights of the network with plain names, under the names of this one. */
function weightsOf(graph: CheckedGraph): Tensors {
  const plain = [...initialParameters(checkedGraph(networkOf({})), 1).values()];
  return new Map([...initialParameters(graph, 1).keys()].map((name, i) => [name, plain[i]]));
}

/** The numeric results of all operations on a network. */
async function all(names: Readonly<Record<string, string>>) {
  const graph = checkedGraph(networkOf(names));
  const samples = samplesFor(graph, data);
  const indices = Uint32Array.from({ length: count }, (_, i) => i);
  const trainer = new TrainStep(graph, recipe, { weights: weightsOf(graph), reportNorm: true }, CPU_DEVICE);
  const steps: unknown[] = [];
  for (let step = 0; step < 3; step++) {
    const chosen = indices.subarray(step * 8, step * 8 + 8);
    const batch = fillBatch(samples, chosen, batchBuffers(8, samples));
    steps.push(await trainer.run(batch, { learningRate: 0.1 }, { seed: 1, step }));
  }
  const { weights } = trainer;
  await trainer.release();

  const evaluator = await Evaluator.open(graph, CPU_DEVICE);
  const { outputs, ...evaluation } = await evaluator.evaluate(samples, indices, weights);
  await evaluator.release();
  const predictor = await Predictor.open(graph, CPU_DEVICE);
  const sample = Float32Array.from({ length: 36 }, (_, i) => i / 36);
  const predicted = await predictor.run(sample, weights);
  await predictor.release();
  const examined = await examine({ graph, data, weights, device: CPU_DEVICE });
  const looker = new LayerReader(graph, CPU_DEVICE);
  const paths = graph.nodes.map(({ node }) => node.name);
  const looked = await looker.look(
    { nodes: paths, weights: true, maps: 4, side: 8, sample: { kind: 'own', input: sample } },
    weights,
    null,
    null,
  );
  await looker.release();
  const exported = await exportModel({ graph, weights, data, device: CPU_DEVICE });
  const step = await exportStep({ graph, data: null });
  return {
    steps,
    weights: [...weights.values()].map((tensor) => [...tensor.data].map(Number)),
    evaluation,
    predictions: outputs.map(({ name: _, ...rest }) => rest),
    predicted: [...predicted],
    trials: examined.network?.trials,
    gradients: examined.network?.parameters.map(({ gradient, weight }) => [gradient, weight]),
    activations: examined.network?.activations.map(({ spread, dead }) => [spread, dead]),
    looked: looked.layers.map(({ maps, weights: held }) => [maps, held]),
    probabilities: looked.sample?.probabilities,
    ops: exported.ops,
    proof: exported.proof.largest,
    stepOps: step.ops,
    cost: costOf(graph, 8, CPU).ops,
    inputs: readModel(exported.model)?.inputs.map(({ name }) => name),
  };
}

/** Program names without a slash, and the first part of other program names. */
const reserved = (() => {
  const graph = checkedGraph(networkOf({}));
  const adam = { optimizer: defaultOptimizers.adam, clip: { kind: 'norm', maxNorm: 1 } } as const;
  const programs = [
    compileEvaluation(graph),
    compileTrainStep(graph, { ...recipe, batch: 8, target: CPU, reportNorm: true }),
    compileTrainStep(graph, { ...recipe, ...adam, batch: 8, target: CPU }),
  ];
  const own = new Set(rows.map(([name]) => name));
  const found = programs.flatMap(({ inputs, ops, outputs }) => [
    ...[...inputs, ...outputs].map(({ value }) => value.name),
    ...ops.flatMap((op) => [op.name, ...[...op.inputs, ...op.outputs].map((value) => value?.name ?? '')]),
  ]);
  const first = found.map((name) => name.split('/')[0] as string).filter((name) => name !== '' && !own.has(name));
  // Names with a meaning in other code: fields of outputs, parameters, properties of JavaScript objects.
  const more = [
    '__proto__',
    'values',
    'mask',
    'step',
    'seed',
    'x',
    'y',
    'N',
    'weight',
    'bias',
    'running_mean',
    'shown',
  ];
  return [...new Set([...first, ...more, 'layer', 'batch', '0', 'constructor', 'toString', '层'])];
})();

describe('names that programs also use', () => {
  const plain = all({});

  it('are many', () =>
    expect(reserved).toEqual(
      expect.arrayContaining(['loss', 'correct', 'logits', 'probabilities', 'learning_rate', 'const', 'adam', 'clip']),
    ));

  const rounds = process.env.NETLOOM_SWEEP === undefined ? reserved.indexOf('__proto__') + 1 : reserved.length;

  it.each(reserved.slice(0, rounds))('%s and its neighbors do not change a result', async (name) => {
    const at = reserved.indexOf(name);
    const names = Object.fromEntries(places.map((id, i) => [id, reserved[(at + i) % reserved.length] as string]));
    const { inputs: _, ...expected } = await plain;
    const { inputs, ...got } = await all(names);
    expect(got).toEqual(expected);
    expect(inputs).toEqual([name]);
  });
});

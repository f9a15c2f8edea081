import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { initialParameters } from '../compile/initialize.ts';
import { batchesOf } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { readProject, writeProject } from '../graph/file.ts';
import { layers } from '../layers/index.ts';
import { decodeModel } from '../onnx/read.ts';
import { type Random, random } from '../random/philox.ts';
import { Evaluator } from './evaluator.ts';
import { exportedWeights } from './exportedWeights.ts';
import { exportModel, exportStep } from './exporter.ts';
import { endsOf, samplesFor } from './network.ts';
import { Predictor } from './predictor.ts';
import { randomData, randomDrawing } from './randomDrawing.ts';
import { CPU_DEVICE } from './session.ts';
import { TrainStep } from './trainStep.ts';
import { notFinite, readWeights, sameWeights, writeWeights } from './weights.ts';

/** Number of random networks. `NETLOOM_SWEEP=1000 npx vitest run src/engine/randomDrawings.test.ts` takes minutes. */
const COUNT = Number(process.env.NETLOOM_SWEEP ?? 20);
/** First seed; other seeds result in other networks. */
const FIRST = Number(process.env.NETLOOM_SEED ?? 0);
const SAMPLES = 7;

function dataFor(graph: CheckedGraph, rng: Random): Dataset {
  const { inputs, outputs } = endsOf(graph);
  return randomData(
    rng,
    SAMPLES,
    inputs.map(({ node, outputs }) => ({ name: node.name, shape: Object.values(outputs)[0] ?? [] })),
    outputs.map(({ node, layer, config, inputs: x }) => {
      const answers = layer.output?.answers;
      const shape = layer.output?.target(x, config).shape ?? [];
      const classes = answers === 'class' ? (config.classes as number) : null;
      return { name: node.name, shape, classes, binary: answers === 'binary' };
    }),
  );
}

/** Trains with a smaller last batch, evaluates, predicts, saves, opens and exports. */
async function through(document: NetworkDocument, graph: CheckedGraph, rng: Random): Promise<void> {
  const data = dataFor(graph, rng);
  const samples = samplesFor(graph, data);
  const all = Uint32Array.from({ length: SAMPLES }, (_, i) => i);
  const { recipe } = document;
  const trainer = new TrainStep(graph, recipe, { weights: initialParameters(graph, 1) }, CPU_DEVICE);
  let step = 0;
  for (const batch of batchesOf(samples, all, recipe.batchSize)) {
    await trainer.run(batch, { learningRate: recipe.optimizer.learningRate }, { seed: 1, step: step++ });
  }
  const { weights } = trainer;
  await trainer.release();
  const broken = notFinite(weights);
  if (broken !== null) throw new Error(`'${broken}' is no number after ${step} steps`);

  const evaluator = await Evaluator.open(graph, CPU_DEVICE);
  const { loss } = await evaluator.evaluate(samples, all, weights);
  await evaluator.release();
  if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
  const [input, second] = data.inputs;
  if (second === undefined) {
    const predictor = await Predictor.open(graph, CPU_DEVICE);
    await predictor.predict(input?.data as Float32Array<ArrayBuffer>, weights);
    await predictor.release();
  }

  const saved = writeProject({ document, weights: writeWeights(weights), others: {} });
  const opened = readProject(saved, 'drawn.netloom');
  expect(opened.document).toEqual(document);
  expect(check(opened.document).diagnostics).toEqual(check(document).diagnostics);
  const kept = readWeights(opened.weights as Uint8Array, 'weights');
  expect(new Set(kept.keys())).toEqual(new Set(weights.keys()));

  const opset = [13, 16, 17, 19, 22, 26][rng.below(6)] as number;
  const fold = rng.below(2) === 0;
  const { model } = await exportModel({ graph, weights: kept, data, device: CPU_DEVICE, opset, fold });
  await exportStep({ graph, data, opset: Math.max(opset, 16) });

  const back = await exportedWeights(decodeModel(model), document, { folder: '.', name: 'drawn.onnx' });
  const foldedAway = back.notice?.en.includes('batch normalization was folded') === true;
  if (foldedAway) expect(fold && graph.nodes.some(({ layer }) => layer.type.startsWith('batchNorm'))).toBe(true);
  else if (back.notice !== null) throw new Error(back.notice.en);
  else if (back.weights !== null) expect(sameWeights(readWeights(back.weights, 'back'), kept)).toBe(true);
}

/** Networks with which random tests once failed. */
const found = fileURLToPath(new URL('../../testdata/golden/documents', import.meta.url));

it.each(readdirSync(found))('%s trains, predicts, saves and exports', async (name) => {
  const { document } = readProject(readFileSync(join(found, name)), name);
  const { graph } = check(document);
  if (graph === null) throw new Error('it has problems');
  await through(document, graph, random(1, name));
});

/** The random networks without problems. */
const drawings = Array.from({ length: COUNT }, (_, index) => {
  const seed = FIRST + index;
  const rng = random(seed, 'drawing');
  const document = randomDrawing(rng);
  return { seed, rng, document, graph: check(document).graph };
}).filter(({ graph }) => graph !== null);

it.each(drawings)('network $seed has no problems, so it trains, predicts, saves and exports', async (drawing) => {
  const { document, graph, rng } = drawing;
  await through(document, graph as CheckedGraph, rng).catch((error: Error) => {
    const rows = document.nodes.map(({ layer, name, config, frozen }) => {
      return `${layer} '${name}'${frozen ? ' frozen' : ''} ${JSON.stringify(config)}`;
    });
    throw new Error(`${error.message}\n${rows.join('\n')}`, { cause: error });
  });
});

it('most random networks have no problems, and every layer is in some of them', () => {
  expect(drawings.length).toBeGreaterThan(COUNT / 2);
  const drawn = new Set(drawings.flatMap(({ document }) => document.nodes.map(({ layer }) => layer)));
  const missing = layers.map(({ type }) => type).filter((type) => !drawn.has(type));
  if (COUNT >= 200) expect(missing).toEqual([]);
  else expect(missing.length).toBeLessThan(layers.length / 2);
});

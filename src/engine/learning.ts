import { compileInference } from '../compile/inference.ts';
import { initialParameters } from '../compile/initialize.ts';
import { defaultRecipe, type NetworkDocument } from '../graph/document.ts';
import { defaultOptimizers } from '../graph/recipe.ts';
import { writeModel } from '../onnx/write.ts';
import { exportModel } from './exporter.ts';
import { feedsOf } from './feeds.ts';
import { sampleFor } from './measure.ts';
import { checkedGraph } from './network.ts';
import { type Device, openModel, targetOf } from './session.ts';
import { TrainStep } from './trainStep.ts';

interface LearningOptions {
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly device: Device;
}

/**
 * The loss before each of `steps` steps of SGD from initial weights, on one random batch and with constant dropout
 * masks. The loss falls if the gradients are correct. No dataset is needed.
 */
export async function lossesOf(
  document: NetworkDocument,
  { batch, steps, learningRate, device }: LearningOptions,
): Promise<readonly number[]> {
  const graph = checkedGraph(document);
  const recipe = { ...defaultRecipe, optimizer: { ...defaultOptimizers.sgd, learningRate } };
  const weights = initialParameters(graph, document.recipe.seed);
  const trainer = new TrainStep(graph, recipe, { weights }, device);
  const { program } = await trainer.prepare(batch);
  const sample = sampleFor(program, batch);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    losses.push((await trainer.run(sample, { learningRate }, { seed: 1, step: 0 })).loss);
  }
  await trainer.release();
  return losses;
}

/**
 * Largest difference between the export with initial weights and Netloom's evaluation of random samples, relative to
 * the largest value if that is above 1. Networks with untrained batch norm statistics have large values.
 */
export async function exportError(document: NetworkDocument, device: Device): Promise<number> {
  const graph = checkedGraph(document);
  const weights = initialParameters(graph, document.recipe.seed);
  const { maxError, largest } = (await exportModel({ graph, weights, data: null, device })).proof;
  return maxError / Math.max(1, largest);
}

/** Predictions of an exported network with initial weights for random samples, by output name. */
export async function predictionsOf(
  document: NetworkDocument,
  batch: number,
  device: Device,
): Promise<ReadonlyMap<string, { readonly shape: readonly number[]; readonly finite: boolean }>> {
  const graph = checkedGraph(document);
  const program = compileInference(graph, targetOf(device));
  const session = await openModel(writeModel(program), device);
  const held = initialParameters(graph, document.recipe.seed);
  const results = await session.run(feedsOf(program, { batch: sampleFor(program, batch), held }));
  await session.release();
  return new Map(
    [...results].map(([name, { shape, data }]) => {
      const finite = Array.from(data as ArrayLike<number | bigint>).every((number) => Number.isFinite(Number(number)));
      return [name, { shape, finite }];
    }),
  );
}

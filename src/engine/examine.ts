import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { type ActivationProbe, compileExamination, compileTrainingLoss } from '../compile/examination.ts';
import { outputName, paramName, TARGET_INPUT } from '../compile/forward.ts';
import { type Batch, batchBuffers, fillBatch, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import type { Examination, ExaminedActivation, ExaminedParameter, NetworkEvidence } from '../doctor/examination.ts';
import type { OptimizerConfig } from '../graph/recipe.ts';
import { floatTensor, type Tensor } from '../ir/tensor.ts';
import { permutation, random } from '../random/philox.ts';
import { dataEvidence } from './dataEvidence.ts';
import { type BatchResult, Evaluator } from './evaluator.ts';
import { feedsOf, outputOf, scalarOf } from './feeds.ts';
import { samplesFor, trainedOutputs } from './network.ts';
import { type Device, openProgram, type Tensors, targetOf } from './session.ts';

/** Number of samples: a unit that is 0 for all of them is dead, not just selective. */
const BATCH = 256;
const SMALLEST_BATCH = 16;
/** Limits of an examination, about one second: MACs of the forward pass, and number of weights tried. */
const MACS = 1e9;
const PARAMETERS = 4e6;
/** Factors of the learning rate that are tried, one per decade. */
const FACTORS = [0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5];
/** Factor of the loss from which a trial is stopped, because larger steps only make it worse. */
const RUINED = 10;

export interface ExaminationRequest {
  readonly graph: CheckedGraph;
  readonly data: Dataset;
  /** Null if there are no weights that fit the network. */
  readonly weights: Tensors | null;
  readonly device: Device;
}

/** Examines dataset and network with these weights, without affecting a run. */
export async function examine({ graph, data, weights, device }: ExaminationRequest): Promise<Examination> {
  const started = performance.now();
  const split = splitOf(data, graph.document.data);
  const samples = samplesFor(graph, data);
  const evidence = await dataEvidence(data, samples, split);
  const batch = batchFor(graph, split.train.length);
  const without = weights === null ? 'weights' : batch === null ? 'large' : null;
  const network =
    weights === null || batch === null
      ? null
      : await examineNetwork(graph, weights, device, {
          train: drawn(samples, split.train, batch, 'batch'),
          validation: drawn(samples, split.validation, batch, 'validation'),
        });
  return { data: evidence, network, without, seconds: (performance.now() - started) / 1000 };
}

/** Number of samples that the size of the network allows; null if it is too large. */
function batchFor({ nodes }: CheckedGraph, samples: number): number | null {
  let [macs, params] = [0, 0];
  for (const { layer, inputs, outputs, config, params: own } of nodes) {
    macs += layer.macs?.(inputs, outputs, config) ?? 0;
    for (const { shape } of Object.values(own)) params += shape.reduce((a, b) => a * b, 1);
  }
  const batch = Math.min(BATCH, Math.floor(MACS / Math.max(1, macs)));
  return params > PARAMETERS || batch < SMALLEST_BATCH ? null : Math.min(batch, samples);
}

/** The same samples every time, so that results can be compared. */
function drawn(samples: Samples, indices: Uint32Array, count: number, name: string): Batch {
  const chosen = permutation(indices.length, random(1, `doctor/${name}`)).subarray(0, count);
  const picked = chosen.map((at) => indices[at] as number);
  return fillBatch(samples, picked, batchBuffers(picked.length, samples));
}

async function examineNetwork(
  graph: CheckedGraph,
  weights: Tensors,
  device: Device,
  { train, validation }: { readonly train: Batch; readonly validation: Batch },
): Promise<NetworkEvidence> {
  const target = targetOf(device);
  const noise = { seed: 1, step: 0 };
  const { program, gradients, watched } = compileExamination(graph, train.size, target);
  const session = await openProgram(program, device);
  const found = await session.run(feedsOf(program, { batch: train, held: weights, noise }));
  await session.release();
  const trainingLoss = scalarOf(found, outputOf(program, 'loss'));

  const steps = new Map([...gradients].map(([name, output]) => [name, numbersOf(found.get(output))]));
  const evaluator = await Evaluator.open(graph, device);
  const predicted = await evaluator.run(train, weights);
  const held = await evaluator.run(validation, weights);
  await evaluator.release();

  return {
    batch: train.size,
    trainingLoss,
    predictionLoss: predicted.loss,
    score: { train: scoreOf(graph, train, predicted), validation: scoreOf(graph, validation, held) },
    predicted: classesSaid(graph, validation, held),
    parameters: parametersOf(graph, weights, steps),
    activations: watched.map((one) => activationOf(one, numbersOf(found.get(one.output)), scalarOf(found, one.spread))),
    trials: await tryRates(graph, weights, device, { batch: train, steps, loss: trainingLoss, noise }),
  };
}

const numbersOf = (tensor: Tensor | undefined): Float32Array => tensor?.data as Float32Array;

const norm = (numbers: Float32Array): number => {
  let sum = 0;
  for (const x of numbers) sum += x * x;
  return Math.sqrt(sum);
};

function parametersOf(graph: CheckedGraph, weights: Tensors, gradients: Tensors | Map<string, Float32Array>) {
  return graph.nodes.flatMap((node) =>
    Object.entries(node.params).flatMap(([key, { role }]): ExaminedParameter[] => {
      const name = paramName(node, key);
      const gradient = gradients.get(name) as Float32Array | undefined;
      if (gradient === undefined) return [];
      const weight = norm(numbersOf(weights.get(name)));
      return [{ name, node: node.node.id, role, size: gradient.length, gradient: norm(gradient), weight }];
    }),
  );
}

function activationOf(
  { node: { node }, kind }: ActivationProbe,
  activity: Float32Array,
  variance: number,
): ExaminedActivation {
  const dies = kind === 'dies';
  return {
    node: node.id,
    name: node.name,
    kind,
    units: dies ? activity.length : 0,
    dead: dies ? activity.filter((share) => share === 0).length : 0,
    saturated: dies ? 0 : (activity[0] as number),
    spread: Math.sqrt(variance),
  };
}

/** Score of the first output: the accuracy, or R² for regression. */
function scoreOf(graph: CheckedGraph, batch: Batch, { outputs }: BatchResult): number {
  const [first] = outputs;
  if (first === undefined) return Number.NaN;
  if (first.correct !== null) return first.correct / batch.size;
  const truth = targetOfFirst(graph, batch);
  const mean = truth.reduce((a, b) => a + b, 0) / truth.length;
  let [off, spread] = [0, 0];
  truth.forEach((y, i) => {
    off += (y - (first.prediction[i] as number)) ** 2;
    spread += (y - mean) ** 2;
  });
  return spread === 0 ? Number.NaN : 1 - off / spread;
}

function targetOfFirst(graph: CheckedGraph, batch: Batch): Float32Array {
  const [first] = trainedOutputs(graph);
  const name = outputName(graph, first as CheckedNode, TARGET_INPUT);
  return Float32Array.from(batch.tensors.get(name)?.data as ArrayLike<number | bigint>, Number);
}

function classesSaid({ nodes }: CheckedGraph, batch: Batch, { outputs }: BatchResult): number[] | null {
  const answers = nodes.find(({ layer }) => layer.output !== undefined)?.layer.output?.answers;
  const prediction = outputs[0]?.prediction;
  if (prediction === undefined || answers === 'numbers' || answers === undefined) return null;
  const width = prediction.length / batch.size;
  const counts = new Array<number>(answers === 'binary' ? 2 : width).fill(0);
  if (answers === 'binary' && width > 1) return null;
  for (let row = 0; row < batch.size; row++) {
    const scores = prediction.subarray(row * width, (row + 1) * width);
    const choice = answers === 'binary' ? Number((scores[0] as number) > 0) : scores.indexOf(Math.max(...scores));
    counts[choice] = (counts[choice] ?? 0) + 1;
  }
  return counts;
}

interface Trial {
  readonly batch: Batch;
  readonly steps: ReadonlyMap<string, Float32Array>;
  readonly loss: number;
  readonly noise: { readonly seed: number; readonly step: number };
}

/** Tries one step of the optimizer at several learning rates and computes the loss of the same batch after it. */
async function tryRates(graph: CheckedGraph, weights: Tensors, device: Device, { batch, steps, loss, noise }: Trial) {
  const { optimizer } = graph.document.recipe;
  const program = compileTrainingLoss(graph, batch.size, targetOf(device));
  const session = await openProgram(program, device);
  const trials: NetworkEvidence['trials'] = [];
  for (const factor of FACTORS) {
    const held = new Map(weights);
    for (const [name, gradient] of steps) {
      const before = weights.get(name) as Tensor;
      const size = factor * optimizer.learningRate * stretch(optimizer, gradient);
      const after = Float32Array.from(before.data as Float32Array, (w, i) => w - size * (gradient[i] as number));
      held.set(name, floatTensor(before.shape, after));
    }
    const results = await session.run(feedsOf(program, { batch, held, noise }));
    const after = scalarOf(results, outputOf(program, 'loss'));
    // NaN counts as an infinite loss.
    trials.push({ factor, loss: Number.isNaN(after) ? Number.POSITIVE_INFINITY : after });
    if (!(after < RUINED * loss)) break;
  }
  await session.release();
  return trials;
}

/**
 * Factor of a gradient besides the learning rate. Momentum accumulates to 1 / (1 − μ) steps. Optimizers that divide by
 * the size of gradients change weights by about the learning rate, or by less if epsilon is not small compared to the
 * gradients.
 */
function stretch(optimizer: OptimizerConfig, gradient: Float32Array): number {
  if (optimizer.kind === 'sgd') {
    return optimizer.momentum === 0 ? 1 : (1 - (optimizer.dampening ?? 0)) / (1 - optimizer.momentum);
  }
  const size = norm(gradient) / Math.sqrt(gradient.length);
  return size === 0 ? 0 : 1 / (size + optimizer.eps);
}

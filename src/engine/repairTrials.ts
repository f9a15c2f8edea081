import type { CheckedGraph } from '../check/checkedGraph.ts';
import { initialParameters } from '../compile/initialize.ts';
import { type Batch, batchCount, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import { withPlainLoss } from '../doctor/plainLoss.ts';
import type { Outcome, RepairTrials, TrialStart } from '../doctor/repairTrials.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { ratesAt } from '../optim/schedules.ts';
import { permutation, random } from '../random/philox.ts';
import { type BatchFeed, directFeed } from './batchFeed.ts';
import { Evaluator } from './evaluator.ts';
import { checkedGraph, samplesFor } from './network.ts';
import type { Device, Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';
import { fittingWeights, frozenWeights } from './weights.ts';

/** Limits on the steps of a trial: fewer would show nothing, and small networks need no more. */
const STEPS = { least: 12, mixed: 30, most: 100 };
/** Limit on the MACs of all trials together: about two seconds on two cores. */
const WORK = 3e10;
/** A training step costs about three forward passes. */
const PASSES = 3;
/** Limit on the batch size; the mean gradient is nearly that of larger batches. */
const BATCH = 64;
/** Number of validation samples for the evaluation of a trial. */
const JUDGED = 256;
const PARAMETERS = 4e6;
/** Time limit of all trials together, in milliseconds. */
const TIME = 60_000;

export interface Trial {
  readonly document: NetworkDocument;
  readonly from: TrialStart;
}

export interface TrialOptions {
  readonly trials: readonly Trial[];
  readonly data: Dataset;
  /** Initial weights of trials with `held`, as far as they fit; otherwise initial values. */
  readonly held: Tensors;
  readonly device: Device;
  readonly signal: AbortSignal;
  /** Called after each step with its milliseconds, to leave time for other work. */
  readonly rest: (took: number) => Promise<void>;
}

/**
 * Trains each document on the same few samples and evaluates it. The number of samples depends only on the size of the
 * networks, and order and masks on the seeds, so that trials are repeatable.
 */
export async function tryRepairs(options: TrialOptions): Promise<RepairTrials> {
  const { trials, data, signal } = options;
  const none = trials.map(() => null);
  const graphs = trials.map(({ document }) => checkedGraph(document));
  const { train } = splitOf(data, (trials[0] as Trial).document.data);
  const samples = samplesFrom(graphs, train.length);
  if (samples === null) return { samples: 0, outcomes: none, without: 'large' };
  const started = performance.now();
  const outcomes: (Outcome | null)[] = [];
  for (const [i, graph] of graphs.entries()) {
    const late = performance.now() - started > TIME;
    outcomes.push(late ? null : await outcomeOf(graph, trials[i] as Trial, samples, options));
    if (signal.aborted) return { samples, outcomes: none, without: 'stopped' };
  }
  return { samples, outcomes, without: null };
}

const batchOf = ({ recipe: { batchSize } }: NetworkDocument, train: number): number =>
  Math.min(batchSize, BATCH, train);

/**
 * The training samples of the trials, as many as the limit on MACs allows at the largest batch size; null if these are
 * too few.
 */
function samplesFrom(graphs: readonly CheckedGraph[], train: number): number | null {
  let work = 0;
  for (const { nodes } of graphs) {
    let params = 0;
    for (const { layer, inputs, outputs, config, params: own } of nodes) {
      work += PASSES * (layer.macs?.(inputs, outputs, config) ?? 0);
      for (const { shape } of Object.values(own)) params += shape.reduce((a, b) => a * b, 1);
    }
    if (params > PARAMETERS) return null;
  }
  const batches = graphs.map(({ document }) => batchOf(document, train));
  const [smallest, largest] = [Math.min(...batches), Math.max(...batches)];
  // Small batches need many steps, and each step has an overhead.
  const most = smallest < largest ? STEPS.mixed : STEPS.most;
  const steps = Math.floor(WORK / Math.max(1, work) / largest);
  return steps < STEPS.least ? null : largest * Math.min(most, steps);
}

async function outcomeOf(
  graph: CheckedGraph,
  { document, from }: Trial,
  count: number,
  { data, held, device, signal, rest }: TrialOptions,
): Promise<Outcome> {
  const { recipe } = document;
  const samples = samplesFor(graph, data);
  const split = splitOf(data, document.data);
  const initial = () => initialParameters(graph, recipe.seed);
  const weights =
    from === 'start'
      ? new Map([...initial(), ...frozenWeights(graph, held)])
      : fittingWeights(graph, held, initial).weights;
  const judged = some(split.validation, JUDGED);
  const batch = batchOf(document, split.train.length);
  const steps = Math.floor(count / batch);
  const first = { epoch: 0, seen: 0 };
  const feed = directFeed({ samples, indices: split.train, batch, seed: recipe.seed, first });
  const step = new TrainStep(graph, recipe, { weights }, device);
  const evaluator = await Evaluator.open(withPlainLoss(graph), device);
  try {
    const before = await scoreOf(evaluator, samples, judged, weights);
    const epoch = batchCount(split.train.length, recipe.batchSize);
    const whole = epoch * recipe.epochs;
    // A trial goes through the whole schedule, however few steps it has; with held weights, through its second half.
    const placeOf = (share: number) => {
      const step = Math.floor((from === 'held' ? whole : 0) + share * whole);
      const runs = from === 'held' ? 2 : 1;
      return { step, steps: runs * whole, epoch: Math.floor(step / epoch), epochs: runs * recipe.epochs };
    };
    for (let at = 0; at < steps && !signal.aborted; at++) {
      const started = performance.now();
      const rates = ratesAt(recipe.schedule, recipe.optimizer.learningRate, placeOf(at / steps));
      const { loss } = await step.run(await nextWhole(feed, batch), rates, { seed: recipe.seed, step: at });
      if (!Number.isFinite(loss)) return { before: before.loss, loss: Number.POSITIVE_INFINITY, recall: null };
      await rest(performance.now() - started);
    }
    const after = await scoreOf(evaluator, samples, judged, step.weights);
    return { before: before.loss, ...after };
  } finally {
    await step.release();
    await evaluator.release();
  }
}

/** The next full batch. Smaller last batches are skipped, because each batch size needs its own program. */
async function nextWhole(feed: BatchFeed, size: number): Promise<Batch> {
  for (;;) {
    const batch = await feed.next();
    if (batch.size === size) return batch;
  }
}

async function scoreOf(evaluator: Evaluator, samples: Samples, indices: Uint32Array, weights: Tensors) {
  const { loss, classes } = await evaluator.evaluate(samples, indices, weights);
  const present = classes.filter(({ support }) => support > 0);
  const recall = present.length === 0 ? null : present.reduce((sum, each) => sum + each.recall, 0) / present.length;
  return { loss, recall };
}

/** The same indices every time. */
function some(indices: Uint32Array, count: number): Uint32Array {
  const chosen = permutation(indices.length, random(1, 'doctor/judged')).subarray(0, count);
  return Uint32Array.from(chosen, (at) => indices[at] as number);
}

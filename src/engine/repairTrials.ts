import type { CheckedGraph } from '../check/checkedGraph.ts';
import { initialParameters } from '../compile/initialise.ts';
import { type Batch, batchCount, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { withPlainLoss } from '../doctor/plainLoss.ts';
import type { Outcome, RepairTrials, TrialStart } from '../doctor/repairTrials.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { ratesAt } from '../optim/schedules.ts';
import { permutation, random } from '../random/philox.ts';
import { type BatchFeed, directFeed } from './batchFeed.ts';
import { Evaluator } from './evaluator.ts';
import { checkedGraph, samplesFor, splitOf } from './network.ts';
import type { Device, Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';
import { fittingWeights, frozenWeights } from './weights.ts';

/** Steps of a trial: where fewer are affordable it would show nothing, and small networks need no more. */
const STEPS = { least: 12, mixed: 30, most: 100 };
/** Multiply-adds of all trials together: about two seconds on two cores. */
const WORK = 3e10;
/** A step's backward pass costs about two forward passes. */
const PASSES = 3;
/** Batches are cut to this: their mean gradient is nearly that of larger ones. */
const BATCH = 64;
/** Validation samples that a trial is judged by. */
const JUDGED = 256;
const PARAMETERS = 4e6;
/** Trials that take longer than this together are given up, in milliseconds. */
const TIME = 60_000;

export interface Trial {
  readonly document: NetworkDocument;
  readonly from: TrialStart;
}

export interface TrialOptions {
  readonly trials: readonly Trial[];
  readonly data: Dataset;
  /** Weights that `held` begins with, as far as they fit; initial ones elsewhere. */
  readonly held: Tensors;
  readonly device: Device;
  readonly signal: AbortSignal;
  /** Called after each step with its milliseconds, to leave time for others. */
  readonly rest: (took: number) => Promise<void>;
}

/**
 * Trains each document on the same few samples and evaluates it. Their number follows from the sizes of the networks alone,
 * order and masks from the seeds, so that trials are repeatable.
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
 * As many samples as all the trials can afford together: those of so many steps at the largest batch. Null where that is
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
  // Small batches make many steps, and each has a price of its own.
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
    // The schedule is gone through as a whole, however few steps there are; from held weights it is that of a second half.
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

/** The next batch that is not cut short by the end of an epoch: each size is a program of its own. */
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

/** The same ones every time. */
function some(indices: Uint32Array, count: number): Uint32Array {
  const chosen = permutation(indices.length, random(1, 'doctor/judged')).subarray(0, count);
  return Uint32Array.from(chosen, (at) => indices[at] as number);
}

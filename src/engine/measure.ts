import { compileInference } from '../compile/inference.ts';
import { initialParameters } from '../compile/initialize.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import type { Batch, BatchTensor } from '../data/batches.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { Program } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import type { Target } from '../ir/target.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import { hyperValues } from '../optim/optimizer.ts';
import { ratesAt } from '../optim/schedules.ts';
import { random } from '../random/philox.ts';
import { feedsOf, initialState } from './feeds.ts';
import { checkedGraph } from './network.ts';
import { trainingTarget } from './selfCheck.ts';
import { type Device, openModel, openProgram, targetOf } from './session.ts';

export interface Timing {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly steps: number;
}

export interface Measurement {
  readonly train: Timing;
  readonly infer: Timing;
  /** Time from the document to the program of the training step. */
  readonly compileMs: number;
  /** Time from the program to a session. */
  readonly sessionMs: number;
}

const WARM_UP = 10;

/** A repeatable training step: the same batch every time, with the state fed back as in a run. */
export interface Training {
  step(): Promise<void>;
  release(): Promise<void>;
  readonly compileMs: number;
  readonly sessionMs: number;
}

interface MeasureOptions {
  readonly batch: number;
  readonly device: Device;
  /** Target of the compilation; by default that of the device. */
  readonly target?: Target;
}

/** Compiles and loads the training step of a document, with random data of the input shapes. */
export async function openTraining(
  document: NetworkDocument,
  { batch, device, target }: MeasureOptions,
): Promise<Training> {
  const started = performance.now();
  const graph = checkedGraph(document);
  const { recipe } = document;
  const program = compileTrainStep(graph, { ...recipe, batch, target: target ?? (await trainingTarget(device)) });
  const compiled = performance.now();
  const session = await openProgram(program, device);
  const opened = performance.now();

  const sample = sampleFor(program, batch);
  const held = new Map<string, Tensor>([...initialParameters(graph, recipe.seed), ...initialState(program)]);
  const noise = { seed: recipe.seed, step: 0 };
  const rates = ratesAt(recipe.schedule, recipe.optimizer.learningRate, { step: 0, steps: 1, epoch: 0, epochs: 1 });
  // A tiny learning rate needs the same work, but hardly changes the weights.
  const hypers = hyperValues(recipe.optimizer, { ...rates, learningRate: 1e-6, step: 1 });
  return {
    async step() {
      const results = await session.run(feedsOf(program, { batch: sample, held, hypers, noise }));
      for (const { value, role } of program.outputs) {
        if (role.kind === 'update') held.set(role.of, results.get(value.name) as Tensor);
      }
    },
    release: () => session.release(),
    compileMs: compiled - started,
    sessionMs: opened - compiled,
  };
}

/** Measures training steps and predictions of one batch size, without the preparation of batches. */
export async function measure(
  document: NetworkDocument,
  { steps, ...options }: MeasureOptions & { steps: number },
): Promise<Measurement> {
  const training = await openTraining(document, options);
  const train = await timed(steps, training.step);
  await training.release();

  const graph = checkedGraph(document);
  const inference = compileInference(graph, targetOf(options.device));
  const predicting = await openModel(writeModel(inference), options.device);
  const held = initialParameters(graph, document.recipe.seed);
  const feeds = feedsOf(inference, { batch: sampleFor(inference, options.batch), held });
  const infer = await timed(steps, async () => {
    await predicting.run(feeds);
  });
  await predicting.release();
  const { compileMs, sessionMs } = training;
  return { train, infer, compileMs, sessionMs };
}

/** Random values for the inputs of a program; classes and targets are 0 or 1. */
export function sampleFor({ inputs }: Program, size: number): Batch {
  const rng = random(1, 'bench');
  const tensors = new Map<string, BatchTensor>();
  for (const { value, role } of inputs) {
    if (role.kind !== 'data' && role.kind !== 'target') continue;
    const shape = [size, ...knownDims(value.shape.slice(1), value.name)];
    const length = elementCount(shape);
    const classes = () => BigInt64Array.from({ length }, () => BigInt(rng.below(2)));
    const numbers = () => Float32Array.from({ length }, () => (role.kind === 'data' ? rng.uniform() : rng.below(2)));
    const data: BatchTensor =
      value.dtype === 'int64'
        ? { dtype: 'int64', shape, data: classes() }
        : { dtype: 'float32', shape, data: numbers() };
    tensors.set(value.name, data);
  }
  return { size, tensors };
}

async function timed(steps: number, step: () => Promise<void>): Promise<Timing> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + steps; i++) {
    const start = performance.now();
    await step();
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  const median =
    times.length % 2 === 1 ? times[middle] : ((times[middle - 1] as number) + (times[middle] as number)) / 2;
  return { medianMs: median as number, minMs: times[0] as number, maxMs: times.at(-1) as number, steps };
}

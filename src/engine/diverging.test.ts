import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialize.ts';
import { type Dataset, labeledImages } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { defaultOptimizers, type OptimizerConfig, type Recipe } from '../graph/recipe.ts';
import type { RunEvent } from '../protocol/runEvents.ts';
import { random } from '../random/philox.ts';
import { directFeed } from './batchFeed.ts';
import type { Checkpoint } from './checkpoint.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { Trainer } from './trainer.ts';
import { notFinite, readWeights, weightsSha256 } from './weights.ts';

// The thread that prepares batches needs a built file.
const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

/** 120 random images, of which 96 are training samples. */
const noise: Dataset = (() => {
  const rng = random(7, 'noise');
  const images = Uint8Array.from({ length: 120 * 784 }, () => rng.below(256));
  const labels = Uint8Array.from({ length: 120 }, (_, i) => i % 10);
  return labeledImages('noise', [1, 28, 28], images, labels);
})();

interface Case {
  readonly network: 'lenet_modern' | 'mlp' | 'softmax_regression';
  readonly optimizer: OptimizerConfig;
  readonly recipe?: Partial<Recipe>;
}

interface With {
  readonly reportNorm?: boolean;
  readonly stopAfter?: number;
  /** Pauses the run after its first step. */
  readonly oneStep?: boolean;
}

async function run({ network, optimizer, recipe }: Case, { oneStep = false, ...options }: With = {}) {
  const drawn = templateOf(network)?.document as NetworkDocument;
  const document: NetworkDocument = {
    ...drawn,
    recipe: { ...drawn.recipe, batchSize: 16, epochs: 3, optimizer, ...recipe },
  };
  const graph = checkedGraph(document);
  const initial = initialParameters(graph, 1);
  const events: RunEvent[] = [];
  const kept: Checkpoint[] = [];
  const saved: Checkpoint[] = [];
  let weights: Tensors = initial;
  const trainer = new Trainer({
    run: 'r',
    document,
    device: CPU_DEVICE,
    paused: oneStep,
    ...options,
    openFeed: directFeed,
    emit: (event) => events.push(event),
    onWeights: (latest) => {
      weights = latest;
      saved.push(trainer.checkpoint() as Checkpoint);
    },
    keeper: {
      offer: (take) => {
        const checkpoint = take();
        if (checkpoint !== null) kept.push(checkpoint);
      },
      takeFailure: () => null,
    },
    load: async () => ({ graph, weights: initial, data: noise }),
  });
  if (oneStep) trainer.control('step');
  const state = await trainer.train();
  const progress = events.filter((event) => event.kind === 'progress');
  const end = events.findLast((event) => event.kind === 'run');
  return {
    outcome: {
      state,
      step: end?.step,
      message: end?.message?.en ?? null,
      losses: progress.flatMap(({ loss }) => [...loss]),
      weights: weightsSha256(weights),
      kept: kept.map(({ progress: { step } }) => step),
    },
    norms: progress.flatMap(({ gradientNorm }) => [...gradientNorm]),
    finite: [weights, ...[...kept, ...saved].map((checkpoint) => checkpoint.weights)].every(
      (each) => notFinite(each) === null,
    ),
    saved,
  };
}

const at = (kind: OptimizerConfig['kind'], learningRate: number): OptimizerConfig => ({
  ...defaultOptimizers[kind],
  learningRate,
});
const byNorm = { clip: { kind: 'norm', maxNorm: 1 } } as const;
const byValue = { clip: { kind: 'value', clipValue: 1 } } as const;

describe('a run ends in the same state with and without the norm of its gradients', () => {
  it.each<[name: string, state: string, Case]>([
    ['LeNet, 0.1', 'done', { network: 'lenet_modern', optimizer: at('sgd', 0.1) }],
    ['LeNet, 500: norms overflow', 'done', { network: 'lenet_modern', optimizer: at('sgd', 500) }],
    ['LeNet, 1000: norms overflow', 'failed', { network: 'lenet_modern', optimizer: at('sgd', 1000) }],
    ['LeNet, 1e5', 'failed', { network: 'lenet_modern', optimizer: at('sgd', 1e5) }],
    ['LeNet, 1e30', 'failed', { network: 'lenet_modern', optimizer: at('sgd', 1e30) }],
    ['LeNet, 1e30, clipped by norm', 'failed', { network: 'lenet_modern', optimizer: at('sgd', 1e30), recipe: byNorm }],
    ['LeNet, 100, clipped by value', 'done', { network: 'lenet_modern', optimizer: at('sgd', 100), recipe: byValue }],
    ['LeNet, Adam, 1e10', 'failed', { network: 'lenet_modern', optimizer: at('adam', 1e10) }],
    ['MLP, 1e20', 'failed', { network: 'mlp', optimizer: at('sgd', 1e20) }],
    ['MLP, 1e38', 'failed', { network: 'mlp', optimizer: at('sgd', 1e38) }],
  ])('%s: %s', async (_, state, one) => {
    const silent = await run(one);
    const told = await run(one, { reportNorm: true });
    expect(told.outcome).toEqual(silent.outcome);
    expect(silent.outcome.state).toBe(state);
    expect([silent.finite, told.finite]).toEqual([true, true]);
  });

  it('an infinite norm of finite gradients is reported', async () => {
    const { outcome, norms } = await run({ network: 'lenet_modern', optimizer: at('sgd', 500) }, { reportNorm: true });
    expect(outcome.state).toBe('done');
    expect(norms).toContain(Number.POSITIVE_INFINITY);
  });
});

describe('weights that overflow in a step with a finite loss', () => {
  // The weight decay alone exceeds the range of float32.
  const decaying: Case = { network: 'mlp', optimizer: { ...at('sgd', 1e5), weightDecay: 1e38 } };

  it.each([
    false,
    true,
  ])('fail a run stopped at this step, and are never kept; norm reported: %s', async (reportNorm) => {
    const stopped = await run(decaying, { stopAfter: 1, reportNorm });
    expect(stopped.outcome).toMatchObject({ state: 'failed', step: 0 });
    expect(stopped.outcome.message).toMatch(/^Weight “.*” became NaN or infinite at step 1/);
    const whole = await run(decaying, { reportNorm });
    expect(whole.outcome).toMatchObject({ state: 'failed', weights: stopped.outcome.weights, kept: [0, 0] });
    expect([stopped.finite, whole.finite]).toEqual([true, true]);
  });

  it('fail a run paused at this step', async () => {
    const { outcome, finite } = await run(decaying, { oneStep: true });
    expect(outcome).toMatchObject({ state: 'failed', step: 0 });
    expect(outcome.message).toMatch(
      /^Weight “.*” became NaN or infinite at step 1.* The last good weights are kept\.$/,
    );
    expect(finite).toBe(true);
  });

  it('are not saved: the checkpoint is that of the step before, with its curves', async () => {
    // Each step multiplies the weights by 1e20, so the second one overflows.
    const optimizer = { ...at('sgd', 1), weightDecay: 1e20 };
    const { saved, finite } = await run({ network: 'softmax_regression', optimizer });
    const places = saved.map(({ progress: { step }, curves }) => [step, curves.points.step.at(-1)]);
    // After each of the two steps, and again after the run has returned to the last finite weights.
    expect(places).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(finite).toBe(true);
  });

  it('are never returned by the engine for saving', async () => {
    const drawn = templateOf('mlp')?.document as NetworkDocument;
    const document = { ...drawn, recipe: { ...drawn.recipe, batchSize: 16, optimizer: decaying.optimizer } };
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    let isOver = false;
    const ended = client.ended('r').then(() => {
      isOver = true;
    });
    client.call('train', { run: 'r', document, weights: 'fresh', paused: false });
    const given: Uint8Array[] = [];
    while (!isOver) {
      given.push((await client.call('getWeights', {})).weights);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended;
    const trained = given.filter((weights) => weights.length > 0).map((weights) => readWeights(weights, 'weights'));
    expect(trained.length).toBeGreaterThan(0);
    expect(trained.map(notFinite)).toEqual(trained.map(() => null));
  });
});

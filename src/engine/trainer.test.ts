import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialize.ts';
import { type Dataset, labeledImages } from '../data/dataset.ts';
import type { NetworkDocument, Recipe } from '../graph/document.ts';
import { defaultOptimizers, defaultSchedules, type Schedule } from '../graph/recipe.ts';
import type { RunEvent, RunEventOf } from '../protocol/runEvents.ts';
import { random } from '../random/philox.ts';
import { directFeed } from './batchFeed.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { Trainer } from './trainer.ts';
import { weightsSha256 } from './weights.ts';

/** 250 noisy images of ten patterns, of which 200 are training samples. */
const data: Dataset = (() => {
  const rng = random(7, 'toy');
  const patterns = Array.from({ length: 10 }, () => Uint8Array.from({ length: 784 }, () => rng.below(256)));
  const labels = Uint8Array.from({ length: 250 }, (_, i) => i % 10);
  const images = new Uint8Array(250 * 784);
  labels.forEach((label, i) => {
    for (let p = 0; p < 784; p++) images[784 * i + p] = ((patterns[label]?.[p] ?? 0) >> 1) + rng.below(128);
  });
  return labeledImages('toy', [1, 28, 28], images, labels);
})();

const small: Partial<Recipe> = { batchSize: 32, epochs: 3 };

function start(
  id: string,
  change: Partial<Recipe> = small,
  learningRate = 0.1,
  paused = false,
  from?: Tensors,
  feed?: typeof directFeed,
) {
  const document = templateOf(id)?.document as NetworkDocument;
  const optimizer = { ...document.recipe.optimizer, learningRate };
  const drawn: NetworkDocument = { ...document, recipe: { ...document.recipe, optimizer, ...change } };
  const graph = checkedGraph(drawn);
  const weights = from ?? initialParameters(graph, drawn.recipe.seed);
  const events: RunEvent[] = [];
  const seen: { weights: Tensors } = { weights };
  const watchers = new Set<() => void>();
  const trainer = new Trainer({
    run: 'r',
    document: drawn,
    device: CPU_DEVICE,
    paused,
    openFeed: feed ?? directFeed,
    // Only a kept run pauses after a failure.
    keeper: feed && { offer: () => {}, takeFailure: () => null },
    emit: (event) => {
      events.push(event);
      for (const watch of watchers) watch();
    },
    onWeights: (latest) => {
      seen.weights = latest;
    },
    load: async () => ({ graph, weights, data }),
  });
  const ended = trainer.train();
  /** Waits for a run event in `state` after the first `from` events. */
  const until = (state: string, from = 0) =>
    new Promise<number>((resolve) => {
      const watch = () => {
        const at = events.findIndex((event, i) => i >= from && event.kind === 'run' && event.state === state);
        if (at === -1) return;
        watchers.delete(watch);
        resolve(at + 1);
      };
      watchers.add(watch);
      watch();
    });
  return { trainer, events, ended, seen, until, initial: weights };
}

const steps = (events: RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'progress' ? [...event.step].map((step, i) => [step, event.loss[i]]) : []));
const last = (events: RunEvent[]) => events.findLast((event): event is RunEventOf<'run'> => event.kind === 'run');

describe('a run', () => {
  it.each(['lenet_modern', 'mlp', 'softmax_regression'])('of %s lowers the loss and reports every step', async (id) => {
    const { ended, events } = start(id);
    expect(await ended).toBe('done');
    const reported = steps(events);
    expect(reported.map(([step]) => step)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
    const epochs = events.filter((event) => event.kind === 'epoch');
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 7],
      [2, 14],
      [3, 21],
    ]);
    expect(epochs[2]?.train.loss).toBeLessThan(epochs[0]?.train.loss as number);
    expect(last(events)).toMatchObject({ state: 'done', step: 21, steps: 21, epoch: 3, epochs: 3, message: null });
  });

  it('learns to predict the patterns', async () => {
    const { ended, events } = start('mlp', { batchSize: 16, epochs: 8 });
    await ended;
    const epochs = events.filter((event) => event.kind === 'epoch');
    expect(epochs.at(-1)?.validation.accuracy).toBeGreaterThan(0.9);
  });

  it('has bit-identical weights for the same seed, and different ones for another', async () => {
    const hashes: string[] = [];
    for (const seed of [1, 1, 2]) {
      const { ended, seen } = start('lenet_modern', { ...small, seed });
      await ended;
      hashes.push(weightsSha256(seen.weights));
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it.each(Object.values(defaultOptimizers))('lowers the loss with $kind', async (optimizer) => {
    const { ended, events } = start('mlp', { ...small, optimizer: { ...optimizer, learningRate: 0.01 } });
    expect(await ended).toBe('done');
    const epochs = events.filter((event) => event.kind === 'epoch');
    expect(epochs[2]?.train.loss).toBeLessThan(epochs[0]?.train.loss as number);
  });

  it.each<[string, Schedule, number]>([
    ['by epoch', { kind: 'step', unit: 'epoch', stepSize: 2, gamma: 1e-30 }, 2],
    ['by step', { kind: 'multistep', unit: 'step', milestones: [7], gamma: 1e-30 }, 1],
    // The second report is no improvement, so the third epoch has the lower learning rate.
    ['on a plateau', { ...defaultSchedules.plateau, patience: 0, threshold: 1, factor: 1e-30, eps: 0 }, 2],
  ])('follows its schedule %s: with a learning rate near 0, the weights do not change', async (_, schedule, learning) => {
    const hashes: string[] = [];
    for (const epochs of [learning, learning + 1]) {
      const { ended, seen } = start('softmax_regression', { batchSize: 32, epochs, schedule });
      await ended;
      hashes.push(weightsSha256(seen.weights));
    }
    expect(hashes[1]).toBe(hashes[0]);
  });

  it('stops early if the validation no longer improves, and keeps the weights of the best epoch', async () => {
    // No later epoch can improve by more than this.
    const earlyStopping = { monitor: 'loss', patience: 2, minDelta: 100 } as const;
    const { ended, events, seen, trainer } = start('mlp', { batchSize: 32, epochs: 9, earlyStopping, keepBest: true });
    expect(await ended).toBe('done');
    const validations = events.filter((event) => event.kind === 'epoch').map(({ validation }) => validation);
    expect(validations).toHaveLength(3);
    const end = last(events);
    expect(end).toMatchObject({ state: 'done', epoch: 3, message: { en: expect.stringMatching(/epoch 3.*2 epochs/) } });
    const { progress, weights, bestWeights } = trainer.checkpoint() as NonNullable<ReturnType<Trainer['checkpoint']>>;
    expect(end?.kept ?? 3).toBe(progress.best);
    expect(weightsSha256(seen.weights)).toBe(weightsSha256(bestWeights as Tensors));
    // The run keeps its last step, so that it can be resumed.
    expect(progress.epoch).toBe(3);
    const straight = start('mlp', { batchSize: 32, epochs: 3 });
    await straight.ended;
    expect(weightsSha256(weights)).toBe(weightsSha256(straight.seen.weights));
  });

  it('keeps the weights of the best epoch if later ones are worse', async () => {
    const { ended, events, seen } = start('mlp', { batchSize: 16, epochs: 3, keepBest: true }, 1.5);
    await ended;
    const validations = events.filter((event) => event.kind === 'epoch').map(({ validation }) => validation);
    const best = start('mlp', { batchSize: 16, epochs: last(events)?.kept ?? 3 }, 1.5);
    await best.ended;
    expect(weightsSha256(seen.weights)).toBe(weightsSha256(best.seen.weights));
    const accuracies = validations.map(({ accuracy }) => accuracy ?? 0);
    expect(accuracies[(last(events)?.kept ?? 3) - 1]).toBe(Math.max(...accuracies));
  });

  it('continues after a pause, bit for bit', async () => {
    const straight = start('mlp');
    await straight.ended;
    const halting = start('mlp', small, 0.1, true);
    let at = await halting.until('paused');
    for (let i = 0; i < 3; i++) {
      halting.trainer.control('step');
      at = await halting.until('paused', at);
    }
    expect(steps(halting.events)).toHaveLength(3);
    expect(last(halting.events)).toMatchObject({ state: 'paused', step: 3 });
    halting.trainer.control('resume');
    expect(await halting.ended).toBe('done');
    expect(weightsSha256(halting.seen.weights)).toBe(weightsSha256(straight.seen.weights));
    expect(steps(halting.events)).toEqual(steps(straight.events));
  });

  it('pauses if a step of a kept run fails, reports the reason, and tries again', async () => {
    const straight = start('mlp');
    await straight.ended;
    let failures = 0;
    const failing = start('mlp', small, 0.1, false, undefined, (plan) => {
      const feed = directFeed(plan);
      return {
        ...feed,
        async next() {
          if (plan.first.seen === 0 && plan.first.epoch === 0 && failures++ === 2) {
            throw new Error('Array buffer allocation failed');
          }
          return feed.next();
        },
      };
    });
    const at = await failing.until('paused');
    expect(last(failing.events)?.message?.en).toMatch(/[Nn]ot enough memory for step 3 with batch size 32/);
    failing.trainer.control('resume');
    await failing.until('running', at);
    expect(await failing.ended).toBe('done');
    expect(weightsSha256(failing.seen.weights)).toBe(weightsSha256(straight.seen.weights));
  });

  it.each([
    ['every batch', 20, (batch: number) => batch >= 0, 6],
    ['the first batch, which also waits for threads to start', 500, (batch: number) => batch === 0, 0],
  ])('reports the time spent waiting for %s', async (_, ms, isSlow, counted) => {
    const { events, ended } = start('mlp', { batchSize: 32, epochs: 1 }, 0.1, false, undefined, (plan) => {
      const feed = directFeed(plan);
      let batches = 0;
      return {
        ...feed,
        async next() {
          if (isSlow(batches++)) await new Promise((resolve) => setTimeout(resolve, ms));
          return feed.next();
        },
      };
    });
    expect(await ended).toBe('done');
    const epoch = events.find((event) => event.kind === 'epoch');
    const waited = epoch?.waited ?? Number.NaN;
    // A timer may end a millisecond early.
    expect(waited).toBeGreaterThanOrEqual((counted * (ms - 1)) / 1000);
    expect(waited).toBeLessThan(epoch?.seconds ?? 0);
    const shares = events.flatMap((event) => (event.kind === 'progress' ? event.waiting : []));
    for (const share of shares) expect(share).toBeLessThan(1);
    if (counted === 0) expect(waited).toBeLessThan(0.5);
    else expect(Math.max(...shares)).toBeGreaterThan(0);
  });

  it('keeps its weights when stopped', async () => {
    const { trainer, until, ended, seen, events, initial } = start('mlp', small, 0.1, true);
    const at = await until('paused');
    trainer.control('step');
    await until('paused', at);
    trainer.control('stop');
    expect(await ended).toBe('stopped');
    expect(last(events)).toMatchObject({ state: 'stopped', step: 1 });
    expect(weightsSha256(seen.weights)).not.toBe(weightsSha256(initial));
  });

  it('ends with an explanation and the last finite weights if the loss is NaN', async () => {
    const { ended, events, seen } = start('lenet_modern', { batchSize: 32, epochs: 20 }, 1e30);
    expect(await ended).toBe('failed');
    // Nothing keeps the weights of this run.
    expect(last(events)?.message?.en).toMatch(
      /became NaN or infinite at step \d+.*learning rate is 1e30; use 0\.1\)\.$/,
    );
    for (const { data } of seen.weights.values()) expect([...data].every((x) => Number.isFinite(Number(x)))).toBe(true);
    expect(seen.weights.size).toBe(10);
  });

  it('does not change frozen layers', async () => {
    const document = templateOf('mlp')?.document as NetworkDocument;
    const nodes = document.nodes.map((node) => (node.name === 'fc1' ? { ...node, frozen: true } : node));
    const graph = checkedGraph({ ...document, nodes });
    const weights = initialParameters(graph, 1);
    let latest: Tensors = weights;
    const trainer = new Trainer({
      run: 'r',
      document: { ...graph.document, recipe: { ...graph.document.recipe, epochs: 1 } },
      device: CPU_DEVICE,
      paused: false,
      openFeed: directFeed,
      emit: () => {},
      onWeights: (after) => {
        latest = after;
      },
      load: async () => ({ graph, weights, data }),
    });
    expect(await trainer.train()).toBe('done');
    expect(latest.get('fc1/weight')).toBe(weights.get('fc1/weight'));
    expect(latest.get('fc2/weight')?.data).not.toEqual(weights.get('fc2/weight')?.data);
  });
});

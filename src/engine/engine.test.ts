import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { initialParameters } from '../compile/initialize.ts';
import { type Field, sampleAt } from '../data/dataset.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { edit, type History, startHistory, undo } from '../graph/history.ts';
import { movesBetween } from '../graph/weightTrail.ts';
import { readModel } from '../onnx/read.ts';
import { planDissolve } from '../plan/dissolve.ts';
import { planBlock } from '../plan/makeBlock.ts';
import type { RunEvent, RunEventOf } from '../protocol/runEvents.ts';
import type { TrainArgs } from '../protocol/training.ts';
import { directFeed, threadedFeed } from './batchFeed.ts';
import { readCheckpoint } from './checkpoint.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside, openDataset } from './files.ts';
import { checkedGraph, samplesFor } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { readWeights, weightsSha256, writeWeights } from './weights.ts';

// The thread that prepares batches needs a built file.
const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

const document = templateOf('softmax_regression')?.document as NetworkDocument;
const short: NetworkDocument = { ...document, recipe: { ...document.recipe, batchSize: 300, epochs: 1 } };
const start = () => connect(new Engine({ files, device: CPU_DEVICE }));
const train = (run: string, change: Partial<TrainArgs> = {}): TrainArgs => ({
  run,
  document: short,
  weights: 'fresh',
  paused: false,
  ...change,
});

describe('the engine', () => {
  it('computes the cost of a network without training it', async () => {
    const { call } = connect(new Engine({ files, device: CPU_DEVICE }));
    const document = templateOf('lenet_modern')?.document as NetworkDocument;
    const answers = [];
    for (const batch of [32, 256]) answers.push(await call('analyze', { document, batch }));
    expect(answers.map(({ batch }) => batch)).toEqual([32, 256]);
    expect(answers[1]?.training.live).toBeGreaterThan(6 * (answers[0]?.training.live ?? 0));
    expect(answers[1]?.training.parameters).toBe(answers[0]?.training.parameters);
    const broken = { ...document, nodes: [] };
    await expect(call('analyze', { document: broken, batch: 32 })).rejects.toThrow(/The network has/);
  });

  it('trains on the embedded images, then predicts, evaluates and exports with these weights', async () => {
    const client = start();
    const data = await openDataset('mnist', files);
    const input = sampleAt(data.inputs[0] as Field, 3);
    expect(await client.call('predict', { document: short, input })).toMatchObject({ trained: false });

    const ended = client.ended('a');
    client.call('train', train('a'));
    expect(await ended).toMatchObject({ state: 'done', step: 27, steps: 27, epoch: 1 });

    const prediction = await client.call('predict', { document: short, input });
    expect(prediction).toMatchObject({ trained: true });
    expect(prediction.outputs[0]?.values.reduce((a, b) => a + b)).toBeCloseTo(1, 5);

    const epoch = client.events.find((event) => event.kind === 'epoch');
    const evaluated = await client.call('evaluate', { document: short });
    expect(evaluated).toMatchObject(epoch?.validation ?? {});
    expect(evaluated.cells.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
    expect(evaluated.accuracy).toBeGreaterThan(0.7);

    const exported = await client.call('export', { document: short, format: 'onnx', fileName: 'short.onnx' });
    expect(exported.report).toMatchObject({ opset: 17, ops: { Gemm: 1 }, proof: { maxError: expect.any(Number) } });
    const [model] = exported.files.at(-1)?.parts ?? [];
    expect(readModel(model ?? new Uint8Array())?.metadata.netloom_version).toMatch(/^\d/);
  });

  it('returns and accepts weights, for all clients', async () => {
    const engine = new Engine({ files, device: CPU_DEVICE });
    const [main, window] = [connect(engine), connect(engine)];
    expect(await main.call('getWeights', {})).toMatchObject({ weights: new Uint8Array() });
    const weights = writeWeights(initialParameters(checkedGraph(document), 9));
    expect(await main.call('setWeights', { weights })).toEqual({ tensors: 2 });
    expect(await window.call('getWeights', {})).toMatchObject({ weights });
    expect(await window.call('predict', { document, input: new Float32Array(784) })).toMatchObject({
      trained: true,
    });
    expect(await main.call('setWeights', { weights: new Uint8Array() })).toMatchObject({ tensors: 0 });
    expect(await window.call('predict', { document, input: new Float32Array(784) })).toMatchObject({
      trained: false,
    });
  });

  it('returns its run, which another engine resumes with the same bits', async () => {
    const longer = { ...short, recipe: { ...short.recipe, epochs: 2 } };
    const weightsOf = async (client: ReturnType<typeof start>) => {
      const answer = await client.call('getWeights', {});
      return answer.weights;
    };
    const straight = start();
    const done = straight.ended('a');
    straight.call('train', train('a', { document: longer }));
    await done;

    const first = start();
    expect(await first.call('getLastRun', {})).toMatchObject({ entries: {} });
    const stopped = first.ended('a');
    first.call('train', train('a', { document: longer, stopAfter: 33 }));
    expect(await stopped).toMatchObject({ state: 'stopped', step: 33 });
    const { entries } = await first.call('getLastRun', {});
    expect(Object.keys(entries).sort()).toEqual([
      'runs/best/weights.safetensors',
      'runs/last/curves.safetensors',
      'runs/last/optimizer.safetensors',
      'runs/last/run.json',
      'runs/last/weights.safetensors',
    ]);

    const second = start();
    expect(await second.call('setLastRun', { entries })).toMatchObject({
      run: { step: 33, epoch: 1, epochs: 2, history: [{ epoch: 1 }] },
    });
    const ended = second.ended('b');
    second.call('train', train('b', { document: longer, weights: 'resume' }));
    expect(await ended).toMatchObject({ state: 'done', step: 54 });
    expect(await weightsOf(second)).toEqual(await weightsOf(straight));
  });

  it('has nothing to resume without a run, or after its weights were replaced', async () => {
    const client = start();
    const failed = client.ended('a');
    client.call('train', train('a', { weights: 'resume' }));
    expect((await failed).message?.en).toMatch(/no run to resume/);
    const done = client.ended('b');
    client.call('train', train('b'));
    await done;
    await client.call('setWeights', { weights: new Uint8Array() });
    expect(await client.call('getLastRun', {})).toMatchObject({ entries: {} });
  });

  it('evaluates a document on generated data, without a file', async () => {
    const nodes = document.nodes.map((node) => (node.layer === 'input' ? { ...node, config: { shape: [2] } } : node));
    const moons = { ...short, nodes, data: { ...short.data, source: 'moons' } };
    const answer = await start().call('evaluate', { document: moons });
    expect(answer.outputs).toHaveLength(1);
    expect(answer.topK.map(({ k }) => k)).toEqual([2, 3, 5]);
  });

  it('hands out weights and run of the same step, also while it trains', async () => {
    const client = start();
    const ended = client.ended('a');
    client.call('train', train('a', { document: { ...short, recipe: { ...short.recipe, epochs: 3 } } }));
    const steps = new Set<number>();
    let isOver = false;
    ended.then(() => {
      isOver = true;
    });
    while (!isOver && steps.size < 5) {
      await new Promise(setImmediate);
      const { weights, entries } = await client.call('getTrained', {});
      const last = readCheckpoint(entries);
      // Before its first step a run has handed out no weights.
      if (last === null || last.progress.step === 0) continue;
      steps.add(last.progress.step);
      expect(weightsSha256(readWeights(weights, 'weights'))).toBe(weightsSha256(last.weights));
    }
    expect(steps.size).toBe(5);
    await client.call('control', { run: 'a', action: 'stop' });
    await ended;
  });

  it('answers during a run, and a new run takes the place of the old one', async () => {
    const client = start();
    const [first, second] = [client.ended('a'), client.ended('b')];
    client.call('train', train('a', { document: { ...short, recipe: { ...short.recipe, batchSize: 8 } } }));
    await client.until((event): event is RunEvent => event.kind === 'progress');
    expect(await client.call('predict', { document, input: new Float32Array(784) })).toMatchObject({
      trained: true,
    });
    client.call('train', train('b', { weights: 'current' }));
    expect(await first).toMatchObject({ state: 'stopped' });
    expect(await second).toMatchObject({ state: 'done' });
  });

  it('handles pause, step, resume and stop', async () => {
    const client = start();
    const state = (wanted: string) =>
      client.until((event): event is RunEventOf<'run'> => event.kind === 'run' && event.state === wanted);
    const paused = state('paused');
    client.call('train', train('a', { paused: true }));
    expect(await paused).toMatchObject({ step: 0, steps: 27 });
    const stepped = state('paused');
    client.call('control', { run: 'a', action: 'step' });
    expect(await stepped).toMatchObject({ step: 1 });
    const running = state('running');
    client.call('control', { run: 'a', action: 'resume' });
    await running;
    const stopped = state('stopped');
    client.call('control', { run: 'a', action: 'stop' });
    expect((await stopped).step).toBeLessThan(27);
    // Commands after the end of a run are ignored without an error.
    client.call('control', { run: 'a', action: 'resume' });
  });

  it.each<[string, Partial<NetworkDocument>, RegExp]>([
    ['a network with a problem', { edges: [] }, /The network has/],
    [
      'an output that the data has no answers for',
      {
        nodes: short.nodes.map((node) =>
          node.layer === 'classifier' ? { ...node, layer: 'regression', config: {} } : node,
        ),
      },
      /“mnist” has one class per sample, but “classes” \(Regression\) predicts numbers/,
    ],
    ['data that is not there', { data: { ...document.data, source: 'nowhere/images-idx3' } }, /There is no file/],
    ['data of no known kind', { data: { ...document.data, source: 'cats' } }, /There is no dataset or file “cats”/],
  ])('fails a run with an explanation: %s', async (_, change, message) => {
    const client = start();
    const ended = client.ended('a');
    client.call('train', train('a', { document: { ...short, ...change } }));
    const { state, message: said } = await ended;
    expect(state).toBe('failed');
    expect(said?.en).toMatch(message);
    expect(said?.zh).toMatch(/\p{Script=Han}/u);
  });

  it.each<[string, unknown, number, RegExp]>([
    ['no message', 'hello', 0, /unreadable message/],
    ['an unknown call', { call: 'fly', id: 7, args: {} }, 7, /unreadable message/],
    ['a missing document', { call: 'evaluate', id: 8, args: {} }, 8, /unreadable message: .*document/s],
    [
      'a sample of the wrong size',
      { call: 'predict', id: 9, args: { document, input: new Float32Array(3) } },
      9,
      /784 values; this sample has 3/,
    ],
    [
      'weights that are none',
      { call: 'setWeights', id: 1, args: { weights: new Uint8Array(20) } },
      1,
      /not a valid safetensors file/,
    ],
    [
      'an opset that does not exist',
      { call: 'export', id: 2, args: { document, format: 'onnx', fileName: 'x.onnx', opset: 3 } },
      2,
      /opset 3 is not supported/,
    ],
  ])('answers with an error: %s', async (_, message, id, text) => {
    const refused = await new Promise((resolve) => {
      new Engine({ files, device: CPU_DEVICE }).connect({
        post: resolve,
        onMessage: (deliver) => queueMicrotask(() => deliver(message)),
      });
    });
    expect(refused).toMatchObject({ id, refusal: { en: expect.stringMatching(text) } });
  });

  it('reports every provider, with the reason where it does not work', async () => {
    const answer = await start().call('providers', {});
    const { providers } = answer;
    expect(providers.map(({ provider }) => provider)).toEqual(['cpu', 'cuda', 'dml', 'webgpu', 'coreml']);
    expect(providers[0]).toMatchObject({ usable: true, reason: null });
    for (const { usable, reason } of providers) expect(usable).toBe(reason === null);
  });
});

it('prepares the same batches in another thread as in this one', async () => {
  const data = await openDataset('mnist', files);
  const indices = Uint32Array.from({ length: 50 }, (_, i) => 3 * i);
  const plan = {
    samples: samplesFor(checkedGraph(document), data),
    indices,
    batch: 16,
    seed: 4,
    first: { epoch: 0, seen: 0 },
  };
  const [direct, threaded] = [directFeed(plan), threadedFeed(plan, files.batches)];
  for (let i = 0; i < 10; i++) {
    expect(await threaded.next()).toEqual(await direct.next());
  }
  await threaded.close();
});

it('reports that the thread cannot start', async () => {
  const data = await openDataset('mnist', files);
  const samples = samplesFor(checkedGraph(document), data);
  const missing = fileURLToPath(new URL('./no-such-thread.js', import.meta.url));
  const feed = threadedFeed(
    { samples, indices: Uint32Array.of(1), batch: 1, seed: 1, first: { epoch: 0, seen: 0 } },
    missing,
  );
  await expect(feed.next()).rejects.toThrow(/no-such-thread/);
});

describe('weights', () => {
  const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
  const input = Float32Array.from({ length: 784 }, (_, i) => (i % 7) / 7);
  const layers = ['conv1', 'act1', 'pool1', 'conv2', 'act2'];
  const steps = (): readonly (readonly [what: string, edits: (doc: NetworkDocument) => readonly Edit[]])[] => [
    ['a layer gets another name', () => [{ kind: 'renameNode', node: 'fc1', name: 'dense' }]],
    ['layers become a block', (doc) => [planBlock(doc, layers, 'Features').edit as Edit]],
    ['the block gets another name', () => [{ kind: 'renameNode', node: 'block1', name: 'features' }]],
    [
      'a layer inside gets another name',
      () => [{ kind: 'editBlock', block: 'block1', edits: [{ kind: 'renameNode', node: 'conv1', name: 'first' }] }],
    ],
    ['the block is laid open', (doc) => [planDissolve(doc, check(doc), 'block1') as Edit]],
  ];

  it('follow renamed layers, bit for bit, in both directions', async () => {
    const { call } = start();
    const initial = initialParameters(checkedGraph(lenet), 99);
    await call('setWeights', { weights: writeWeights(initial) });
    const predict = async (document: NetworkDocument) => {
      const answer = await call('predict', { document, input });
      return answer;
    };
    const { outputs } = await predict(lenet);
    let history = startHistory(lenet);
    const go = async (after: History) => {
      await call('moveWeights', { moves: movesBetween(history, after) });
      history = after;
      expect(await predict(after.present)).toMatchObject({ trained: true, outputs });
    };
    for (const [, edits] of steps()) await go(edit(history, edits(history.present)));
    expect(history.past).toHaveLength(5);
    while (history.past.length > 0) await go(undo(history));
    expect((await predict(lenet)).outputs).toEqual(outputs);
    const answer = await call('getWeights', {});
    expect(answer.weights).toEqual(writeWeights(initial));
  });

  it('of a running run have the new names', async () => {
    const { call, ended } = start();
    const ending = ended('run');
    call('train', train('run', { document: short, paused: true }));
    const [layer] = short.nodes.filter(({ layer }) => layer === 'linear') as [DocumentNode];
    await call('moveWeights', { moves: [[{ from: layer.name, to: 'other' }]] });
    call('control', { run: 'run', action: 'resume' });
    expect((await ending).state).toBe('done');
    const answer = await call('getWeights', {});
    const names = [...readWeights(answer.weights, 'w').keys()];
    expect(names.sort()).toEqual(['other/bias', 'other/weight']);
  });
});

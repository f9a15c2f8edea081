import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { initialParameters } from '../compile/initialize.ts';
import type { Batch } from '../data/batches.ts';
import { type Dataset, labeledImages } from '../data/dataset.ts';
import { betaEntropy } from '../doctor/course.ts';
import type { MixingConfig, NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { random } from '../random/philox.ts';
import { drawLambda } from '../transforms/mixing.ts';
import { directFeed, threadedFeed } from './batchFeed.ts';
import { Evaluator } from './evaluator.ts';
import { filesBeside } from './files.ts';
import { checkedGraph, samplesFor, trainingSamples } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { TrainStep } from './trainStep.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const withMixing = (mixing: MixingConfig, document = softmax): NetworkDocument => ({
  ...document,
  data: { ...document.data, mixing },
});

/** Ten images, each of one byte value and a class of its own, so that the shares of a mixed image can be read off. */
const data: Dataset = labeledImages(
  'plain',
  [1, 28, 28],
  Uint8Array.from({ length: 10 * 784 }, (_, at) => 25 * Math.floor(at / 784)),
  Uint8Array.from({ length: 10 }, (_, i) => i),
);
const indices = Uint32Array.from({ length: 10 }, (_, i) => i);

const planFor = (document: NetworkDocument, seen = 0, seed = 4) => {
  const graph = checkedGraph(document);
  const samples = trainingSamples(graph, samplesFor(graph, data));
  return { samples, indices, batch: 4, seed, first: { epoch: 0, seen } };
};

const partsOf = ({ size, tensors }: Batch) => {
  const [images, targets] = [...tensors.values()].map(({ data: values }) => values as Float32Array);
  return Array.from({ length: size }, (_, i) => ({
    image: images?.subarray(784 * i, 784 * (i + 1)) ?? new Float32Array(),
    shares: targets?.subarray(10 * i, 10 * (i + 1)) ?? new Float32Array(),
  }));
};

describe.each(['MixUp', 'CutMix'] as const)('%s', (type) => {
  const document = withMixing({ type, alpha: 1 });

  it('gives a sample the same shares of images and of labels', async () => {
    const feed = directFeed(planFor(document));
    const lambdas = new Set<number>();
    for (let batch = 0; batch < 6; batch++) {
      const parts = partsOf(await feed.next());
      for (const { image, shares } of parts) {
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
        // A pixel of class k is 25 k / 255, so the mean pixel is the mean class by share.
        const expected = shares.reduce((sum, share, k) => sum + (share * 25 * k) / 255, 0);
        expect(image.reduce((a, b) => a + b, 0) / 784).toBeCloseTo(expected, 4);
        expect(new Set(image).size).toBeLessThanOrEqual(type === 'MixUp' ? 1 : 2);
      }
      lambdas.add(Math.max(...(parts[0]?.shares ?? [])));
    }
    expect(lambdas.size).toBeGreaterThan(3);
  });

  it('gives the same batches in other threads, and from the middle of an epoch', { timeout: 20_000 }, async () => {
    const [direct, threaded] = [directFeed(planFor(document)), threadedFeed(planFor(document), files.batches, 2)];
    const batches: Batch[] = [];
    for (let i = 0; i < 7; i++) {
      batches.push(await direct.next());
      expect(await threaded.next()).toEqual(batches[i]);
    }
    await threaded.close();
    const later = directFeed(planFor(document, 8));
    for (let i = 2; i < 7; i++) expect(await later.next()).toEqual(batches[i]);
    expect(await directFeed(planFor(document, 0, 5)).next()).not.toEqual(batches[0]);
  });
});

it('a step measures loss and accuracy of the mixed targets', async () => {
  const document = withMixing({ type: 'MixUp', alpha: 0.4 });
  const graph = checkedGraph(document);
  const weights = initialParameters(graph, 3);
  const batch = await directFeed(planFor(document)).next();
  const step = new TrainStep(graph, document.recipe, { weights, mixed: true }, CPU_DEVICE);
  const { loss, correct } = await step.run(batch, { learningRate: 0.1 }, { seed: 1, step: 0 });
  await step.release();

  const evaluator = await Evaluator.open(graph, CPU_DEVICE);
  const target = { dtype: 'int64', shape: [4], data: new BigInt64Array(4) } as const;
  const plain = { size: 4, tensors: new Map([...batch.tensors, ['target', target] as const]) };
  const logits = (await evaluator.run(plain, weights)).outputs[0]?.prediction ?? new Float32Array();
  await evaluator.release();
  const largest = (values: Float32Array) => values.indexOf(Math.max(...values));
  let [surprise, hits] = [0, 0];
  for (const [i, { shares }] of partsOf(batch).entries()) {
    const row = logits.subarray(10 * i, 10 * (i + 1));
    const sum = row.reduce((total, value) => total + Math.exp(value), 0);
    surprise -= shares.reduce((total, share, k) => total + share * Math.log(Math.exp(row[k] as number) / sum), 0);
    hits += Number(largest(row) === largest(shares));
  }
  expect(loss).toBeCloseTo(surprise / 4, 5);
  expect(correct).toBe(hits);
});

describe('the check', () => {
  const of = (config: NetworkDocument['nodes'][number]['config']) => (document: NetworkDocument) => ({
    ...document,
    nodes: document.nodes.map((node) =>
      node.layer === 'classifier' ? { ...node, config: { ...node.config, ...config } } : node,
    ),
  });
  const template = (id: string) => templateOf(id)?.document as NetworkDocument;

  it.each<[what: string, document: NetworkDocument, type: MixingConfig['type'], says: RegExp, fixes: number]>([
    ['a margin loss', of({ loss: 'multiMargin' })(softmax), 'MixUp', /loss must take probabilities/, 2],
    ['an ignored class', of({ ignoreIndex: 3 })(softmax), 'CutMix', /no ignored class/, 2],
    ['a binary output', template('xor_mlp'), 'MixUp', /loss must take probabilities/, 1],
    ['points', template('xor_mlp'), 'CutMix', /CutMix needs images.*shape 2/, 1],
  ])('refuses to mix with %s', (_, document, type, says, fixes) => {
    const mixed = withMixing({ type, alpha: 1 }, document);
    const stops = (of: NetworkDocument) => check(of).diagnostics.filter((each) => each.stops === 'training');
    const [found, ...more] = stops(mixed);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'data-mixing', message: { en: expect.stringMatching(says) } });
    expect(found?.fixes).toHaveLength(fixes);
    for (const { edits } of found?.fixes ?? []) expect(stops(applyEdits(mixed, edits))).toEqual([]);
  });

  it.each(['MixUp', 'CutMix'] as const)('accepts %s for LeNet', (type) => {
    expect(check(withMixing({ type, alpha: 0.2 }, template('lenet'))).diagnostics).toEqual([]);
  });
});

it.each([0.1, 0.4, 1, 8])('the expected entropy of the shares is right for alpha %f', (alpha) => {
  const rng = random(1, 'entropy');
  const part = (share: number) => (share > 0 ? -share * Math.log(share) : 0);
  let sum = 0;
  for (let i = 0; i < 20_000; i++) {
    const lambda = drawLambda(alpha, rng);
    sum += part(lambda) + part(1 - lambda);
  }
  expect(sum / 20_000).toBeCloseTo(betaEntropy(alpha), 2);
});

import { describe, expect, it, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { initialParameters } from '../compile/initialize.ts';
import { batchBuffers, batchesOf, fillBatch } from '../data/batches.ts';
import { type Dataset, type Field, labeledImages, sampleAt } from '../data/dataset.ts';
import type { NetworkDocument, TransformStep } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { readModel } from '../onnx/read.ts';
import { random } from '../random/philox.ts';
import { directFeed, threadedFeed } from './batchFeed.ts';
import { Evaluator } from './evaluator.ts';
import { examine } from './examine.ts';
import { exportModel } from './exporter.ts';
import { filesBeside } from './files.ts';
import { checkedGraph, inputImage, samplesFor } from './network.ts';
import { OwnSamples } from './ownSamples.ts';
import { Predictor } from './predictor.ts';
import { CPU_DEVICE } from './session.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const withTransforms = (transforms: readonly TransformStep[], document = softmax): NetworkDocument => ({
  ...document,
  data: { ...document.data, transforms },
});

/** 60 noisy digits-sized images of 10 classes. */
const data: Dataset = (() => {
  const rng = random(1, 'pipeline');
  const pixels = Uint8Array.from({ length: 60 * 784 }, () => rng.below(256));
  return labeledImages(
    'noise',
    [1, 28, 28],
    pixels,
    Uint8Array.from({ length: 60 }, (_, i) => i % 10),
  );
})();
const field = data.inputs[0] as Field;
const all = Uint32Array.from({ length: 60 }, (_, i) => i);

const flip = { type: 'RandomHorizontalFlip', p: 1 } as const;
const crop = { type: 'RandomCrop', size: [28, 28], padding: [4] } as const;
const normalize = { type: 'Normalize', mean: [0.1307], std: [0.3081] } as const;

const imagesOf = (document: NetworkDocument, augmentation: { seed: number; epoch: number } | null) => {
  const samples = samplesFor(checkedGraph(document), data);
  const [column] = samples.columns;
  const batch = fillBatch(samples, all, batchBuffers(60, samples), augmentation);
  return batch.tensors.get(column?.input ?? '')?.data as Float32Array;
};
const mirrored = (images: Float32Array) => images.map((_, at) => images[at - (at % 28) + 27 - (at % 28)] as number);

describe('random transforms', () => {
  it('run in training only', () => {
    const plain = imagesOf(softmax, null);
    const flipped = withTransforms([flip]);
    expect(imagesOf(flipped, null)).toEqual(plain);
    expect(imagesOf(flipped, { seed: 1, epoch: 0 })).toEqual(mirrored(plain));
    expect(imagesOf(withTransforms([{ ...flip, on: false }]), { seed: 1, epoch: 0 })).toEqual(plain);
  });

  it('refuse images of floating-point numbers, which bytes cannot hold', () => {
    const floats = {
      ...data,
      inputs: [{ ...field, kind: 'numbers', data: new Float32Array(60 * 784).fill(2) } as Field],
    };
    expect(() => samplesFor(checkedGraph(withTransforms([flip])), floats)).toThrow(/floating-point numbers/);
    expect(() => samplesFor(checkedGraph(withTransforms([{ ...flip, on: false }])), floats)).not.toThrow();
  });

  it('draw by seed, epoch and sample, whatever the batch', () => {
    const document = withTransforms([crop]);
    const first = imagesOf(document, { seed: 1, epoch: 0 });
    expect(imagesOf(document, { seed: 1, epoch: 0 })).toEqual(first);
    expect(imagesOf(document, { seed: 2, epoch: 0 })).not.toEqual(first);
    expect(imagesOf(document, { seed: 1, epoch: 1 })).not.toEqual(first);
    const samples = samplesFor(checkedGraph(document), data);
    const one = fillBatch(samples, Uint32Array.of(7), batchBuffers(1, samples), { seed: 1, epoch: 0 });
    expect([...one.tensors.values()][0]?.data).toEqual(first.subarray(7 * 784, 8 * 784));
  });

  it.each([1, 2, 3])('give the same batches with %i threads', { timeout: 20_000 }, async (threads) => {
    const samples = samplesFor(checkedGraph(withTransforms([crop, normalize])), data);
    const plan = { samples, indices: all.subarray(0, 50), batch: 16, seed: 4, first: { epoch: 1, seen: 32 } };
    const [direct, threaded] = [directFeed(plan), threadedFeed(plan, files.batches, threads)];
    for (let i = 0; i < 11; i++) expect(await threaded.next()).toEqual(await direct.next());
    await threaded.close();
  });
});

test('evaluation and examination see the same samples with and without random transforms', async () => {
  const [plain, augmented] = [withTransforms([normalize]), withTransforms([flip, crop, normalize])];
  const results = [];
  for (const document of [plain, augmented, withTransforms([])]) {
    const graph = checkedGraph(document);
    const weights = initialParameters(graph, 1);
    const evaluator = await Evaluator.open(graph, CPU_DEVICE);
    const { loss } = await evaluator.evaluate(samplesFor(graph, data), all, weights);
    await evaluator.release();
    const { network, data: evidence } = await examine({ graph, data, weights, device: CPU_DEVICE });
    results.push({ loss, predictionLoss: network?.predictionLoss, scale: evidence.inputs });
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).not.toEqual(results[0]);
});

test('a prediction puts a sample through the transforms that evaluation uses', async () => {
  const graph = checkedGraph(withTransforms([flip, normalize]));
  const weights = initialParameters(graph, 1);
  const predictor = await Predictor.open(graph, CPU_DEVICE);
  const evaluator = await Evaluator.open(graph, CPU_DEVICE);
  const [batch] = batchesOf(samplesFor(graph, data), Uint32Array.of(5, 9), 2);
  const logits = (await evaluator.run(batch as NonNullable<typeof batch>, weights)).outputs[0]?.prediction ?? [];
  const both = Float32Array.of(...sampleAt(field, 5), ...sampleAt(field, 9));
  const values = (await predictor.predict(both, weights))[0]?.values ?? [];
  for (const row of [0, 1]) {
    const own = Array.from(logits.slice(row * 10, row * 10 + 10), Math.exp);
    const sum = own.reduce((a, b) => a + b, 0);
    for (const [k, value] of own.entries()) expect(values[row * 10 + k]).toBeCloseTo(value / sum, 5);
  }
  await predictor.release();
  await evaluator.release();
});

test('samples before the transforms have the shape of the dataset', async () => {
  const graph = checkedGraph({
    ...withTransforms([{ type: 'CenterCrop', size: [20, 24] }]),
    nodes: softmax.nodes.map((node) =>
      node.layer === 'input' ? { ...node, config: { ...node.config, shape: [1, 20, 24] } } : node,
    ),
  });
  const predictor = await Predictor.open(graph, CPU_DEVICE);
  expect(new OwnSamples(graph).entries[0]?.shape).toEqual([1, 28, 28]);
  const weights = initialParameters(graph, 1);
  expect((await predictor.predict(sampleAt(field, 0), weights))[0]?.values).toHaveLength(10);
  await expect(predictor.predict(new Float32Array(480), weights)).rejects.toThrow(/1×28×28/);
  await predictor.release();
});

test('an export records the transforms of prediction', async () => {
  const graph = checkedGraph(withTransforms([flip, { type: 'CenterCrop', size: 28, on: false }, normalize]));
  const weights = initialParameters(graph, 1);
  const { model } = await exportModel({ graph, weights, data, device: CPU_DEVICE });
  expect(JSON.parse(readModel(model)?.metadata.netloom_preprocessing ?? '')).toEqual([normalize]);
});

describe('the check', () => {
  const problems = (transforms: readonly TransformStep[]) =>
    check(withTransforms(transforms)).diagnostics.filter(({ stops }) => stops === 'training');

  it.each<[code: string, transforms: readonly TransformStep[], says: RegExp]>([
    ['data-shape', [{ type: 'CenterCrop', size: [24, 24] }], /1×24×24/],
    ['transforms-unknown-transform', [{ type: 'RandomHorizontalFlop' }], /Transform 1: .*RandomHorizontalFlip/],
    ['transforms-unknown-parameter', [{ type: 'RandomHorizontalFlip', P: 0.5 }], /no parameter “P”/],
    ['transforms-bad-parameter', [{ type: 'RandomHorizontalFlip', p: 2 }], /p is 2/],
    ['transforms-normalize-not-last', [normalize, flip], /Transform 1: Normalize/],
    ['transforms-does-not-fit', [{ type: 'RandomCrop', size: [40, 40] }], /larger than the padded image/],
  ])('reports %s, which the first fix solves', (code, transforms, says) => {
    const [found, ...more] = problems(transforms);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code,
      message: { en: expect.stringMatching(says), zh: expect.stringMatching(/变换|形状/) },
    });
    const after = applyEdits(withTransforms(transforms), found?.fixes[0]?.edits ?? []);
    expect(check(after).diagnostics.filter(({ stops }) => stops === 'training')).toEqual([]);
  });

  it('offers a crop in prediction where a random one changes the size in training only', () => {
    const [found] = problems([{ type: 'RandomCrop', size: [24, 24] }]);
    expect(found).toMatchObject({ code: 'transforms-sides-differ' });
  });

  it('finds no images in points of the plane', () => {
    const document = templateOf('xor_mlp')?.document as NetworkDocument;
    const stops = check(withTransforms([flip], document)).diagnostics.filter((each) => each.stops === 'training');
    expect(stops).toMatchObject([{ code: 'transforms-no-images' }]);
    const after = applyEdits(withTransforms([flip], document), stops[0]?.fixes[0]?.edits ?? []);
    expect(check(after).diagnostics).toEqual([]);
  });
});

test('own images keep the size of the input only where transforms keep it too', () => {
  expect(inputImage(withTransforms([flip, crop]))).toMatchObject({ channels: 1, height: 28, width: 28 });
  expect(inputImage(withTransforms([{ type: 'Pad', padding: [2] }]))).toBeNull();
});

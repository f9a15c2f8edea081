import { describe, expect, it, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { plannedBatches } from '../data/batches.ts';
import { type Dataset, labeledImages } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import type { NetworkDocument, TransformStep } from '../graph/document.ts';
import { random } from '../random/philox.ts';
import { unnormalized } from '../transforms/normalize.ts';
import { directFeed } from './batchFeed.ts';
import { checkedGraph, samplesFor } from './network.ts';
import { channelMoments, variantsOf } from './variants.ts';

const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const withTransforms = (transforms: readonly TransformStep[], seed = softmax.recipe.seed): NetworkDocument => ({
  ...softmax,
  recipe: { ...softmax.recipe, seed },
  data: { ...softmax.data, transforms },
});

const data: Dataset = (() => {
  const rng = random(2, 'variants');
  const pixels = Uint8Array.from({ length: 60 * 784 }, () => rng.below(256));
  const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 10);
  return labeledImages('noise', [1, 28, 28], pixels, labels);
})();
const plainAt = (index: number) => data.inputs[0]?.data.subarray(index * 784, (index + 1) * 784) as Uint8Array;

const flip = { type: 'RandomHorizontalFlip', p: 0.5 };
const crop = { type: 'RandomCrop', size: [28, 28], padding: [4] };
const gray = { type: 'Grayscale' };
const normalize = { type: 'Normalize', mean: [0.1307], std: [0.3081] };
const off = { type: 'RandomVerticalFlip', p: 1, on: false };

describe('variants', () => {
  it.each([
    ['random', [flip, crop]],
    ['with a deterministic one between', [crop, gray, flip]],
    ['with one that is off in front', [off, flip, crop]],
    ['normalized', [flip, crop, normalize]],
    ['none', []],
  ])('are the samples that the feed of a run prepares: %s', async (_, transforms) => {
    const document = withTransforms(transforms, 7);
    const { train } = splitOf(data, document.data);
    const samples = samplesFor(checkedGraph(document), data);
    const plan = { samples, indices: train, batch: 1, seed: 7, first: { epoch: 3, seen: 0 } };
    // Batches of one sample: each epoch of the feed has every training sample once.
    const feed = directFeed(plan);
    const batches = plannedBatches(plan);
    const fed = new Map<string, Float32Array>();
    for (let at = 0; at < 2 * train.length; at++) {
      const { epoch, indices } = batches.next().value;
      const { tensors } = await feed.next();
      const values = tensors.get(samples.columns[0]?.input ?? '')?.data as Float32Array;
      fed.set(`${epoch} ${indices[0]}`, values.slice());
    }
    await feed.close();
    for (const at of [0, 5, train.length - 1]) {
      const { index, total, before, prediction, variants } = variantsOf(data, {
        document,
        sample: { kind: 'training', at },
        epoch: 3,
        count: 2,
      });
      expect([index, total]).toEqual([train[at], train.length]);
      expect(variants.map(({ epoch }) => epoch)).toEqual([3, 4]);
      for (const { epoch, data: values, shape } of variants) {
        expect(values).toEqual(fed.get(`${epoch} ${index}`));
        expect(shape).toEqual([1, 28, 28]);
      }
      expect(before.data).toEqual(Float32Array.from(plainAt(index), (value) => value / 255));
      if (!transforms.includes(normalize)) expect(prediction.data).toEqual(before.data);
    }
  });

  it('wrap around the training samples, and change with the seed', () => {
    const document = withTransforms([crop], 1);
    const { total, index } = variantsOf(data, { document, sample: { kind: 'training', at: -1 }, epoch: 0, count: 1 });
    expect(variantsOf(data, { document, sample: { kind: 'training', at: total - 1 }, epoch: 0, count: 1 }).index).toBe(
      index,
    );
    expect(variantsOf(data, { document, sample: { kind: 'training', at: 5 * total }, epoch: 0, count: 1 }).index).toBe(
      splitOf(data, document.data).train[0],
    );
    const other = withTransforms([crop], 2);
    const of = (from: NetworkDocument) =>
      variantsOf(data, { document: from, sample: { kind: 'training', at: 0 }, epoch: 0, count: 8 }).variants;
    expect(of(document).map(({ data }) => data)).not.toEqual(of(other).map(({ data }) => data));
  });

  it('show any sample by its index, with its part and the next place in the training set', () => {
    const document = withTransforms([crop]);
    const { train, validation } = splitOf(data, document.data);
    const of = (index: number) => variantsOf(data, { document, sample: { kind: 'any', index }, epoch: 0, count: 1 });
    for (const index of [...train, ...validation]) {
      const { part, at, index: same, before } = of(index);
      expect(same).toBe(index);
      expect(before.data).toEqual(Float32Array.from(plainAt(index), (value) => value / 255));
      expect(part).toBe(train.includes(index) ? 'train' : 'validation');
      if (part === 'train') expect(train[at]).toBe(index);
      else expect([...train].filter((each) => each < index).length % train.length).toBe(at);
    }
    expect(() => of(60)).toThrow(/no sample 60/);
  });

  it('follow another split of the same data', () => {
    const document = withTransforms([crop]);
    const totalOf = (validation: number) =>
      variantsOf(data, {
        document: { ...document, data: { ...document.data, validation } },
        sample: { kind: 'training', at: 0 },
        epoch: 0,
        count: 1,
      }).total;
    expect([0.2, 0.5, 0.2].map(totalOf)).toEqual([48, 30, 48]);
  });

  it('say what each random transform has drawn', () => {
    const document = withTransforms([off, { ...flip, p: 0 }, { ...flip, p: 1 }, gray, crop]);
    const [first] = variantsOf(data, { document, sample: { kind: 'training', at: 0 }, epoch: 0, count: 1 }).variants;
    expect(first?.drawn.map(({ place, caption }) => [place, caption?.en])).toEqual([
      [1, undefined],
      [2, 'flipped'],
      [4, expect.stringMatching(/^top \d+, left \d+$/)],
    ]);
  });

  it.each([
    ['do not fit', [{ type: 'RandomCrop', size: [40, 40] }], /40×40/],
    ['are unknown', [{ type: 'RandomFlop' }], /RandomFlop/],
  ])('are refused where transforms %s', (_, transforms, reason) => {
    const document = withTransforms(transforms);
    expect(() => variantsOf(data, { document, sample: { kind: 'training', at: 0 }, epoch: 0, count: 8 })).toThrow(
      reason,
    );
  });

  it('are those of the images beside other inputs', () => {
    const numbers = { name: 'x_left', kind: 'numbers', shape: [2], data: new Float32Array(120) } as const;
    const several: Dataset = { ...data, inputs: [numbers, ...data.inputs] };
    const asked = {
      document: withTransforms([flip]),
      sample: { kind: 'training', at: 3 },
      epoch: 0,
      count: 2,
    } as const;
    expect(variantsOf(several, asked)).toEqual(variantsOf(data, asked));
  });

  it('are refused for data that is no images', () => {
    const points = labeledImages('points', [2], new Uint8Array(120), new Uint8Array(60));
    expect(() =>
      variantsOf(points, { document: softmax, sample: { kind: 'training', at: 0 }, epoch: 0, count: 8 }),
    ).toThrow(/has none/);
  });
});

describe('moments for Normalize', () => {
  it('are those of the training samples', async () => {
    const document = withTransforms([flip, normalize]);
    const { train } = splitOf(data, document.data);
    const values = [...train].flatMap((index) => [...plainAt(index)].map((value) => value / 255));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const found = await channelMoments(data, { document, place: 1 });
    expect(found.count).toBe(train.length);
    expect(found.mean[0]).toBeCloseTo(mean, 10);
    expect(found.std[0]).toBeCloseTo(std, 10);
  });

  it('follow the deterministic transforms before it', async () => {
    const three = labeledImages(
      'color',
      [3, 1, 2],
      Uint8Array.from({ length: 360 }, (_, i) => i % 251),
      new Uint8Array(60),
    );
    const each = await channelMoments(three, { document: withTransforms([normalize]), place: 0 });
    expect([each.mean.length, each.std.length]).toEqual([3, 3]);
    const one = await channelMoments(three, { document: withTransforms([gray, normalize]), place: 1 });
    expect(one.mean).toHaveLength(1);
    const black = await channelMoments(data, {
      document: withTransforms([{ type: 'Pad', padding: [14], fill: [255] }, normalize]),
      place: 1,
    });
    const inner = (await channelMoments(data, { document: withTransforms([normalize]), place: 0 })).mean[0] as number;
    // Three quarters of the padded images are white.
    expect(black.mean[0]).toBeCloseTo(0.25 * inner + 0.75, 10);
  });
});

test('a normalized image is undone for the eye', () => {
  const document = withTransforms([normalize]);
  const { before, prediction } = variantsOf(data, {
    document,
    sample: { kind: 'training', at: 0 },
    epoch: 0,
    count: 1,
  });
  const shown = unnormalized(prediction.data, 1, normalize);
  const bytes = (values: Float32Array) => Uint8ClampedArray.from(values, (value) => 255 * value);
  expect(bytes(shown)).toEqual(bytes(before.data));
});

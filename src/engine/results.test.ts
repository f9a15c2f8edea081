import { describe, expect, it } from 'vitest';
import { sampleAt } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import { toySet } from '../data/toySource.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import type { Tensor } from '../ir/tensor.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { CPU_DEVICE } from './session.ts';
import { writeWeights } from './weights.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

const start = () => connect(new Engine({ files, device: CPU_DEVICE }));

/** A network of an input, a linear layer and an output layer. */
function draw(source: string, outFeatures: number, end: string, config: Config): NetworkDocument {
  const rows = [
    ['input', 'in', { shape: [2] }],
    ['linear', 'fc', { outFeatures }],
    [end, 'out', config],
  ] as const;
  return {
    ...emptyDocument,
    data: { ...emptyDocument.data, source },
    nodes: rows.map(([layer, name, own]) => ({ id: name, layer, name, config: own, position: { x: 0, y: 0 } })),
    edges: rows.slice(1).map(([, name], i) => ({
      id: name,
      from: { node: rows[i]?.[1] ?? '', port: 'y' },
      to: { node: name, port: 'x' },
    })),
  };
}

/** w: [outputs, features], as in the layer. */
const weightsOf = (w: readonly (readonly number[])[], b: readonly number[]) =>
  writeWeights(
    new Map<string, Tensor>([
      ['fc/weight', { dtype: 'float32', shape: [b.length, w[0]?.length ?? 0], data: Float32Array.from(w.flat()) }],
      ['fc/bias', { dtype: 'float32', shape: [b.length], data: Float32Array.from(b) }],
    ]),
  );

/** Outputs of the linear layer for every validation sample, and targets, computed here. */
function byHand(document: NetworkDocument, w: readonly (readonly number[])[], b: readonly number[]) {
  const data = toySet(document.data.source);
  const [input, target] = [data?.inputs[0], data?.targets[0]];
  if (!data || !input || !target) throw new Error('no such data');
  const { validation } = splitOf(data, document.data);
  return [...validation].map((index) => {
    const x = [...sampleAt(input, index)];
    const scores = b.map((bias, k) => x.reduce((sum, value, i) => sum + value * (w[k]?.[i] ?? 0), bias));
    return { index, scores, truth: Number(target.data[index]) };
  });
}

describe('results', () => {
  const w = [
    [1.5, 0.2],
    [-0.5, 1.1],
    [-1, -0.9],
  ];
  const b = [0.1, -0.2, 0];

  it('for classes equal those computed by hand for each sample', async () => {
    const document = draw('blobs', 3, 'classifier', { classes: 3 });
    const { call } = start();
    await call('setWeights', { weights: weightsOf(w, b) });
    const result = await call('results', { document });
    const expected = byHand(document, w, b).map(({ index, scores, truth }) => {
      const powers = scores.map(Math.exp);
      const all = powers.reduce((a, c) => a + c);
      const predicted = scores.indexOf(Math.max(...scores));
      return { index, truth, predicted, p: (powers[predicted] ?? 0) / all, q: (powers[truth] ?? 0) / all };
    });
    const [output] = result.outputs;
    expect([...result.indices]).toEqual(expected.map(({ index }) => index));
    expect([...(output?.predicted ?? [])]).toEqual(expected.map(({ predicted }) => predicted));
    expect([...(output?.truth ?? [])]).toEqual(expected.map(({ truth }) => truth));
    expected.forEach(({ p, q }, i) => {
      expect(output?.probability[i]).toBeCloseTo(p, 5);
      expect(output?.trueProbability[i]).toBeCloseTo(q, 5);
      expect(output?.loss[i]).toBeCloseTo(-Math.log(q), 4);
    });
    // The mean loss of the samples is the loss minimized by training.
    expect(expected.reduce((sum, { q }) => sum - Math.log(q), 0) / expected.length).toBeCloseTo(result.loss, 5);
    const right = expected.filter(({ truth, predicted }) => truth === predicted).length;
    expect(output?.accuracy).toBeCloseTo(right / expected.length, 10);
    const trusted = expected.reduce((sum, { p }) => sum + p, 0) / expected.length;
    expect(output?.calibration?.gap).toBeCloseTo(trusted - right / expected.length, 5);
    expect(output?.calibration?.ece).toBeGreaterThanOrEqual(Math.abs(output?.calibration?.gap ?? 0) - 1e-9);
    expect(result).toMatchObject({ trained: true, made: null });
  });

  it('for binary and regression outputs', async () => {
    const { call } = start();
    const [u, c] = [[[1, -2]], [0.3]];
    await call('setWeights', { weights: weightsOf(u, c) });
    const yes = draw('circles', 1, 'binaryClassifier', {});
    const result = await call('results', { document: yes });
    byHand(yes, u, c).forEach(({ scores: [score = 0], truth }, i) => {
      const p = 1 / (1 + Math.exp(-score));
      expect(result.outputs[0]?.predicted[i]).toBe(score > 0 ? 1 : 0);
      expect(result.outputs[0]?.probability[i]).toBeCloseTo(Math.max(p, 1 - p), 5);
      expect(result.outputs[0]?.loss[i]).toBeCloseTo(-Math.log(truth === 1 ? p : 1 - p), 4);
    });
    const line = draw('linear', 1, 'regression', {});
    const numbers = await call('results', { document: line });
    byHand(line, u, c).forEach(({ scores: [score = 0], truth }, i) => {
      expect(numbers.outputs[0]?.predicted[i]).toBeCloseTo(score, 4);
      expect(numbers.outputs[0]?.truth[i]).toBeCloseTo(truth, 6);
    });
    expect(numbers.outputs[0]).toMatchObject({ calibration: null, probability: new Float32Array(), width: 1 });
  });

  it('are computed once for the same weights, and again for others', async () => {
    const document = draw('blobs', 3, 'classifier', { classes: 3 });
    const { call } = start();
    const results = () => call('results', { document });
    const untrained = await results();
    expect(untrained.trained).toBe(false);
    expect(await results()).toEqual(untrained);
    await call('setWeights', { weights: weightsOf(w, b) });
    const first = await results();
    expect(first.loss).not.toBe(untrained.loss);
    // The duration would differ.
    expect((await results()).took).toBe(first.took);
    const share = { ...document, data: { ...document.data, validation: 0.5 } };
    const other = await call('results', { document: share });
    expect(other.indices).toHaveLength(500);
  });
});

describe('samples', () => {
  const document = draw('blobs', 3, 'classifier', { classes: 3 });

  it('are returned unchanged', async () => {
    const { call } = start();
    const data = toySet('blobs');
    const indices = Uint32Array.of(7, 3, 999);
    const answer = await call('samples', { document, of: 'all', indices });
    expect(answer).toMatchObject({ total: 1000, indices });
    const [points, labels] = [data?.inputs[0]?.data, data?.targets[0]?.data];
    const expected = [...indices].flatMap((i) => [points?.[2 * i], points?.[2 * i + 1]]);
    expect([...(answer.inputs[0]?.data ?? [])]).toEqual(expected);
    expect([...(answer.targets[0]?.data ?? [])]).toEqual([...indices].map((i) => labels?.[i]));
    expect(answer.targets[0]).toMatchObject({ kind: 'classes', classes: 3, shape: [] });
  });

  it('of the validation set have their own indices', async () => {
    const { call } = start();
    const data = toySet('blobs');
    const { validation } = splitOf(data as NonNullable<typeof data>, document.data);
    const indices = Uint32Array.of(0, 5);
    const answer = await call('samples', { document, of: 'validation', indices });
    expect([answer.total, ...answer.indices]).toEqual([validation.length, validation[0], validation[5]]);
  });

  it('with invalid indices are refused', async () => {
    const { call } = start();
    const indices = Uint32Array.of(1000);
    await expect(call('samples', { document, of: 'all', indices })).rejects.toThrow('has 1000 samples');
    const many = call('samples', { document, of: 'all', indices: new Uint32Array(501) });
    await expect(many).rejects.toThrow('too many samples');
  });
});

it('several samples are predicted at once, for every kind of output', async () => {
  const { call } = start();
  const [u, c] = [[[1, -2]], [0.3]];
  await call('setWeights', { weights: weightsOf(u, c) });
  const input = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i));
  const scores = Array.from({ length: 300 }, (_, i) => Math.sin(2 * i) - 2 * Math.sin(2 * i + 1) + 0.3);
  const line = await call('predict', {
    document: draw('linear', 1, 'regression', {}),
    input,
  });
  expect(line.outputs).toMatchObject([{ name: 'out', answers: 'numbers' }]);
  expect([...(line.outputs[0]?.values ?? [])]).toEqual(scores.map((score) => expect.closeTo(score, 4)));
  const yes = await call('predict', {
    document: draw('circles', 1, 'binaryClassifier', {}),
    input,
  });
  expect(yes.outputs[0]?.values[1]).toBeCloseTo(1 / (1 + Math.exp(-(scores[1] ?? 0))), 5);
});

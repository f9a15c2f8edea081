import { describe, expect, it } from 'vitest';
import type { NetworkDocument } from '../graph/document.ts';
import { floatTensor } from '../ir/tensor.ts';
import { readRunEvent } from '../protocol/messages.ts';
import { runRecord } from '../runs/record.ts';
import { chain, hidden, point, type Row, sgd } from './doctor/networks.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { writeWeights } from './weights.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

const from = (source: string, rows: readonly Row[]): NetworkDocument => {
  const document = chain([...point, ...hidden([4], [['batchNorm1d'], ['tanh']]), ...rows], { optimizer: sgd(1) });
  return { ...document, data: { ...document.data, source } };
};
const ends: readonly (readonly [end: string, NetworkDocument])[] = [
  [
    'classes',
    from('moons', [
      ['linear', { outFeatures: 2 }],
      ['classifier', { classes: 2 }],
    ]),
  ],
  ['yes or no', from('moons', [['linear', { outFeatures: 1 }], ['binaryClassifier']])],
  ['numbers', from('linear', [['linear', { outFeatures: 1 }], ['regression']])],
];

/** A network with this value for all weights. */
function weightsOf(document: NetworkDocument, number: number): Uint8Array<ArrayBuffer> {
  const named = checkedGraph(document).nodes.flatMap(({ node, params, buffers }) =>
    Object.entries({ ...params, ...buffers }).map(([key, { shape }]) => [`${node.name}/${key}`, shape] as const),
  );
  const filled = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(number);
  return writeWeights(new Map(named.map(([name, shape]) => [name, floatTensor(shape, filled(shape))])));
}

/** Paths of non-finite numbers in JSON and typed arrays. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (ArrayBuffer.isView(value)) return notFinite(Array.from(value as Float32Array), path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => notFinite(part, `${path}/${key}`));
}

describe('a network with overflowing values', () => {
  const weights = [3e38, Number.POSITIVE_INFINITY, Number.NaN];
  it.each(
    ends.flatMap(([end, document]) => weights.map((number) => [end, number, document] as const)),
  )('answers every call: %s, weights of %s', async (_, number, document) => {
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    await client.call('setWeights', { weights: weightsOf(document, number) });
    const nodes = document.nodes.map(({ name }) => name);
    const sample = { kind: 'validation', index: 0 } as const;
    const found = [
      await client.call('evaluate', { document }),
      await client.call('results', { document }),
      await client.call('examine', { document }),
      await client.call('predict', { document, input: new Float32Array(2) }),
      await client.call('look', { document, nodes, weights: true, maps: 4, side: 4, sample }),
    ].flatMap((answer) => notFinite(answer));
    const why = number === 3e38 ? /so large that its outputs/ : /weights of the network are not finite: “linear\d*\//;
    await expect(client.call('export', { document, format: 'onnx', fileName: 'x.onnx' })).rejects.toThrow(why);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('numbers that are not finite', () => {
  const metrics = { loss: Number.POSITIVE_INFINITY, accuracy: null };
  const epoch = { epoch: 1, train: metrics, validation: { ...metrics, loss: Number.NaN }, seconds: 1 };

  it('are unchanged in a message', () => {
    const parsed = readRunEvent(structuredClone({ kind: 'epoch', run: 'a', step: 3, ...epoch }));
    expect(parsed).toEqual({ ok: true, value: { kind: 'epoch', run: 'a', step: 3, ...epoch } });
  });

  it('are null in JSON and NaN when they are read again, and the run is still listed', () => {
    const record = {
      id: 'a',
      name: 'a',
      group: null,
      network: 'a',
      created: 0,
      state: 'failed',
      message: null,
      source: 'moons',
      dataSha256: null,
      samples: null,
      params: 1,
      recipe: ends[0]?.[1].recipe,
      varied: {},
      from: null,
      step: 1,
      steps: 1,
      epoch: 1,
      epochs: 1,
      seconds: 0,
      last: epoch,
      best: null,
      tested: 0,
      bytes: 0,
    };
    const json = JSON.stringify(record);
    expect(json).toContain('"loss":null');
    expect(runRecord.parse(JSON.parse(json)).last?.train.loss).toBeNaN();
  });
});

import { describe, expect, it, test, vi } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../../../src/graph/document.ts';
import { barsOf, emptyBars } from './barsOf.ts';

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
const { networkInput, padProblem } = await import('./networkInput.ts');
const { inputOf, usePredict } = await import('./predictStore.ts');

/** Network with an input connected directly to an output layer. */
function draw(shape: readonly number[], end: string, config: Config = {}): NetworkDocument {
  const node = (layer: string, own: Config) => ({
    id: layer,
    layer,
    name: layer,
    config: own,
    position: { x: 0, y: 0 },
  });
  return {
    ...emptyDocument,
    nodes: [node('input', { shape: [...shape] }), node('flatten', {}), node(end, config)],
    edges: [
      { id: 'a', from: { node: 'input', port: 'y' }, to: { node: 'flatten', port: 'x' } },
      { id: 'b', from: { node: 'flatten', port: 'y' }, to: { node: end, port: 'x' } },
    ],
  };
}

test.each([
  [[1, 28, 28], 'image', null],
  [[3, 32, 32], 'image', 'predict.shape'],
  [[2], 'numbers', 'predict.shape'],
  [[200], 'other', 'predict.shape'],
  [[2, 5, 5], 'other', 'predict.shape'],
])('an input of %j is %s', (shape, kind, problem) => {
  const checked = check(draw(shape, 'regression'));
  expect(networkInput(checked)).toMatchObject({ kind, shape });
  expect(padProblem(checked)).toEqual(problem && expect.objectContaining({ key: problem }));
});

it('a network with errors has no input', () => {
  expect(networkInput(check(draw([2], 'classifier', { classes: 5 })))).toMatchObject({ kind: 'none' });
});

describe('bars', () => {
  const words = { yes: 'yes', no: 'no', classes: [] };
  const prediction = (answers: 'class' | 'binary', values: number[]) => ({
    name: 'out',
    answers,
    values: Float32Array.from(values),
  });

  it.each([
    ['classifier', { classes: 10 }, 10, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']],
    ['classifier', { classes: 1000 }, 1000, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']],
    ['binaryClassifier', {}, 1, ['no', 'yes']],
    ['regression', {}, 2, []],
    ['classifier', { classes: 3 }, 2, []],
  ])('of a %s %j before the first prediction', (end, config, features, labels) => {
    const bars = emptyBars(check(draw([features], end, config)), words);
    expect(bars.map(({ label }) => label)).toEqual(labels);
    expect(bars.filter(({ value, best }) => value > 0 || best)).toEqual([]);
  });

  it('of classes are in class order, or only the most probable ones', () => {
    const output = prediction('class', [0.25, 0.125, 0.625, 0, 1, 0]);
    expect(barsOf(output, words, null, 0, 2).map(({ label, best }) => [label, best])).toEqual([
      ['0', false],
      ['1', false],
      ['2', true],
    ]);
    expect(barsOf(output, words, 2, 0, 2).map(({ label, value }) => [label, value])).toEqual([
      ['2', 0.625],
      ['0', 0.25],
    ]);
    expect(barsOf(output, words, 1, 1, 2)).toEqual([{ label: '1', value: 1, best: true }]);
  });

  it('of a binary output', () => {
    expect(barsOf(prediction('binary', [0.75]), words, 3)).toEqual([
      { label: 'no', value: 0.25, best: false },
      { label: 'yes', value: 0.75, best: true },
    ]);
    expect(barsOf(prediction('binary', [0.25, 1]), words, null).map(({ label }) => label)).toEqual([
      '0 no',
      '0 yes',
      '1 no',
      '1 yes',
    ]);
  });
});

describe('the input of the network', () => {
  const network = { kind: 'image', fit: null, shape: [1, 2, 2] } as const;
  const image = { width: 2, height: 2, pixels: new Float32Array(12).map((_, i) => (i % 4 === 0 ? 0 : 1)) };

  it('follows the last selected source', () => {
    const { draw: drawIt, showImages, set } = usePredict.getState();
    const now = () => inputOf(usePredict.getState(), network);
    expect(now().input).toBeNull();
    drawIt({ width: 2, height: 2, pixels: Float32Array.of(1, 0, 0, 0) });
    expect(now()).toEqual({ input: Float32Array.of(1, 0, 0, 0), inverted: false, blank: false });
    showImages([{ name: 'a', raster: image }]);
    expect(now()).toEqual({ input: Float32Array.of(1, 0, 0, 0), inverted: true, blank: false });
    set({ invert: 'no' });
    expect(now().inverted).toBe(false);
    set({ source: 'drawing' });
    expect(now().input).toEqual(Float32Array.of(1, 0, 0, 0));
  });

  it('is a sample as stored in the dataset, with pixels in [0, 1]', () => {
    const field = { name: 'image', kind: 'bytes', shape: [1, 2, 2], classes: null, data: Uint8Array.of(0, 51, 255, 0) };
    const sample = { inputs: [field as typeof field & { kind: 'bytes' }], targets: [] };
    usePredict.setState({ source: 'sample', shown: { source: 'mnist', index: 3, place: null, total: 0, sample } });
    expect([...(inputOf(usePredict.getState(), network).input ?? [])]).toEqual([0, expect.closeTo(0.2, 6), 1, 0]);
    expect(inputOf(usePredict.getState(), { kind: 'image', fit: null, shape: [1, 4, 4] }).input).toBeNull();
  });

  it('has as many values as the network expects', () => {
    usePredict.getState().setNumbers([0.5, -1]);
    expect([...(inputOf(usePredict.getState(), { kind: 'numbers', shape: [2], count: 2 }).input ?? [])]).toEqual([
      0.5, -1,
    ]);
    expect(inputOf(usePredict.getState(), { kind: 'numbers', shape: [3], count: 3 }).input).toBeNull();
  });
});

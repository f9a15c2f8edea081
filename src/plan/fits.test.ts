import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { Edge, NetworkDocument } from '../graph/document.ts';
import { type Fitting, layersBefore, layersBehind, layersInPlaceOf, layersOnEdge } from './fits.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const checked = check(lenet);
const first = (fittings: readonly Fitting[], count: number) => fittings.slice(0, count).map(({ id }) => id);
const of = (fittings: readonly Fitting[], type: string) => fittings.find(({ id }) => id === type);
const behind = (node: string) => layersBehind(lenet, checked, { node, port: 'y' });

test('after an output, the usual layers that accept its shape come first', () => {
  expect(first(behind('conv1'), 5)).toEqual(['relu', 'batchNorm2d', 'maxPool2d', 'conv2d', 'add']);
  expect(first(behind('digits'), 1)).toEqual(['conv2d']);
  expect(first(behind('flatten'), 1)).toEqual(['linear']);
  const fc3 = behind('fc3');
  expect(first(fc3, 1)).toEqual(['relu']);
  expect(of(fc3, 'classifier')).toMatchObject({ fits: true, reason: null });
});

test('layers that do not fit come last, with the reason in both languages', () => {
  const fittings = behind('flatten');
  const firstWrong = fittings.findIndex(({ fits }) => !fits);
  expect(fittings.slice(firstWrong).every(({ fits, reason }) => !fits && reason !== null)).toBe(true);
  expect(of(fittings, 'residual')?.reason?.en).toContain('“flatten”');
  expect(of(fittings, 'residual')?.reason?.zh).toContain('“flatten”');
  expect(of(fittings, 'input')).toMatchObject({
    fits: false,
    reason: { en: 'Input has no input port.' },
  });
});

test('each layer with the same output shape is named in its reason', () => {
  const wrong = layersBefore(lenet, checked, { node: 'flatten', port: 'x' })
    .concat(layersBefore(lenet, checked, { node: 'fc1', port: 'x' }))
    .filter(({ possible, fits }) => possible && !fits);
  expect(wrong.length).toBeGreaterThan(5);
  for (const { reason, title } of wrong) expect(reason?.en).toContain(`“${title.en}”`);
});

test('before an input, layers that can output its shape come first', () => {
  const before = layersBefore(lenet, checked, { node: 'fc1', port: 'x' });
  expect(of(before, 'flatten')).toMatchObject({ fits: true });
  expect(of(before, 'linear')).toMatchObject({ fits: true });
  expect(of(before, 'classifier')).toMatchObject({ fits: false });
  const conv = layersBefore(lenet, checked, { node: 'conv1', port: 'x' });
  expect(of(conv, 'input')).toMatchObject({ fits: true });
  expect(of(conv, 'flatten')).toMatchObject({ fits: false });
  expect(of(conv, 'flatten')?.reason?.en).toContain('Conv2d “conv1”');
});

test('on a connection, a layer has to fit on both sides', () => {
  const edge = lenet.edges.find(({ to }) => to.node === 'classes') as Edge;
  const fittings = layersOnEdge(lenet, checked, edge);
  expect(of(fittings, 'dropout')).toMatchObject({ fits: true });
  // The new layer has 64 outputs, but the classifier expects ten.
  expect(of(fittings, 'linear')).toMatchObject({ fits: false });
  expect(of(fittings, 'linear')?.reason?.en).toContain('“classes”');
});

test('as a replacement, similar layers come first and those that break the network last', () => {
  const node = (id: string) => lenet.nodes.find((candidate) => candidate.id === id) as NetworkDocument['nodes'][number];
  const pools = layersInPlaceOf(lenet, checked, node('pool1'));
  expect(first(pools, 1)).toEqual(['avgPool2d']);
  expect(of(pools, 'maxPool2d')).toBeUndefined();
  expect(of(pools, 'flatten')?.reason?.en).toContain('Conv2d “conv2”');
  expect(of(pools, 'classifier')).toMatchObject({ fits: false });
});

test('layers that need other layers name them, and come after those that fit directly', () => {
  const fittings = behind('conv1');
  expect(of(fittings, 'linear')).toMatchObject({ fits: true, reason: null, needs: [{ layer: 'flatten' }] });
  expect(of(fittings, 'classifier')?.needs.map(({ layer }) => layer)).toEqual(['flatten', 'linear']);
  expect(of(fittings, 'relu')?.needs).toEqual([]);
  const joined = fittings.findIndex(({ needs }) => needs.length > 0);
  expect(fittings.slice(joined).every(({ fits, needs }) => !fits || needs.length > 0)).toBe(true);
});

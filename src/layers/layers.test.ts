import { describe, expect, it } from 'vitest';
import type { Config } from '../graph/document.ts';
import { Builder } from '../ir/builder.ts';
import { BATCH } from '../ir/shape.ts';
import { elementCount } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { defaultConfig, readConfig } from './config.ts';
import { layerOf, layers } from './index.ts';
import { sample, weightInit } from './initialisers.ts';
import type { Shape } from './layer.ts';

const chinese = /[一-鿿]|ReLU|Sigmoid|Tanh/;

describe('every layer', () => {
  it('has a type of its own', () => expect(new Set(layers.map(({ type }) => type)).size).toBe(layers.length));

  it.each(layers.map((layer) => [layer.type, layer] as const))('%s explains itself in both languages', (_, layer) => {
    expect(layer.title.en).toMatch(/\w/);
    expect(layer.title.zh).toMatch(chinese);
    expect(layer.doc.en.length).toBeGreaterThan(40);
    expect(layer.doc.zh).toMatch(/[一-鿿]{4}/);
    for (const field of Object.values(layer.config)) {
      expect(field.label.en).toMatch(/\w/);
      expect(field.label.zh).toMatch(/[一-鿿]/);
    }
    expect(layer.summary(defaultConfig(layer.config)).zh).not.toMatch(/undefined|NaN/);
  });

  it.each(layers.map((layer) => [layer.type, layer] as const))('%s has a valid default config', (_, layer) => {
    const defaults = defaultConfig(layer.config);
    expect(readConfig(layer.config, defaults as Config)).toEqual({ config: defaults, problems: [] });
  });
});

/** Layer, config, input shape, output shape, parameters, multiply-adds. */
const shapes: [string, Config, Shape, Shape, number, number][] = [
  ['conv2d', { outChannels: 6, kernelSize: [5, 5], padding: [2, 2] }, [1, 28, 28], [6, 28, 28], 156, 117_600],
  ['conv2d', { outChannels: 16, kernelSize: [5, 5] }, [6, 14, 14], [16, 10, 10], 2416, 240_000],
  [
    'conv2d',
    { outChannels: 96, kernelSize: [11, 11], stride: [4, 4], padding: [1, 1] },
    [1, 224, 224],
    [96, 54, 54],
    11_712,
    33_872_256,
  ],
  ['conv2d', { outChannels: 4, kernelSize: [1, 7], padding: [0, 3] }, [3, 5, 9], [4, 5, 9], 88, 3780],
  ['conv2d', { outChannels: 3, kernelSize: [2, 2], padding: 'same' }, [2, 5, 6], [3, 5, 6], 27, 720],
  ['conv2d', { outChannels: 3, kernelSize: [3, 3], padding: 'same', dilation: [2, 2] }, [2, 8, 7], [3, 8, 7], 57, 3024],
  [
    'conv2d',
    { outChannels: 8, kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], groups: 4, bias: false },
    [4, 7, 8],
    [8, 4, 4],
    72,
    1152,
  ],
  ['maxPool2d', {}, [16, 10, 10], [16, 5, 5], 0, 0],
  ['maxPool2d', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }, [3, 7, 8], [3, 4, 4], 0, 0],
  ['maxPool2d', { kernelSize: [2, 3], stride: [3, 4], padding: [0, 1] }, [1, 8, 8], [1, 3, 2], 0, 0],
  ['avgPool2d', { kernelSize: [3, 3], stride: [2, 2] }, [2, 8, 9], [2, 3, 4], 0, 0],
  [
    'avgPool2d',
    { kernelSize: [3, 3], stride: [1, 1], padding: [1, 1], countIncludePad: false },
    [2, 5, 6],
    [2, 5, 6],
    0,
    0,
  ],
  ['linear', { outFeatures: 10 }, [84], [10], 850, 840],
  ['linear', { outFeatures: 5, bias: false }, [3, 7], [3, 5], 35, 105],
  ['flatten', {}, [16, 5, 5], [400], 0, 0],
  ['relu', {}, [3, 4], [3, 4], 0, 0],
  ['sigmoid', {}, [7], [7], 0, 0],
  ['tanh', {}, [2, 3, 4], [2, 3, 4], 0, 0],
];

describe('shape rules', () => {
  it.each(shapes)('%s %j of %j', (type, given, x, y, params, macs) => {
    const layer = layerOf(type);
    if (layer === undefined) throw new Error(`no layer ${type}`);
    const { config, problems } = readConfig(layer.config, given);
    expect(problems).toEqual([]);
    expect(layer.infer({ x }, config)).toEqual({ outputs: { y } });
    const declared = layer.params?.({ x }, config) ?? {};
    expect(Object.values(declared).reduce((count, { shape }) => count + elementCount(shape), 0)).toBe(params);
    expect(layer.macs?.({ x }, { y }, config) ?? 0).toBe(macs);
    for (const { sum } of layer.explain?.({ x }, { y }, config) ?? []) expect(sum).toMatch(/= [\d,]+$/);

    const g = new Builder('layer');
    const value = g.input('x', 'float32', [BATCH, ...x], { kind: 'data' });
    const p = Object.fromEntries(
      Object.entries(declared).map(([name, { shape }]) => [
        name,
        g.input(name, 'float32', shape, { kind: 'parameter' }),
      ]),
    );
    const b = Object.fromEntries(
      Object.entries(layer.buffers?.({ x }, config) ?? {}).map(([name, { shape }]) => [
        name,
        g.input(name, 'float32', shape, { kind: 'buffer' }),
      ]),
    );
    const update = () => {};
    const mask = () => g.scalar(1);
    const lowered = layer.lower?.({ g, x: { x: value }, p, b, config, mode: 'predict', update, mask });
    expect(lowered?.y.shape).toEqual([BATCH, ...y]);
  });

  it('have a row for every layer between input and output', () => {
    const covered = new Set(shapes.map(([type]) => type));
    expect(layers.filter(({ lower, type }) => lower !== undefined && !covered.has(type))).toEqual([]);
  });
});

describe('initialisers', () => {
  const shape = [120, 400];
  it.each([
    ['xavierUniform', Math.sqrt(6 / 520), Math.sqrt(2 / 520)],
    ['xavierNormal', null, Math.sqrt(2 / 520)],
    ['kaimingUniform', Math.sqrt(6 / 400), Math.sqrt(2 / 400)],
    ['kaimingNormal', null, Math.sqrt(2 / 400)],
    ['torch', 1 / 20, 1 / 20 / Math.sqrt(3)],
  ] as const)('%s has the bound and spread of its paper', (kind, bound, std) => {
    const data = sample(weightInit(kind, shape), elementCount(shape), random(1, kind));
    const mean = data.reduce((a, b) => a + b, 0) / data.length;
    const spread = Math.sqrt(data.reduce((a, b) => a + b * b, 0) / data.length);
    expect(Math.abs(mean)).toBeLessThan((5 * std) / Math.sqrt(data.length));
    expect(Math.abs(spread / std - 1)).toBeLessThan(0.02);
    if (bound !== null) expect(Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
  });

  it('count the fans of a convolution with its window', () => {
    expect(weightInit('torch', [16, 6, 5, 5])).toEqual({ kind: 'uniform', bound: 1 / Math.sqrt(150) });
  });
});

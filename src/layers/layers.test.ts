import { describe, expect, it } from 'vitest';
import { randomConfig } from '../engine/randomDrawing.ts';
import type { Config } from '../graph/document.ts';
import { Builder } from '../ir/builder.ts';
import { BATCH } from '../ir/shape.ts';
import { elementCount } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { defaultConfig, invalidValue, readConfig } from './config.ts';
import { layerOf, layers } from './index.ts';
import { sample, weightInit } from './initializers.ts';
import { inputPorts, type LayerDef, type Shape } from './layer.ts';

describe('every layer', () => {
  it('has a unique type', () => expect(new Set(layers.map(({ type }) => type)).size).toBe(layers.length));

  it.each(
    layers.map((layer) => [layer.type, layer] as const),
  )('%s has a title, help and labels in both languages', (_, layer) => {
    expect(layer.title.en).toMatch(/\w/);
    // Activations keep their formula names in Chinese.
    if (layer.category !== 'activation') expect(layer.title.zh).toMatch(/[一-鿿]/);
    expect(layer.doc.en.length).toBeGreaterThan(40);
    expect(layer.doc.zh).toMatch(/[一-鿿]{4}/);
    for (const field of Object.values(layer.config)) {
      expect(field.label.en).toMatch(/\w/);
      expect(field.label.zh).toMatch(/[一-鿿]/);
      expect(field.help?.en).toMatch(/\w/);
      expect(field.help?.zh).toMatch(/[一-鿿]/);
      for (const [key, values] of Object.entries(field.when ?? {})) {
        for (const value of values) expect(invalidValue(layer.config[key], value)).toBeNull();
      }
    }
    const defaults = defaultConfig(layer.config);
    expect(layer.summary(defaults).zh).not.toMatch(/undefined|NaN/);
    // The card shows the labels of options, not the values in the file.
    for (const [key, field] of Object.entries(layer.config)) {
      const inFiles = field.kind === 'choice' ? field.options.map(({ value }) => value) : [];
      for (const value of inFiles.filter((id) => /[a-z][A-Z]/.test(id))) {
        expect(layer.summary({ ...defaults, [key]: value }).en).not.toContain(value);
      }
    }
  });

  it.each(layers.map((layer) => [layer.type, layer] as const))('%s has a valid default config', (_, layer) => {
    const defaults = defaultConfig(layer.config);
    expect(readConfig(layer.config, defaults as Config)).toEqual({ config: defaults, problems: [] });
  });
});

/** Layer, config, input shape (or shapes), output shape, parameters, MACs. */
const shapes: [string, Config, Shape | Shape[], Shape, number, number][] = [
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
  ['maxPool2d', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], dilation: [2, 2] }, [2, 9, 9], [2, 4, 4], 0, 0],
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
  ['maxPool2d', { kernelSize: [3, 3], ceilMode: true }, [3, 8, 9], [3, 4, 4], 0, 0],
  ['maxPool2d', { kernelSize: [2, 2], stride: [3, 3], padding: [1, 1], ceilMode: true }, [2, 7, 7], [2, 3, 3], 0, 0],
  ['avgPool2d', { kernelSize: [3, 3], padding: [1, 1], ceilMode: true }, [2, 6, 8], [2, 4, 5], 0, 0],
  ['zeroPad2d', { before: [-2, 1], after: [3, 0] }, [1, 2, 2], [1, 3, 3], 0, 0],
  // Cases of PyTorch: windows larger than the image, dilated windows beyond the edge, and output padding of a stride.
  ['maxPool2d', { kernelSize: [3, 3], ceilMode: true }, [1, 2, 2], [1, 1, 1], 0, 0],
  ['avgPool2d', { kernelSize: [4, 3], stride: [8, 2], ceilMode: true }, [1, 1, 2], [1, 1, 1], 0, 0],
  ['maxPool2d', { stride: [4, 4], dilation: [2, 2], ceilMode: true }, [1, 5, 5], [1, 2, 2], 0, 0],
  ['maxPool2d', { padding: [1, 1], dilation: [2, 2], ceilMode: true }, [1, 8, 8], [1, 5, 5], 0, 0],
  [
    'convTranspose2d',
    { outChannels: 1, stride: [1, 2], dilation: [2, 3], outputPadding: [1, 2], bias: false },
    [1, 2, 2],
    [1, 5, 8],
    4,
    16,
  ],
  ['linear', { outFeatures: 10 }, [84], [10], 850, 840],
  ['linear', { outFeatures: 5, bias: false }, [3, 7], [3, 5], 35, 105],
  ['convTranspose2d', { outChannels: 4, kernelSize: [2, 2], stride: [2, 2] }, [3, 4, 5], [4, 8, 10], 52, 960],
  [
    'convTranspose2d',
    { outChannels: 3, kernelSize: [3, 3], stride: [2, 2], padding: [2, 2], dilation: [2, 2], outputPadding: [1, 1] },
    [2, 4, 5],
    [3, 8, 10],
    57,
    1080,
  ],
  [
    'convTranspose2d',
    { outChannels: 6, kernelSize: [3, 3], stride: [1, 1], padding: [1, 1], groups: 2, bias: false },
    [4, 5, 5],
    [6, 5, 5],
    108,
    2700,
  ],
  ['softmax', {}, [7], [7], 0, 0],
  ['softmax', { axis: -1 }, [3, 7], [3, 7], 0, 0],
  ['flatten', { axis: 1 }, [3, 4, 5], [3, 20], 0, 0],
  ['upsample', { scale: [2, 3] }, [2, 3, 4], [2, 6, 12], 0, 0],
  ['zeroPad2d', { before: [0, 2], after: [1, -1] }, [2, 4, 4], [2, 5, 5], 0, 0],
  ['logSoftmax', {}, [5, 3, 3], [5, 3, 3], 0, 0],
  ['dropout', { p: 0.3 }, [9], [9], 0, 0],
  ['dropout2d', {}, [3, 4, 4], [3, 4, 4], 0, 0],
  ['reshape', { shape: [16, 5, 5] }, [400], [16, 5, 5], 0, 0],
  ['zeroPad2d', { before: [3, 1], after: [0, 2] }, [3, 4, 5], [3, 7, 8], 0, 0],
  ['identity', {}, [3, 4], [3, 4], 0, 0],
  [
    'add',
    { count: 3 },
    [
      [3, 4, 5],
      [3, 1, 1],
      [3, 4, 5],
    ],
    [3, 4, 5],
    0,
    0,
  ],
  [
    'mul',
    {},
    [
      [3, 1, 1],
      [3, 4, 5],
    ],
    [3, 4, 5],
    0,
    0,
  ],
  [
    'concat',
    { count: 3 },
    [
      [3, 4, 5],
      [1, 4, 5],
      [4, 4, 5],
    ],
    [8, 4, 5],
    0,
    0,
  ],
  ['globalAvgPool2d', {}, [5, 4, 6], [5, 1, 1], 0, 0],
  ['adaptiveAvgPool2d', { outputSize: [3, 3] }, [3, 7, 8], [3, 3, 3], 0, 0],
  ['adaptiveAvgPool2d', { outputSize: [2, 3] }, [3, 6, 9], [3, 2, 3], 0, 0],
  ['adaptiveAvgPool2d', {}, [3, 5, 5], [3, 1, 1], 0, 0],
  ['batchNorm2d', {}, [4, 3, 2], [4, 3, 2], 8, 0],
  ['batchNorm2d', { affine: false }, [4, 3, 2], [4, 3, 2], 0, 0],
  ['batchNorm1d', {}, [6], [6], 12, 0],
  ['layerNorm', {}, [3, 4, 5], [3, 4, 5], 120, 0],
  ['layerNorm', { axes: 1 }, [3, 4, 5], [3, 4, 5], 10, 0],
  ['groupNorm', { groups: 2 }, [4, 3, 3], [4, 3, 3], 8, 0],
  ['groupNorm', { groups: 3, affine: false }, [6], [6], 0, 0],
  ['localResponseNorm', { size: 3 }, [6, 3, 3], [6, 3, 3], 0, 0],
  ['leakyRelu', {}, [3, 4], [3, 4], 0, 0],
  ['prelu', {}, [3, 4, 5], [3, 4, 5], 1, 0],
  ['prelu', { slopes: 'channel' }, [3, 4, 5], [3, 4, 5], 3, 0],
  ['elu', {}, [3], [3], 0, 0],
  ['gelu', {}, [3], [3], 0, 0],
  ['silu', {}, [3], [3], 0, 0],
  ['relu6', {}, [3], [3], 0, 0],
  ['hardsigmoid', {}, [3], [3], 0, 0],
  ['hardswish', {}, [3], [3], 0, 0],
  ['softplus', { beta: 3, threshold: 5 }, [3], [3], 0, 0],
  ['step', {}, [3], [3], 0, 0],
  ['upsample', {}, [3, 3, 4], [3, 6, 8], 0, 0],
  ['upsample', { by: 'size', size: [7, 8] }, [2, 4, 5], [2, 7, 8], 0, 0],
  ['upsample', { mode: 'bilinear', alignCorners: true }, [2, 4, 4], [2, 8, 8], 0, 0],
  ['flatten', {}, [16, 5, 5], [400], 0, 0],
  ['relu', {}, [3, 4], [3, 4], 0, 0],
  ['sigmoid', {}, [7], [7], 0, 0],
  ['tanh', {}, [2, 3, 4], [2, 3, 4], 0, 0],
];

describe('shape rules', () => {
  it.each(shapes)('%s %j of %j', (type, given, from, y, params, macs) => {
    const layer = layerOf(type);
    if (layer === undefined) throw new Error(`no layer ${type}`);
    const { config, problems } = readConfig(layer.config, given);
    expect(problems).toEqual([]);
    const several = Array.isArray(from[0]) ? (from as Shape[]) : [from as Shape];
    const ports = inputPorts(layer, config);
    expect(ports).toHaveLength(several.length);
    const x = Object.fromEntries(ports.map((port, i) => [port, several[i]]));
    expect(layer.infer(x, config)).toEqual({ outputs: { y } });
    const declared = layer.params?.(x, config) ?? {};
    expect(Object.values(declared).reduce((count, { shape }) => count + elementCount(shape), 0)).toBe(params);
    expect(layer.macs?.(x, { y }, config) ?? 0).toBe(macs);
    expectLowered(layer, x, config, y);
  });

  const inner = layers.filter(({ lower }) => lower !== undefined);
  it.each(inner.map((layer) => [layer.type, layer] as const))('%s lowers to what it infers', (_, layer) => {
    const rng = random(1, layer.type);
    const fitting = probes.flatMap((probe) =>
      Array.from({ length: TRIES }, (_, i) => (i === 0 ? {} : randomConfig(rng, layer.config, probe))).flatMap(
        (drawn) => {
          const { config } = readConfig(layer.config, drawn);
          const x = Object.fromEntries(inputPorts(layer, config).map((port) => [port, probe]));
          const inferred = layer.infer(x, config);
          return 'outputs' in inferred ? [{ x, config, y: inferred.outputs.y }] : [];
        },
      ),
    );
    expect(fitting).not.toEqual([]);
    for (const { x, config, y } of fitting) expectLowered(layer, x, config, y);
  });
});

/** Features, rows of features, images. */
const probes: readonly Shape[] = [[6], [4, 6], [4, 8, 8]];
const TRIES = 5;

/** In both modes the layer gives a batch of that shape, and its sums in words come out. */
function expectLowered(
  layer: LayerDef,
  x: Readonly<Record<string, Shape>>,
  config: ReturnType<typeof readConfig>['config'],
  y: Shape,
): void {
  for (const { sum } of layer.explain?.(x, { y }, config) ?? []) expect(sum).toMatch(/= [\d,]+$/);

  const declared = layer.params?.(x, config) ?? {};
  const g = new Builder('layer');
  const inputs = (mode: string, tensors: Readonly<Record<string, { readonly shape: Shape }>> = {}) =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, { shape }]) => [
        name,
        g.input(`${mode}/${name}`, 'float32', shape, { kind: 'parameter' }),
      ]),
    );
  for (const mode of ['train', 'predict'] as const) {
    const batch = mode === 'train' ? 2 : BATCH;
    const values = Object.fromEntries(
      Object.entries(x).map(([port, shape]) => [
        port,
        g.input(`${mode}/${port}`, 'float32', [batch, ...shape], { kind: 'data' }),
      ]),
    );
    const lowered = g.within(mode, () =>
      layer.lower?.({
        g,
        x: values,
        p: inputs(mode, declared),
        b: inputs(mode, layer.buffers?.(x, config)),
        config,
        mode,
        update: () => {},
        mask: (shape, keep) => g.input('mask', 'float32', shape, { kind: 'random', keep }),
      }),
    );
    expect(lowered?.y.shape).toEqual([batch, ...y]);
  }
}

describe('initializers', () => {
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
    const bound = 1 / Math.sqrt(150);
    expect(weightInit('torch', [16, 6, 5, 5])).toEqual({ kind: 'uniform', low: -bound, high: bound });
  });
});

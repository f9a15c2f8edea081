import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { decodeModel, readModel } from '../onnx/read.ts';
import { UserError } from '../text.ts';
import { sourceSha256 } from './data/sourceSha256.ts';
import { exportedWeights } from './exportedWeights.ts';
import { type ExportOptions, exportModel } from './exporter.ts';
import { filesBeside, openDataset } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, openModel } from './session.ts';
import { readWeights } from './weights.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'netloom-variant-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A network of consecutive layers. */
function draw(
  data: Partial<NetworkDocument['data']>,
  layers: readonly (readonly [layer: string, name: string, config: Config])[],
): NetworkDocument {
  const nodes = layers.map(([layer, name, config]) => ({ id: name, layer, name, config, position: { x: 0, y: 0 } }));
  const edges = layers.slice(1).map(([, name], i) => ({
    id: name,
    from: { node: layers[i]?.[1] ?? '', port: 'y' },
    to: { node: name, port: 'x' },
  }));
  return { ...emptyDocument, name: 'net', nodes, edges, data: { ...emptyDocument.data, ...data } };
}

const head = [
  ['flatten', 'flatten', {}],
  ['linear', 'fc', { outFeatures: 2 }],
  ['classifier', 'out', { classes: 2 }],
] as const;

const photos = join(folder, 'photos');
for (const [label, kind] of ['cats', 'dogs'].entries()) {
  mkdirSync(join(photos, kind), { recursive: true });
  for (let i = 0; i < 6; i++) {
    const [width, height] = [20 + 7 * i, 50 - 5 * i - label];
    const pixels = Uint8Array.from({ length: 3 * width * height }, (_, at) => (at * (7 + i) + 31 * label) % 256);
    const header = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
    writeFileSync(join(photos, kind, `${i}.ppm`), Buffer.concat([header, pixels]));
  }
}
const table = join(folder, 'table.csv');
const cells = Array.from(
  { length: 30 },
  (_, i) => `${1.7e9 + i * i},${i % 4 === 0 ? '' : i / 7},${'ab'[i % 2]},${i % 3 === 0 ? 'x' : 'y'}`,
);
writeFileSync(table, ['time,size,kind,label', ...cells].join('\n'));

const normalize = { type: 'Normalize', mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] };
const cases: Readonly<Record<string, { document: NetworkDocument; input: string; opset: number; pixels: boolean }>> = {
  'image files, cropped and normalized': {
    document: draw(
      { source: photos, image: { width: 16, height: 16, channels: 3, fit: 'crop' }, transforms: [normalize] },
      [['input', 'image', { shape: [3, 16, 16] }], ['conv2d', 'conv', { outChannels: 4 }], ...head],
    ),
    input: 'uint8 N,image_height,image_width,3',
    opset: 18,
    pixels: true,
  },
  'image files, gray and resized again': {
    document: draw(
      {
        source: photos,
        image: { width: 30, height: 20, channels: 1, fit: 'stretch' },
        transforms: [{ type: 'RandomRotation' }, { type: 'Resize', size: [12, 12], interpolation: 'box' }],
      },
      [['input', 'image', { shape: [1, 12, 12] }], ...head],
    ),
    input: 'uint8 N,image_height,image_width,3',
    opset: 18,
    pixels: true,
  },
  'digits as they are': {
    document: draw({ source: 'mnist' }, [
      ['input', 'image', { shape: [1, 28, 28] }],
      ['flatten', 'flatten', {}],
      ['linear', 'fc', { outFeatures: 10 }],
      ['classifier', 'out', { classes: 10 }],
    ]),
    input: 'uint8 N,28,28,1',
    opset: 17,
    pixels: true,
  },
  'a table with empty cells and a category': {
    document: draw({ source: table }, [['input', 'features', { shape: [4] }], ...head]),
    input: 'double N,3',
    opset: 17,
    pixels: false,
  },
  'points, which need no preprocessing': {
    document: draw({ source: 'moons' }, [['input', 'point', { shape: [2] }], ...head]),
    input: 'float N,2',
    opset: 17,
    pixels: false,
  },
};

async function exported(document: NetworkDocument, options: Partial<ExportOptions> = {}) {
  const graph = checkedGraph(document);
  const data = await openDataset(document.data.source, files, document.data);
  const weights = initialParameters(graph, 1);
  return { weights, result: await exportModel({ graph, weights, data, device: CPU_DEVICE, ...options }) };
}

describe.each(Object.entries(cases))('%s', (_, { document, input, opset, pixels }) => {
  it('exports with its preprocessing, which equals that of Netloom', async () => {
    const { result } = await exported(document, { preprocessing: true });
    const [only] = result.inputs;
    expect(`${only?.elementType} ${only?.shape}`).toBe(input);
    expect(result.opset).toBe(opset);
    const { pixelError, maxError, largest, float16Error } = result.proof;
    if (pixels) expect(pixelError).toBeLessThanOrEqual(2.02);
    else expect(pixelError).toBeNull();
    expect(float16Error).toBeNull();
    expect(maxError).toBeLessThan(0.02 * Math.max(1, largest));
    const { netloom_preprocessing_contained: contained = '' } = readModel(result.model)?.metadata ?? {};
    expect(Object.keys(JSON.parse(contained) as object)).toEqual([only?.name]);
  });

  it('contains a test vector of raw data without samples of own files', async () => {
    const { result } = await exported(document, { preprocessing: true, float16: true });
    const { inputs, outputs } = JSON.parse(readModel(result.model)?.metadata.netloom_proof ?? '') as Record<
      'inputs' | 'outputs',
      Record<string, { dtype: string; shape: number[]; base64: string }>
    >;
    const types = { uint8: Uint8Array, float64: Float64Array, float32: Float32Array };
    const feeds = Object.entries(inputs).map(([name, { dtype, shape, base64 }]) => {
      const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
      return [name, { dtype, shape, data: new types[dtype as keyof typeof types](bytes.buffer) }] as const;
    });
    const session = await openModel(result.model, CPU_DEVICE, 'stock');
    const got = await session.run(new Map(feeds) as never);
    await session.release();
    for (const [name, { base64 }] of Object.entries(outputs)) {
      const expected = new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
      expect(got.get(name)?.data.length).toBe(expected.length);
      expected.forEach((value, i) => {
        expect(Math.abs(Number(got.get(name)?.data[i]) - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)));
      });
    }
  });
});

const [images] = Object.values(cases) as [(typeof cases)[string]];

it('names the opset that images of any size need', async () => {
  const error = await exported(images.document, { preprocessing: true, opset: 17 }).catch((each: unknown) => each);
  expect(String(error)).toMatch(/from opset 18.*instead of 17, or export without preprocessing/);
});

it('refuses preprocessing without the dataset, and with another one', async () => {
  await expect(exported(images.document, { preprocessing: true, data: null })).rejects.toThrow(/without the dataset/);
  const { document } = cases['a table with empty cells and a category'] as (typeof cases)[string];
  const digits = await openDataset('mnist', files);
  await expect(exported(document, { preprocessing: true, data: digits })).rejects.toThrow(/no samples for input/);
});

it('refuses the preprocessing of a table that has changed since', async () => {
  const { document } = cases['a table with empty cells and a category'] as (typeof cases)[string];
  const same = { ...document, data: { ...document.data, sha256: await sourceSha256(table) } };
  expect((await exported(same, { preprocessing: true })).result.untrained).toBe(false);
  const other = { ...document, data: { ...document.data, sha256: 'f'.repeat(64) } };
  await expect(exported(other, { preprocessing: true })).rejects.toThrow(/has changed since/);
});

describe('float16 weights', () => {
  it('take half the space, and their error is measured', async () => {
    const plain = (await exported(images.document)).result;
    const { result, weights } = await exported(images.document, { float16: true });
    expect(result.proof.float16Error).toBeGreaterThan(0);
    expect(result.proof.float16Error).toBeLessThan(0.01 * Math.max(1, result.proof.largest));
    expect(plain.proof.float16Error).toBeUndefined();
    const size = (bytes: Uint8Array) =>
      (decodeModel(bytes)?.graph?.initializer ?? []).reduce((sum, { rawData }) => sum + rawData.length, 0);
    expect(size(result.model)).toBeLessThan(0.6 * size(plain.model));
    const read = await exportedWeights(decodeModel(result.model), images.document, { folder, name: 'half.onnx' });
    expect(read.notice?.en).toMatch(/float16/);
    for (const [name, { data }] of readWeights(read.weights as Uint8Array<ArrayBuffer>, 'half')) {
      data.forEach((value, i) => {
        const own = Number(weights.get(name)?.data[i]);
        expect(Math.abs(Number(value) - own)).toBeLessThanOrEqual(2 ** -11 * Math.abs(own) + 2 ** -24);
      });
    }
  });

  it('are refused beyond the range of float16', async () => {
    const graph = checkedGraph(images.document);
    const weights = new Map(initialParameters(graph, 1));
    const [[name, tensor]] = [...weights].filter(([, { shape }]) => shape.length > 1) as [[string, never]];
    const { shape, data } = tensor as { shape: number[]; data: Float32Array };
    weights.set(name, { dtype: 'float32', shape, data: data.map((value, i) => (i === 3 ? 7e4 : value)) });
    const error = await exported(images.document, { weights, float16: true }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`“${name}” has values beyond 65,504`);
  });
});

import { describe, expect, it } from 'vitest';
import {
  type InputPreprocessing,
  type Preprocessing,
  preparedName,
  preprocessingProgram,
} from '../compile/preprocessing.ts';
import { fittedImage } from '../data/fittedImage.ts';
import { planes } from '../data/resize.ts';
import { readTable } from '../data/table.ts';
import { featuresField, rawFeatures } from '../data/tableFields.ts';
import type { TransformStep } from '../graph/document.ts';
import { Builder } from '../ir/builder.ts';
import { numbersOf, type Tensor } from '../ir/tensor.ts';
import { portableAt } from '../onnx/opset.ts';
import { writeModel } from '../onnx/write.ts';
import { random } from '../random/philox.ts';
import type { ImageShape } from '../transforms/image.ts';
import { transforms } from '../transforms/index.ts';
import { prepared, readPipeline } from '../transforms/pipeline.ts';
import { CPU_DEVICE, loadModel } from './session.ts';

/** Runs a preprocessing on raw data in the stock runtime. */
async function run(preprocessing: Preprocessing, raw: Tensor, output: readonly number[], opset: number) {
  const g = new Builder('test');
  const input = g.input('x', 'float32', ['N', ...output], { kind: 'data' });
  const network = g.finish([{ value: g.identity(input), role: { kind: 'prediction' } }]);
  const inputs: InputPreprocessing = new Map([['x', preprocessing]]);
  const program = preprocessingProgram(network, inputs, portableAt(opset));
  const session = await loadModel(writeModel(program, { opset }), CPU_DEVICE, 'stock');
  const result = (await session.run(new Map([['x', raw]]))).get(preparedName('x')) as Tensor;
  await session.release();
  return result;
}

/** Pixels with flat parts and sharp edges, [H, W, C]. */
function image(height: number, width: number, channels: number, seed: number): Uint8Array {
  const rng = random(seed, 'image');
  return Uint8Array.from({ length: height * width * channels }, (_, i) =>
    Math.floor(i / 40) % 3 === 0 ? 255 * (i % 2) : rng.below(256),
  );
}

const largest = (a: Tensor['data'] | readonly number[], b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < b.length; i++) most = Math.max(most, Math.abs(Number(a[i]) - (b[i] as number)));
  return most;
};

const normalize = { type: 'Normalize', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const gray = { type: 'Normalize', mean: [0.1307], std: [0.3081] } as const;

/** Steps on images of a shape, opset, and the largest difference in steps of 255. */
const rows: readonly (readonly [shape: ImageShape, list: readonly TransformStep[], opset: number, within: number])[] = [
  [[1, 28, 28], [], 13, 0],
  [[3, 20, 31], [], 17, 0],
  [[1, 28, 28], [gray], 13, 0],
  [[3, 24, 24], [normalize], 17, 0],
  [[3, 24, 24], [{ type: 'Normalize' }], 17, 0],
  ...(['bilinear', 'bicubic', 'nearest', 'box'] as const).flatMap((interpolation) =>
    (
      [
        [[1, 28, 28], 14, [1, 28, 28]],
        [
          [3, 30, 41],
          [17, 23],
          [3, 30, 41],
        ],
        [
          [3, 12, 9],
          [32, 32],
          [3, 12, 9],
        ],
        [
          [1, 20, 20],
          [20, 31],
          [1, 20, 20],
        ],
      ] as const
    ).map(([shape, size]): (typeof rows)[number] => [
      shape as ImageShape,
      [
        { type: 'CenterCrop', size: shape.slice(1) },
        { type: 'Resize', size, interpolation },
      ],
      13,
      interpolation === 'nearest' ? 0 : 1,
    ]),
  ),
  [[3, 20, 30], [{ type: 'CenterCrop', size: [11, 16] }], 13, 0],
  [[3, 20, 31], [{ type: 'CenterCrop', size: 24 }], 17, 0],
  [[1, 5, 6], [{ type: 'CenterCrop', size: [9, 11] }, gray], 17, 0],
  [[3, 6, 7], [{ type: 'Pad', padding: 2 }], 13, 0],
  [[3, 6, 7], [{ type: 'Pad', padding: [1, 2, 3, 4], fill: [10, 200.9, 30] }], 17, 0],
  ...(['edge', 'reflect', 'symmetric'] as const).map((padding_mode): (typeof rows)[number] => [
    [3, 6, 7],
    [{ type: 'Pad', padding: [3, 5, 2, 1], padding_mode }],
    13,
    0,
  ]),
  [[3, 16, 16], [{ type: 'Grayscale' }, gray], 13, 0],
  [[3, 16, 16], [{ type: 'Grayscale', num_output_channels: '3' }, normalize], 17, 0],
  [[1, 16, 16], [{ type: 'Grayscale', num_output_channels: '3' }], 17, 0],
  [[1, 16, 16], [{ type: 'Grayscale' }], 17, 0],
  [
    [3, 40, 30],
    [
      { type: 'RandomHorizontalFlip' },
      { type: 'Pad', padding: 3, padding_mode: 'reflect' },
      { type: 'Resize', size: 24 },
      { type: 'CenterCrop', size: 20 },
      { type: 'Grayscale' },
      { type: 'Normalize', on: false },
      { type: 'ColorJitter', on: false },
      gray,
    ],
    17,
    2,
  ],
];

describe('preprocessing as ONNX ops', () => {
  it.each(rows)('%j %j at opset %i', async (shape, list, opset, within) => {
    const { pipeline, problems } = readPipeline(list, shape);
    expect(problems).toEqual([]);
    if (pipeline === null) return;
    const [channels, height, width] = shape;
    const images = [1, 2, 3].map((seed) => image(height, width, channels, seed));
    const raw: Tensor = {
      dtype: 'uint8',
      shape: [3, height, width, channels],
      data: Uint8Array.from(images.flatMap((each) => [...each])),
    };
    const preprocessing: Preprocessing = { kind: 'image', shape, fit: null, steps: pipeline.predict };
    const got = await run(preprocessing, raw, pipeline.output, opset);
    expect(got.shape).toEqual([3, ...pipeline.output]);
    const wanted = images.flatMap((pixels) => {
      const after = prepared(pipeline, { shape, pixels: planes({ width, height, channels, pixels }) }).pixels;
      return Array.from(after, (value) => (pipeline.normalized ? value : Math.fround(value / 255)));
    });
    const std = Math.min(...((pipeline.normalized ? (pipeline.predict.at(-1)?.params.std as number[]) : null) ?? [1]));
    expect(largest(got.data, wanted)).toBeLessThanOrEqual(within === 0 ? 0 : (1.01 * within) / 255 / std);
  });

  it('has a row for every transform of prediction', () => {
    const tried = new Set(rows.flatMap(([, list]) => list.map(({ type }) => type)));
    expect(transforms.filter(({ random, type }) => !random && !tried.has(type))).toEqual([]);
  });

  describe.each([18, 22])('of images of any size at opset %i', (opset) => {
    it.each([
      [1, 'stretch'],
      [3, 'stretch'],
      [1, 'crop'],
      [3, 'crop'],
    ] as const)('%i channels, %s', async (channels, fit) => {
      for (const [height, width] of [
        [28, 28],
        [50, 31],
        [31, 50],
        [9, 120],
        [45, 40],
        [7, 7],
        [1, 1],
      ] as const) {
        const shape: ImageShape = [channels, 28, 24];
        const pixels = image(height, width, 3, 1);
        const raw: Tensor = { dtype: 'uint8', shape: [1, height, width, 3], data: pixels };
        const got = await run({ kind: 'image', shape, fit, steps: [] }, raw, shape, opset);
        const wanted = fittedImage({ width, height, channels: 3, pixels }, { channels, height: 28, width: 24, fit });
        expect(got.shape).toEqual([1, ...shape]);
        expect(
          largest(
            numbersOf(got).map((value) => 255 * value),
            wanted,
          ),
        ).toBeLessThanOrEqual(1.01);
      }
    });

    it.each(['bilinear', 'bicubic'])('resized first, %s', async (interpolation) => {
      const list = [
        { type: 'Resize', size: [20, 26], interpolation },
        { type: 'Pad', padding: 1 },
      ];
      for (const [height, width] of [
        [28, 28],
        [61, 44],
        [8, 70],
      ] as const) {
        const shape: ImageShape = [3, height, width];
        const { pipeline } = readPipeline(list, [3, 28, 28]);
        const pixels = image(height, width, 3, 2);
        const raw: Tensor = { dtype: 'uint8', shape: [1, height, width, 3], data: pixels };
        const got = await run(
          { kind: 'image', shape: [3, 28, 28], fit: null, steps: pipeline?.predict ?? [] },
          raw,
          [3, 22, 28],
          opset,
        );
        const own = readPipeline(list, shape).pipeline;
        if (own === null) throw new Error('does not fit');
        const wanted = prepared(own, { shape, pixels: planes({ width, height, channels: 3, pixels }) }).pixels;
        expect(
          largest(
            numbersOf(got).map((value) => 255 * value),
            wanted,
          ),
        ).toBeLessThanOrEqual(1.01);
      }
    });
  });

  it('standardizes numbers and encodes categories as in the dataset', async () => {
    const columns = ['year', 'height', 'size', 'color', 'weight'];
    const cells = [
      ['1700000000', '1.5', 'S', 'red', '0.1'],
      ['1700000001', '', 'M', '', '0.2'],
      ['1700000007', '2.5', '', 'blue', '0.3'],
      ['1700000013', '3.5', 'L', 'red', '0.3'],
    ];
    const table = readTable({ columns, rows: cells, delimiter: ',' });
    const all = Uint32Array.of(0, 1, 2, 3);
    const raw = rawFeatures(table.columns, all, Uint32Array.of(0, 1, 2));
    const field = featuresField(raw, 4);
    expect(field.kind === 'numbers' && field.columns).toEqual([
      'year',
      'height',
      'size = L',
      'size = M',
      'size = S',
      'size = (missing)',
      'color = blue',
      'color = red',
      'color = (missing)',
      'weight',
    ]);
    const rowsOf: Tensor = { dtype: 'float64', shape: [4, 5], data: raw.values };
    const got = await run({ kind: 'table', columns: raw.columns }, rowsOf, field.shape, 13);
    expect(got.data).toEqual(field.data);
  });
});

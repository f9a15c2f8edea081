import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Batch, BatchTensor } from '../data/batches.ts';
import { type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { defaultRecipe, type Recipe } from '../graph/recipe.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { TrainStep } from './trainStep.ts';

type Values = Readonly<Record<string, readonly number[]>>;
interface Course {
  readonly losses: readonly number[];
  readonly final: Values;
}
interface Golden {
  readonly images: readonly number[];
  readonly labels: readonly number[];
  readonly initial: Values;
  readonly train: Course;
  readonly eval: Course;
}

/** From PyTorch, by testdata/frozen/make.py. */
const file = new URL('../../testdata/frozen/frozen.json', import.meta.url);
const { images, labels, initial, ...golden } = JSON.parse(readFileSync(file, 'utf8')) as Golden;

const [BATCH, SHAPE] = [4, [2, 4, 4]];

const rows: readonly (readonly [name: string, layer: string, rest: Partial<DocumentNode>])[] = [
  ['image', 'input', { config: { shape: SHAPE } }],
  ['conv', 'conv2d', { config: { outChannels: 3, kernelSize: [3, 3] }, frozen: true }],
  ['bn', 'batchNorm2d', { frozen: true }],
  ['act', 'relu', {}],
  ['flat', 'flatten', {}],
  ['fc', 'linear', { config: { outFeatures: 2 } }],
  ['label', 'classifier', { config: { classes: 2 } }],
];

function network(recipe: Recipe): NetworkDocument {
  const nodes = rows.map(([name, layer, rest]): DocumentNode => {
    return { id: name, name, layer, config: {}, position: { x: 0, y: 0 }, ...rest };
  });
  const edges = nodes.slice(1).map(({ id }, i) => {
    return { id, from: { node: nodes[i]?.id ?? '', port: 'y' }, to: { node: id, port: 'x' } };
  });
  return { ...emptyDocument, recipe, nodes, edges };
}

it.each([
  ['eval', 'running statistics', {}],
  ['train', 'statistics of the batch', { frozenBatchNorm: 'batch' as const }],
] as const)('frozen batch norm in %s mode of PyTorch: %s', async (mode, _, setting) => {
  const { losses, final } = golden[mode];
  const recipe = { ...defaultRecipe, ...setting };
  const graph = checkedGraph(network(recipe));
  const weights = new Map<string, Tensor>(
    graph.nodes.flatMap(({ node, params, buffers }) =>
      Object.entries({ ...params, ...buffers }).map(([key, { shape }]) => {
        return [`${node.name}/${key}`, floatTensor(shape, initial[`${node.name}.${key}`] ?? [])] as const;
      }),
    ),
  );
  const step = new TrainStep(graph, recipe, { weights }, CPU_DEVICE);
  for (const [i, expected] of losses.entries()) {
    const size = BATCH * elementCount(SHAPE);
    const batch: Batch = {
      size: BATCH,
      tensors: new Map<string, BatchTensor>([
        [
          'image',
          {
            dtype: 'float32',
            shape: [BATCH, ...SHAPE],
            data: Float32Array.from(images.slice(i * size, (i + 1) * size)),
          },
        ],
        [
          'target',
          {
            dtype: 'int64',
            shape: [BATCH],
            data: BigInt64Array.from(labels.slice(i * BATCH, (i + 1) * BATCH).map(BigInt)),
          },
        ],
      ]),
    };
    const { loss } = await step.run(batch, { learningRate: 0.1 }, { seed: 1, step: i });
    expect(loss).toBeCloseTo(expected, 5);
  }
  await step.release();
  for (const [name, { data }] of step.weights) {
    const expected = final[name.replace('/', '.')] ?? [];
    expect(expected.length, name).toBe(data.length);
    for (const [i, value] of expected.entries()) expect(Number(data[i]), name).toBeCloseTo(value, 5);
    const isFrozenWeight = /^(conv|bn)\/(weight|bias)$/.test(name);
    if (isFrozenWeight) expect(data, name).toEqual(weights.get(name)?.data);
  }
});

import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedNode } from '../check/checkedGraph.ts';
import { type Config, emptyDocument } from '../graph/document.ts';
import { kerasTensor } from './weights.ts';

/** A layer that takes images of [4, 6, 7]. */
function layerOf(layer: string, config: Config): CheckedNode {
  const position = { x: 0, y: 0 };
  const nodes = [
    { id: 'in', layer: 'input', name: 'in', config: { shape: [4, 6, 7] }, position },
    { id: 'a', layer, name: 'a', config, position },
    { id: 'out', layer: 'regression', name: 'out', config: {}, position },
  ];
  const edges = [
    { id: '1', from: { node: 'in', port: 'y' }, to: { node: 'a', port: 'x' } },
    { id: '2', from: { node: 'a', port: 'y' }, to: { node: 'out', port: 'x' } },
  ];
  const { graph, diagnostics } = check({ ...emptyDocument, nodes, edges });
  const found = graph?.nodes.find(({ node }) => node.id === 'a');
  if (found === undefined) throw new Error(diagnostics[0]?.message.en);
  return found;
}

interface Floats {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Every element is its place in memory, so that no two are equal. */
const numbered = (shape: readonly number[]): Floats => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

const element = ({ shape, data }: Floats, ...index: readonly number[]): number =>
  data[index.reduce((at, i, axis) => at * (shape[axis] as number) + i, 0)] as number;

/** Places of a kernel in PyTorch's order (as in the drawing) and in that of Keras, which must hold the same element. */
type Place = readonly [drawing: readonly number[], keras: readonly number[]];

const rows: readonly (readonly [string, string, Config, readonly number[], readonly Place[]])[] = [
  [
    'a convolution: [height, width, input, output]',
    'conv2d',
    { outChannels: 5, kernelSize: [2, 3] },
    [2, 3, 4, 5],
    [
      [
        [4, 1, 0, 2],
        [0, 2, 1, 4],
      ],
      [
        [1, 3, 1, 0],
        [1, 0, 3, 1],
      ],
    ],
  ],
  [
    'groups: inputs of one group',
    'conv2d',
    { outChannels: 6, kernelSize: [2, 3], groups: 2 },
    [2, 3, 2, 6],
    [
      [
        [4, 1, 0, 2],
        [0, 2, 1, 4],
      ],
    ],
  ],
  [
    'one kernel per channel: output channel · multiplier + i',
    'conv2d',
    { outChannels: 8, kernelSize: [2, 3], groups: 4 },
    [2, 3, 4, 2],
    [
      [
        [5, 0, 1, 2],
        [1, 2, 2, 1],
      ],
    ],
  ],
  [
    'a transposed convolution: [height, width, output, input]',
    'convTranspose2d',
    { outChannels: 5, kernelSize: [2, 3], stride: [2, 2] },
    [2, 3, 5, 4],
    [
      [
        [3, 4, 0, 1],
        [0, 1, 4, 3],
      ],
    ],
  ],
  [
    'a transposed convolution with groups: flipped, inputs of one group',
    'convTranspose2d',
    { outChannels: 6, kernelSize: [2, 3], stride: [2, 2], groups: 2 },
    [2, 3, 2, 6],
    [
      // The first group: input 1, its output 2.
      [
        [1, 2, 0, 0],
        [1, 2, 1, 2],
      ],
      // The second group: input 1 of the group, its output 0.
      [
        [3, 0, 1, 0],
        [0, 2, 1, 3],
      ],
    ],
  ],
  [
    'strides and dilation: flipped',
    'convTranspose2d',
    { outChannels: 5, kernelSize: [2, 3], stride: [2, 2], dilation: [2, 2] },
    [2, 3, 4, 5],
    [
      [
        [3, 4, 1, 0],
        [0, 2, 3, 4],
      ],
    ],
  ],
];

it.each(rows)('orders the kernel of %s', (_, layer, config, shape, places) => {
  const node = layerOf(layer, config);
  const weight = numbered(node.params.weight?.shape ?? []);
  const kernel = kerasTensor(node, 'weight', weight);
  expect(kernel).toMatchObject({ variable: 'kernel', shape });
  for (const [drawing, keras] of places) expect(element(kernel, ...keras)).toBe(element(weight, ...drawing));
  expect([...kernel.data].sort((a, b) => a - b)).toEqual([...weight.data]);
});

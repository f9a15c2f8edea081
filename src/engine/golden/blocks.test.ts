import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CheckedGraph, CheckedNode } from '../../check/checkedGraph.ts';
import { type Config, type Edge, emptyDocument, type NetworkDocument } from '../../graph/document.ts';
import { edgeId } from '../../graph/edges.ts';
import { checkedGraph } from '../network.ts';
import { CPU_DEVICE } from '../session.ts';
import { type CaseGraph, type CaseOf, openCases } from './cases.ts';
import { drawGraph, drawn, type End, head } from './draw.ts';
import { runForwardBackward } from './forwardBackward.ts';
import { runTrajectory } from './trajectory.ts';

type Row = readonly [type: string, config?: Config];

const relu: Row = ['relu'];
const bn: Row = ['batchNorm2d'];
const conv = (outChannels: number): Row => ['conv2d', { outChannels, kernelSize: [3, 3], padding: [1, 1] }];
const pool = (kernel: number, padding: number): Row => [
  'maxPool2d',
  { kernelSize: [kernel, kernel], stride: [2, 2], padding: [padding, padding] },
];
const ending: readonly Row[] = [['globalAvgPool2d'], ['flatten']];
const fc = (outFeatures: number): Row => ['linear', { outFeatures }];

const inceptionNorm = {
  ones: 4,
  reduce3: 3,
  threes: 5,
  reduce5: 3,
  fives: 4,
  projection: 2,
  wide: 'twoThrees',
  batchNorm: true,
};
const book = { bias: true, projectionNorm: false };

/** Block cases as the block nodes that draw them. */
const blocks: Readonly<Record<string, readonly Row[]>> = {
  'block-inception-01': [['inception', { ones: 4, reduce3: 3, threes: 6, reduce5: 2, fives: 4, projection: 3 }]],
  'block-inception-bn-01': [['inception', { ...inceptionNorm, pool: 'avg', eps: 1e-5 }]],
  'block-inception-bn-02': [['inception', { ...inceptionNorm, pool: 'avg', eps: 1e-5 }]],
  'block-inception-bn-03': [['inception', { ...inceptionNorm, momentum: 0.2 }]],
  'block-inception-bn-down-01': [['inception', { ...inceptionNorm, ones: 0, projection: 0, stride: 2, eps: 1e-5 }]],
  'block-residual-identity-01': [['residual', { ...book, channels: 4 }]],
  'block-residual-identity-02': [['residual', { ...book, channels: 4 }]],
  'block-residual-stride2-01': [['residual', { ...book, channels: 6, stride: 2 }]],
  'block-residual-stride2-02': [['residual', { ...book, channels: 6, stride: 2 }]],
  'block-residual-projection-01': [['residual', { ...book, channels: 6 }]],
  'block-residual-projection-02': [['residual', { channels: 6, stride: 2, eps: 1e-3, momentum: 0.2 }]],
  'block-bottleneck-01': [['bottleneck', { width: 3, stride: 2 }]],
  'block-bottleneck-02': [['bottleneck', { width: 3, stride: 2 }]],
  'block-bottleneck-identity-01': [['bottleneck', { width: 3, outChannels: 8 }]],
  'block-preactivation-01': [['residual', { channels: 4, preActivation: true }]],
  'block-preactivation-02': [['residual', { channels: 6, stride: 2, preActivation: true }]],
  'block-nin-01': [['ninBlock', { channels: 5, kernelSize: 5, padding: 2 }]],
  'block-vgg-01': [['vggBlock', { channels: 5 }]],
  'block-dense-01': [['dense', { layers: 3, growth: 3, bias: true }]],
  'block-dense-02': [['dense', { layers: 3, growth: 3, bias: true }]],
  'block-squeeze-excitation-01': [['squeezeExcitation', { reduction: 4 }]],
  'block-squeeze-excitation-02': [['squeezeExcitation', { reduction: 2, layers: 'conv' }]],
  'block-depthwise-separable-01': [['depthwiseSeparable', { channels: 7 }]],
  'block-depthwise-separable-02': [['depthwiseSeparable', { channels: 6, kernelSize: 5, stride: 2 }]],
};

/** No transition of Netloom's begins without batch norm and ReLU, so of this case the dense part is a block. */
const partly: Readonly<Record<string, readonly Row[]>> = {
  'block-dense-transition-01': [
    ['dense', { layers: 2, growth: 3, bias: true }],
    ['batchNorm2d'],
    ['relu'],
    ['conv2d', { outChannels: 5, kernelSize: [1, 1] }],
    ['avgPool2d', { kernelSize: [2, 2], stride: [2, 2] }],
  ],
};

const trajectories: Readonly<Record<string, readonly Row[]>> = {
  'trajectory-vgg-01': [
    ['vggBlock', { convs: 1, channels: 8 }],
    ['vggBlock', { convs: 1, channels: 12 }],
    ['vggBlock', { convs: 2, channels: 16 }],
    ['flatten'],
    fc(48),
    relu,
    fc(10),
  ],
  'trajectory-nin-01': [
    ['ninBlock', { channels: 10, kernelSize: 5, padding: 2 }],
    pool(3, 0),
    ['ninBlock', { channels: 16 }],
    pool(3, 0),
    ['ninBlock', { channels: 8 }],
    ...ending,
  ],
  'trajectory-googlenet-01': [
    ['convUnit', { channels: 8, batchNorm: false }],
    pool(3, 1),
    ['inception', { ones: 4, reduce3: 4, threes: 6, reduce5: 2, fives: 4, projection: 3 }],
    ['inception', { ones: 6, reduce3: 4, threes: 8, reduce5: 2, fives: 4, projection: 4 }],
    pool(3, 1),
    ['inception', { ones: 8, reduce3: 6, threes: 10, reduce5: 3, fives: 4, projection: 4 }],
    ...ending,
    fc(10),
  ],
  'trajectory-resnet-01': [
    conv(8),
    bn,
    relu,
    ['residual', { ...book, channels: 8 }],
    ['residual', { ...book, channels: 12, stride: 2 }],
    ['residual', { ...book, channels: 16, stride: 2 }],
    ...ending,
    fc(10),
  ],
  'trajectory-resnet-bottleneck-01': [
    conv(6),
    bn,
    relu,
    ['bottleneck', { width: 6, expansion: 2 }],
    ['bottleneck', { width: 8, expansion: 2, stride: 2 }],
    ...ending,
    fc(5),
  ],
  'trajectory-densenet-01': [
    conv(8),
    bn,
    relu,
    ['dense', { layers: 3, growth: 4, bias: true }],
    ['transition', { bias: true }],
    ['dense', { layers: 3, growth: 4, bias: true }],
    bn,
    relu,
    ...ending,
    fc(10),
  ],
};

/** The rows one behind the other, from the input of the case to its end. */
function chained({ inputs }: CaseGraph, rows: readonly Row[], ends: readonly End[], change: Partial<NetworkDocument>) {
  const [[name, shape = []] = ['x']] = Object.entries(inputs);
  const nodes = [
    drawn(name, 'input', { shape: shape.slice(1) }),
    ...rows.map(([type, config = {}], i) => drawn(`row ${i}`, type, config)),
    ...head(ends),
  ];
  const edges = nodes.slice(1).map((node, i): Edge => {
    const [from, to] = [
      { node: nodes[i]?.id ?? '', port: 'y' },
      { node: node.id, port: 'x' },
    ];
    return { id: edgeId(from, to), from, to };
  });
  return checkedGraph({ ...emptyDocument, ...change, nodes, edges });
}

/**
 * The layers of one graph under the names that those of the other have: the same layers with the same edges, in
 * whatever order.
 */
function renamed(graph: CheckedGraph, flat: CheckedGraph): CheckedGraph {
  const matched = new Map<string, CheckedNode>();
  const twins = new Map<string, string>();
  const rest = new Set(flat.nodes);
  for (const leaf of graph.nodes) {
    const twin = [...rest].find(
      (other) =>
        other.layer === leaf.layer &&
        JSON.stringify([other.outputs, other.params, other.buffers]) ===
          JSON.stringify([leaf.outputs, leaf.params, leaf.buffers]) &&
        Object.entries(other.from).every(([port, end]) => twins.get(leaf.from[port]?.node ?? '') === end.node),
    );
    if (twin === undefined) throw new Error(`nothing like '${leaf.node.name}' in the case`);
    rest.delete(twin);
    twins.set(leaf.node.id, twin.node.id);
    matched.set(twin.node.id, { ...twin, config: leaf.config });
  }
  if (rest.size > 0) throw new Error(`not drawn: ${[...rest].map(({ node }) => node.name).join(', ')}`);
  // In the order of the blocks, so that what is compiled is their graph.
  return { ...graph, nodes: graph.nodes.map(({ node }) => matched.get(twins.get(node.id) ?? '') as CheckedNode) };
}

const drawAs =
  (rows: readonly Row[]) =>
  (graph: CaseGraph, ends: readonly End[] = [], change: Partial<NetworkDocument> = {}): CheckedGraph =>
    renamed(chained(graph, rows, ends, change), drawGraph(graph, ends, change));

const set = await openCases(fileURLToPath(new URL('../../../testdata/golden/cases.json', import.meta.url)));
const caseOf = <G extends 'block' | 'trajectory'>(id: string): CaseOf<G> =>
  set.cases.find((test) => test.id === id) as CaseOf<G>;

it('every block case, and every trajectory with blocks, is drawn with blocks', () => {
  const ids = set.cases.filter(({ group }) => group === 'block').map(({ id }) => id);
  expect([...Object.keys(blocks), ...Object.keys(partly)].sort()).toEqual(ids.sort());
});

describe('golden cases drawn with block nodes', () => {
  it.each(Object.entries({ ...blocks, ...partly }))('%s', async (id, rows) => {
    const test = caseOf<'block'>(id);
    const { error, worst } = await runForwardBackward(test, await set.tensorsOf(test), CPU_DEVICE, drawAs(rows));
    expect(error, worst ?? '').toBeLessThanOrEqual(1);
  });

  it.each(Object.entries(trajectories))('%s', async (id, rows) => {
    const test = caseOf<'trajectory'>(id);
    const { error, worst } = await runTrajectory(test, await set.tensorsOf(test), CPU_DEVICE, drawAs(rows));
    expect(error, worst ?? '').toBeLessThanOrEqual(1);
  });
});

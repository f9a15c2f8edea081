import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { sameNetwork } from '../check/sameNetwork.ts';
import { initialParameters } from '../compile/initialize.ts';
import { Predictor } from '../engine/predictor.ts';
import { randomDrawing } from '../engine/randomDrawing.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import { type Config, type DocumentNode, type Edge, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { makeEdge } from '../graph/edges.ts';
import { applyEdit, applyEdits, type Edit } from '../graph/edits.ts';
import { readProject, writeProject } from '../graph/file.ts';
import { movedName, movesOfStep, type WeightMoves, withMovedNames } from '../graph/weightMoves.ts';
import { random } from '../random/philox.ts';
import { planDissolve } from './dissolve.ts';
import { type FoldPlan, foldRepeats } from './foldRepeats.ts';

/** A drawing of layers only, as it is imported: numbered names, no positions. */
class Flat {
  readonly #nodes: DocumentNode[] = [];
  readonly #edges: Edge[] = [];

  add(layer: string, config: Config = {}, ...from: readonly string[]): string {
    const id = `${layer}_${this.#nodes.length}`;
    from.forEach((source, i) => {
      const port = ['add', 'mul', 'concat'].includes(layer) ? `x${i}` : 'x';
      this.#edges.push(makeEdge({ node: source, port: 'y' }, { node: id, port }));
    });
    const merges = layer === 'concat' || layer === 'add';
    const whole = merges ? { ...config, count: from.length } : config;
    this.#nodes.push({ id, layer, name: id, config: whole, position: { x: 0, y: 0 } });
    return id;
  }

  /** Adds layers one after the other. */
  chain(from: string, ...layers: readonly (readonly [string, Config?])[]): string {
    return layers.reduce((at, [layer, config]) => this.add(layer, config, at), from);
  }

  finish(from: string): NetworkDocument {
    this.add('classifier', { classes: 10 }, from);
    return { ...emptyDocument, nodes: this.#nodes, edges: this.#edges };
  }
}

const conv = (outChannels: number, kernel = 3, stride = 1, more: Config = {}): [string, Config] => [
  'conv2d',
  {
    outChannels,
    kernelSize: [kernel, kernel],
    padding: [kernel >> 1, kernel >> 1],
    stride: [stride, stride],
    ...more,
  },
];
const plain = { bias: false };
const norm: [string] = ['batchNorm2d'];
const relu: [string] = ['relu'];

const head = (net: Flat, from: string): NetworkDocument =>
  net.finish(net.chain(from, ['globalAvgPool2d'], ['flatten'], ['linear', { outFeatures: 10 }]));

/** ResNet-18 with batch norm folded into the convolutions, as exporters write it. */
function foldedResNet(blocks: readonly number[]): NetworkDocument {
  const net = new Flat();
  let y = net.chain(net.add('input', { shape: [3, 32, 32] }), conv(8, 7, 2), relu);
  blocks.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      const main = net.chain(y, conv(8 << stage, 3, stride), relu, conv(8 << stage));
      const past = stride === 2 ? net.chain(y, conv(8 << stage, 1, 2)) : y;
      y = net.chain(net.add('add', {}, main, past), relu);
    }
  });
  return head(net, y);
}

function uNet(normed: boolean): NetworkDocument {
  const net = new Flat();
  const unit = (channels: number) => (normed ? [conv(channels, 3, 1, plain), norm, relu] : [conv(channels), relu]);
  const twice = (from: string, channels: number) => net.chain(from, ...unit(channels), ...unit(channels));
  const skips: string[] = [];
  let y = net.add('input', { shape: [1, 32, 32] });
  for (const channels of [4, 8, 16]) {
    y = twice(y, channels);
    skips.push(y);
    y = net.chain(y, ['maxPool2d']);
  }
  y = twice(y, 32);
  for (const channels of [16, 8, 4]) {
    const up = net.chain(y, ['convTranspose2d', { outChannels: channels, kernelSize: [2, 2], stride: [2, 2] }]);
    y = twice(net.add('concat', {}, skips.pop() as string, up), channels);
  }
  return head(net, y);
}

/** PyTorch's model adds the shortcut first, the block of this program last. */
function mobileNetV2(shortcutFirst: boolean, activation = 'relu'): NetworkDocument {
  const net = new Flat();
  const act: [string] = [activation];
  let y = net.chain(net.add('input', { shape: [3, 32, 32] }), conv(8, 3, 2, plain), norm, act);
  let before = 8;
  for (const [channels, count, stride] of [
    [8, 2, 1],
    [12, 3, 2],
    [16, 2, 2],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const [wide, by] = [before * 6, i === 0 ? stride : 1];
      const work = conv(wide, 3, by, { ...plain, groups: wide });
      const made = net.chain(y, conv(wide, 1, 1, plain), norm, act, work, norm, act, conv(channels, 1, 1, plain), norm);
      if (by !== 1 || before !== channels) y = made;
      else y = net.add('add', {}, ...(shortcutFirst ? [y, made] : [made, y]));
      before = channels;
    }
  }
  return head(net, y);
}

function mobileNetV1(): NetworkDocument {
  const net = new Flat();
  let y = net.chain(net.add('input', { shape: [3, 32, 32] }), conv(8, 3, 2, plain), norm, relu);
  let before = 8;
  for (const [channels, stride] of [
    [16, 1],
    [32, 2],
    [32, 1],
    [32, 1],
  ] as const) {
    const work = conv(before, 3, stride, { ...plain, groups: before });
    y = net.chain(y, work, norm, relu, conv(channels, 1, 1, plain), norm, relu);
    before = channels;
  }
  return head(net, y);
}

/** DenseNet as PyTorch writes it: every layer concatenates all earlier outputs anew. */
function denseNet(layers: number): NetworkDocument {
  const net = new Flat();
  let y = net.chain(net.add('input', { shape: [3, 16, 16] }), conv(8, 3, 1, plain), norm, relu);
  const made = [y];
  for (let i = 0; i < layers; i++) {
    const all = i === 0 ? y : net.add('concat', {}, ...made);
    made.push(net.chain(all, norm, relu, conv(16, 1, 1, plain), norm, relu, conv(4, 3, 1, plain)));
  }
  y = net.add('concat', {}, ...made);
  return head(net, y);
}

/** Residual pairs of mixing and feed-forward, like a transformer or an MLP-mixer. */
function mixer(depth: number): NetworkDocument {
  const net = new Flat();
  let y = net.chain(net.add('input', { shape: [4, 8] }), ['linear', { outFeatures: 16 }]);
  for (let i = 0; i < depth; i++) {
    y = net.add('add', {}, y, net.chain(y, ['layerNorm'], ['linear', { outFeatures: 16 }], ['gelu']));
    const wide = net.chain(
      y,
      ['layerNorm'],
      ['linear', { outFeatures: 32 }],
      ['gelu'],
      ['linear', { outFeatures: 16 }],
    );
    y = net.add('add', {}, y, wide);
  }
  return net.finish(net.chain(y, ['flatten'], ['linear', { outFeatures: 10 }]));
}

function squeezed(): NetworkDocument {
  const net = new Flat();
  let y = net.chain(net.add('input', { shape: [3, 16, 16] }), conv(16), relu);
  for (let i = 0; i < 4; i++) {
    const main = net.chain(y, conv(16, 3, 1, plain), norm, relu, conv(16, 3, 1, plain), norm);
    const few = net.chain(main, ['globalAvgPool2d'], conv(4, 1), relu, conv(16, 1), ['sigmoid']);
    y = net.chain(net.add('add', {}, net.add('mul', {}, main, few), y), relu);
  }
  return head(net, y);
}

function mlp(layers: number): NetworkDocument {
  const net = new Flat();
  let y = net.chain(net.add('input', { shape: [2] }));
  for (let i = 0; i < layers; i++) y = net.chain(y, ['linear', { outFeatures: 8 + i }], relu);
  return net.finish(net.chain(y, ['linear', { outFeatures: 10 }]));
}

/** The document with all blocks ungrouped, and the moves of its weights. */
function unfolded(doc: NetworkDocument): { readonly doc: NetworkDocument; readonly moves: readonly WeightMoves[] } {
  const moves: WeightMoves[] = [];
  let now = doc;
  for (;;) {
    const checked = check(now);
    const block = now.nodes.find(({ id }) => checked.nodes.get(id)?.inside);
    const edit = block && planDissolve(now, checked, block.id);
    if (!edit) return { doc: { ...now, blocks: [] }, moves };
    moves.push(...movesOfStep(now, [edit], applyEdit));
    now = applyEdit(now, edit);
  }
}

const template = (id: string): NetworkDocument => unfolded(templateOf(id)?.document ?? emptyDocument).doc;
const fold = (doc: NetworkDocument): FoldPlan => foldRepeats(doc, check(doc), 'en');

/** Name of a layer after these moves. */
const moved = (name: string, moves: readonly WeightMoves[]): string =>
  moves.reduce(movedName, `${name}/weight`).slice(0, -'/weight'.length);

/** Layers by their names, with sources, as rows; `rename` gives the name of each. */
function layersOf(graph: CheckedGraph | null, rename: (name: string) => string): ReadonlyMap<string, unknown> {
  const nodes = graph?.nodes ?? [];
  const names = new Map(nodes.map(({ node }) => [node.id, rename(node.name)]));
  return new Map(
    nodes.map(({ node, layer, config, from, outputs }) => [
      names.get(node.id) ?? '',
      {
        layer: layer.type,
        config,
        outputs,
        frozen: node.frozen ?? false,
        from: Object.entries(from).map(([port, end]) => [port, names.get(end.node), end.port]),
      },
    ]),
  );
}

/** Checks that the folded network is the same network, and ungroups into the same drawing. */
function expectSame(doc: NetworkDocument, edits: readonly Edit[]): NetworkDocument {
  const after = applyEdits(doc, edits);
  const [before, now] = [check(doc), check(after)];
  expect(now.totals).toEqual(before.totals);
  expect(now.graph === null).toBe(before.graph === null);
  const moves = movesOfStep(doc, edits, applyEdit);
  expect(layersOf(now.graph, (name) => name)).toEqual(layersOf(before.graph, (name) => moved(name, moves)));
  const back = unfolded(after);
  const old = new Map(doc.nodes.map(({ name }) => [moved(name, [...moves, ...back.moves]), name]));
  const nodes = back.doc.nodes.map((node) => ({ ...node, name: old.get(node.name) ?? '' }));
  expect(sameNetwork({ ...back.doc, nodes }, doc)).toBe(true);
  return after;
}

/** Blocks found, as `8 residual`; own blocks by their titles. */
const found = ({ folded }: FoldPlan): string =>
  folded.map(({ layer, title, count }) => `${count} ${layer.startsWith('block:') ? title.en : layer}`).join(', ');

const networks: readonly (readonly [name: string, doc: () => NetworkDocument, found: string, nodes: number])[] = [
  ['ResNet-18', () => template('resnet18'), '8 residual', 16],
  ['ResNet-18 of the book', () => template('resnet18_d2l'), '8 residual', 16],
  ['ResNet-34', () => template('resnet34'), '16 residual', 16],
  ['ResNet-50', () => template('resnet50'), '16 bottleneck', 17],
  ['ResNet-20 with padded shortcuts', () => template('resnet20_cifar'), '9 residual', 13],
  ['a plain network of 20 layers', () => template('plain20_cifar'), '19 convUnit', 10],
  ['GoogLeNet', () => template('googlenet_torchvision'), '3 convUnit, 9 inception', 22],
  ['GoogLeNet of the book', () => template('googlenet_d2l'), '3 convUnit, 9 inception', 21],
  ['DenseNet of the book', () => template('densenet_d2l'), '4 dense, 3 transition', 18],
  ['VGG-11', () => template('vgg11_d2l'), '5 vggBlock', 15],
  ['NiN', () => template('nin_d2l'), '4 ninBlock', 12],
  ['AlexNet', () => template('alexnet_d2l'), '5 convUnit', 17],
  ['LeNet', () => template('lenet'), '', 14],
  ['an MLP', () => mlp(6), '', 15],
  ['ResNet-18 with folded batch norm', () => foldedResNet([2, 2, 2, 2]), '5 Residual block, 3 Residual block 2', 14],
  ['a U-Net', () => uNet(true), '14 convUnit', 21],
  ['a U-Net without batch norm', () => uNet(false), '14 convUnit', 21],
  ['MobileNetV1', () => mobileNetV1(), '4 depthwiseSeparable', 11],
  ['MobileNetV2', () => mobileNetV2(false), '7 invertedResidual', 13],
  ['MobileNetV2 of PyTorch', () => mobileNetV2(true, 'hardswish'), '5 Residual block, 2 Repeated block', 13],
  ['DenseNet of PyTorch', () => denseNet(6), '6 denseLayer', 20],
  ['a transformer', () => mixer(6), '6 Residual block', 6],
  ['a ResNet with squeeze-and-excitation', () => squeezed(), '4 Residual block', 8],
];

describe('repeats in a flat drawing', () => {
  it.each(networks)('of %s become blocks', (_, make, blocks, nodes) => {
    const doc = make();
    const plan = fold(doc);
    expect([found(plan), applyEdits(doc, plan.edits).nodes.length]).toEqual([blocks, nodes]);
    expectSame(doc, plan.edits);
  });
});

/** Random pieces, each used several times with other sizes, between random layers. */
function randomRepeats(seed: number): NetworkDocument {
  const rng = random(seed, 'repeats');
  const net = new Flat();
  const act = (): [string] => [['relu', 'gelu', 'tanh'][rng.below(3)] as string];
  type Step = (from: string, channels: number) => string;
  const motif = (): Step => {
    const [one, two] = [rng.below(2) * 2 + 1, rng.below(2) * 2 + 1];
    const [first, second, normed, join] = [act(), act(), rng.below(2) === 0, rng.below(4)];
    const unit = (channels: number, kernel: number) => [conv(channels, kernel), ...(normed ? [norm] : []), first];
    if (join === 0) return (from, channels) => net.chain(from, ...unit(channels, one), ...unit(channels, two));
    if (join === 1) {
      return (from, channels) => {
        const branches = [net.chain(from, ...unit(channels, one)), net.chain(from, ...unit(2, two), second)];
        return net.chain(net.add('concat', {}, ...branches), conv(channels, 1));
      };
    }
    return (from, channels) => {
      const start = net.chain(from, conv(channels, 1));
      const main = net.chain(start, ...unit(4, one), conv(channels, two));
      return net.chain(net.add(join === 2 ? 'add' : 'mul', {}, main, start), second);
    };
  };
  const motifs = Array.from({ length: 1 + rng.below(3) }, motif);
  const past: string[] = [];
  let y = net.chain(net.add('input', { shape: [2, 9, 9] }), conv(4));
  for (let i = 0; i < 8; i++) {
    const step = motifs[rng.below(motifs.length + 1)];
    y = step === undefined ? net.chain(y, act()) : step(y, 2 + 2 * rng.below(2));
    past.push(y);
    // Some results are also used much later.
    if (rng.below(6) === 0) y = net.add('concat', {}, y, past[rng.below(past.length)] as string);
  }
  return head(net, y);
}

/** Predictions for one sample. */
async function predictions(graph: CheckedGraph | null, weights: ReturnType<typeof initialParameters>) {
  const [input] = graph?.nodes ?? [];
  if (graph === null || input === undefined) throw new Error('the network has errors');
  const size = (input.outputs.y ?? []).reduce((a, b) => a * b, 1);
  const predictor = await Predictor.open(graph, CPU_DEVICE);
  const values = await predictor.predict(
    Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
    weights,
  );
  await predictor.release();
  return values.map((each) => [...each.values]);
}

describe('a folded network', () => {
  it.each<[string, () => NetworkDocument]>([
    ['with built-in blocks', () => mobileNetV2(false)],
    ['with own blocks and repeats', () => foldedResNet([3, 2])],
    ['with dense layers', () => denseNet(3)],
    ...[1, 2, 3, 4].map((seed): [string, () => NetworkDocument] => [
      `drawn at random, ${seed}`,
      () => randomRepeats(seed),
    ]),
  ])('%s predicts the same with its renamed weights', async (_, make) => {
    const doc = make();
    const { edits } = fold(doc);
    const [before, after] = [check(doc).graph, check(applyEdits(doc, edits)).graph];
    const weights = initialParameters(before as CheckedGraph, 1);
    const renamed = withMovedNames(weights, movesOfStep(doc, edits, applyEdit));
    expect([...renamed.keys()].sort()).toEqual([...initialParameters(after as CheckedGraph, 1).keys()].sort());
    expect(await predictions(after, new Map(renamed))).toEqual(await predictions(before, weights));
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))('of random repeats is the same network, %i', (seed) => {
    const doc = randomRepeats(seed);
    expectSame(doc, fold(doc).edits);
  });

  it('of random layers is the same network', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { doc } = unfolded(randomDrawing(random(seed, 'fold')));
      expectSame(doc, fold(doc).edits);
    }
  });
});

it('depends on the layers, not on their names, order and positions', () => {
  const doc = foldedResNet([2, 2]);
  const shuffled: NetworkDocument = {
    ...doc,
    nodes: doc.nodes.toReversed().map((node, i) => ({ ...node, name: `a${i}`, position: { x: -i, y: i } })),
    edges: doc.edges.toReversed(),
  };
  expect(found(fold(shuffled))).toBe(found(fold(doc)));
  expectSame(shuffled, fold(shuffled).edits);
});

it('keeps frozen layers frozen and unequal layers apart', () => {
  const doc = foldedResNet([3, 2]);
  const some: NetworkDocument = {
    ...doc,
    nodes: doc.nodes.map((node, i) => (i < 10 && node.layer === 'conv2d' ? { ...node, frozen: true } : node)),
  };
  expect(found(fold(some))).not.toBe(found(fold(doc)));
  expectSame(some, fold(some).edits);
  const whole = template('resnet18');
  const frozen = { ...whole, nodes: whole.nodes.map((node) => ({ ...node, frozen: true })) };
  const { edits, folded } = fold(frozen);
  expect(folded).toMatchObject([{ layer: 'residual', count: 8 }]);
  expect(expectSame(frozen, edits).nodes.every((node) => node.frozen)).toBe(true);
});

it('changes nothing that it has folded', () => {
  for (const make of [() => foldedResNet([2, 2, 2]), () => template('resnet34'), () => uNet(true), () => mixer(4)]) {
    const doc = make();
    const once = applyEdits(doc, fold(doc).edits);
    expect(fold(once)).toEqual({ edits: [], folded: [] });
  }
});

it('saves and opens', () => {
  const doc = applyEdits(foldedResNet([2, 2, 2, 2]), fold(foldedResNet([2, 2, 2, 2])).edits);
  const opened = readProject(writeProject({ document: doc, weights: null, others: {} }), 'a.netloom');
  expect(opened.document).toEqual(doc);
});

it('leaves a drawing with errors and unknown layers usable', () => {
  const doc = foldedResNet([2, 2, 2]);
  const broken: NetworkDocument = {
    ...doc,
    edges: doc.edges.slice(1),
    nodes: doc.nodes.map((n) => ({ ...n, layer: n.layer === 'relu' ? 'swish9' : n.layer })),
  };
  const after = applyEdits(broken, fold(broken).edits);
  expect(after.blocks).toHaveLength(2);
  expect(layerCount(after)).toBe(broken.nodes.length);
});

/** Number of layers with those inside of blocks of the document. */
const layerCount = ({ nodes, blocks }: NetworkDocument): number =>
  nodes.reduce((sum, { layer, repeat = 1 }) => {
    const inside = blocks.find(({ id }) => layer === `block:${id}`);
    return sum + repeat * (inside === undefined ? 1 : inside.nodes.length);
  }, 0);

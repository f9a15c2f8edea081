import { check, createChecker } from '../check/check.ts';
import { type Config, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { add } from '../layers/add.ts';
import { batchNorm2d } from '../layers/batchNorm2d.ts';
import { classifier } from '../layers/classifier.ts';
import { conv2d } from '../layers/conv2d.ts';
import { flatten } from '../layers/flatten.ts';
import { globalAvgPool2d } from '../layers/globalAvgPool2d.ts';
import { input } from '../layers/input.ts';
import type { LayerDef } from '../layers/layer.ts';
import { linear } from '../layers/linear.ts';
import { relu } from '../layers/relu.ts';
import type { Text } from '../text.ts';
import type { Output } from './output.ts';
import { table } from './output.ts';

/** A chain of residual blocks of 7 layers each, with `count` layers in total. */
export function residualNetwork(count: number): NetworkDocument {
  const nodes: DocumentNode[] = [];
  const edges: NetworkDocument['edges'][number][] = [];
  const place = ({ type }: LayerDef, config: Config, ...sources: readonly string[]): string => {
    const id = `${type}_${nodes.length}`;
    nodes.push({ id, name: id, layer: type, config, position: { x: 0, y: 120 * nodes.length } });
    sources.forEach((source, i) => {
      const from = { node: source, port: 'y' };
      const to = { node: id, port: sources.length > 1 ? `x${i}` : 'x' };
      edges.push({ id: edgeId(from, to), from, to });
    });
    return id;
  };
  const conv: Config = { outChannels: 16, kernelSize: [3, 3], padding: [1, 1], bias: false };
  let at = place(conv2d, conv, place(input, { shape: [1, 28, 28] }));
  while (nodes.length + 7 <= count - 4) {
    const first = place(relu, {}, place(batchNorm2d, {}, place(conv2d, conv, at)));
    const second = place(batchNorm2d, {}, place(conv2d, conv, first));
    at = place(relu, {}, place(add, { count: 2 }, at, second));
  }
  while (nodes.length < count - 4) at = place(relu, {}, at);
  const flat = place(flatten, {}, place(globalAvgPool2d, {}, at));
  place(classifier, {}, place(linear, { outFeatures: 10 }, flat));
  return { ...emptyDocument, name: `${count} layers`, nodes, edges };
}

interface Case {
  readonly name: string;
  readonly words: Text;
  /** An edit, and the edits that reverse it. */
  readonly edit: readonly Edit[];
  readonly back: readonly Edit[];
}

function casesFor(doc: NetworkDocument): Case[] {
  const convolutions = doc.nodes.filter(({ layer }) => layer === conv2d.type);
  const [first, middle] = [convolutions[1], convolutions[convolutions.length >> 1]] as [DocumentNode, DocumentNode];
  const last = doc.nodes.at(-2) as DocumentNode;
  const start = doc.nodes[0] as DocumentNode;
  const edge = doc.edges.find(({ to }) => to.node === middle.id) as NetworkDocument['edges'][number];
  const set = (node: DocumentNode, key: string, value: Config[string]): Edit => ({
    kind: 'setConfig',
    node: node.id,
    key,
    value,
  });
  const config = (node: DocumentNode, key: string, value: Config[string]): Pick<Case, 'edit' | 'back'> => ({
    edit: [set(node, key, value)],
    back: [set(node, key, node.config[key] as Config[string])],
  });
  return [
    {
      name: 'shape-at-start',
      words: { en: 'change the input shape: every shape changes', zh: '更改输入形状：所有形状改变' },
      ...config(start, 'shape', [1, 48, 48]),
    },
    {
      name: 'config-at-start',
      words: {
        en: 'change the output channels of the first layer: the first shortcut no longer fits',
        zh: '更改第一层的输出通道数：第一条快捷连接不再匹配',
      },
      ...config(first, 'outChannels', 24),
    },
    {
      name: 'config-in-middle',
      words: { en: 'change a kernel in the middle', zh: '更改中间的卷积核' },
      edit: [set(middle, 'kernelSize', [5, 5]), set(middle, 'padding', [2, 2])],
      back: [set(middle, 'kernelSize', [3, 3]), set(middle, 'padding', [1, 1])],
    },
    {
      name: 'config-at-end',
      words: { en: 'change the units of the last layer', zh: '更改最后一层的单元数' },
      ...config(last, 'outFeatures', 12),
    },
    {
      name: 'rename',
      words: { en: 'rename a layer', zh: '重命名一层' },
      edit: [{ kind: 'renameNode', node: middle.id, name: 'renamed' }],
      back: [{ kind: 'renameNode', node: middle.id, name: middle.name }],
    },
    {
      name: 'move',
      words: { en: 'move a layer', zh: '移动一层' },
      edit: [{ kind: 'move', positions: { [middle.id]: { x: 50, y: 50 } } }],
      back: [{ kind: 'move', positions: { [middle.id]: middle.position } }],
    },
    {
      name: 'disconnect',
      words: {
        en: 'remove a connection in the middle: half the shapes are unknown',
        zh: '删除中间的连线：一半形状未知',
      },
      edit: [{ kind: 'disconnect', edges: [edge.id] }],
      back: [{ kind: 'connect', from: edge.from, to: edge.to }],
    },
    {
      name: 'delete',
      words: { en: 'delete a layer and reconnect', zh: '删除一层并重新连接' },
      edit: [{ kind: 'removeNodes', nodes: [middle.id], heal: true }],
      back: [
        {
          kind: 'insertNode',
          node: middle,
          edge: edgeId(edge.from, {
            node: doc.edges.find(({ from }) => from.node === middle.id)?.to.node ?? '',
            port: 'x',
          }),
          input: 'x',
          output: 'y',
        },
      ],
    },
  ];
}

/**
 * Measures the check after each kind of edit of a network of `count` layers. Every edit is reversed, and both
 * directions are measured.
 */
export function benchCheck({ print, printJson, words }: Output, count: number, rounds: number): void {
  const doc = residualNetwork(count);
  const whole: number[] = [];
  for (let round = 0; round < rounds; round++) whole.push(timed(() => check(doc)));
  const rows = [
    { name: 'nothing-known', words: { en: 'check the whole network', zh: '检查整个网络' }, times: whole },
    ...casesFor(doc).map((each) => ({ ...each, times: times(doc, each, rounds) })),
  ];
  const lines = rows.map(({ name, words: text, times: all }) => {
    all.sort((a, b) => a - b);
    const [median, p95] = [0.5, 0.95].map((share) => all[Math.floor(all.length * share)] as number) as [number, number];
    printJson({ edit: name, layers: count, medianMs: median, p95Ms: p95, rounds });
    return [words(text), median.toFixed(2), p95.toFixed(2)];
  });
  const head = [
    words({ en: `edit (network of ${count} layers)`, zh: `编辑（${count} 层网络）` }),
    words({ en: 'median ms', zh: '中位数 ms' }),
    'p95 ms',
  ];
  for (const line of table([head, ...lines], [1, 2])) print(line);
}

function times(doc: NetworkDocument, { edit, back }: Case, rounds: number): number[] {
  const checkAgain = createChecker();
  let present = doc;
  checkAgain(present);
  const measured: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const edits of [edit, back]) {
      present = applyEdits(present, edits);
      measured.push(timed(() => checkAgain(present)));
    }
  }
  return measured;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

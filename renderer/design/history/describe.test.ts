import { describe, expect, test } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { describe as words } from './describe.ts';

const size = { width: 90, height: 40 };
const note = { id: 'note1', text: 'here', position: { x: 0, y: 0 }, size };
const frame = { id: 'frame1', title: 'Features', colour: 'blue', position: { x: 0, y: 0 }, size } as const;
const lenet = applyEdits(templateOf('lenet_modern')?.document as NetworkDocument, [
  { kind: 'setNote', note },
  { kind: 'setFrame', frame },
]);
const [edge, otherEdge] = lenet.edges as [NetworkDocument['edges'][number], NetworkDocument['edges'][number]];
const dropout = { id: 'new', layer: 'dropout', name: 'drop', config: {}, position: { x: 0, y: 0 } };
const add: Edit = { kind: 'addNode', node: dropout };
const insert: Edit = { kind: 'insertNode', node: dropout, edge: edge.id, input: 'x', output: 'y' };
const move = (...ids: string[]): Edit => ({
  kind: 'move',
  positions: Object.fromEntries(ids.map((id) => [id, { x: 7, y: 7 }])),
});
const kernel = (node: string): Edit => ({ kind: 'setConfig', node, key: 'kernelSize', value: [3, 5] });
const ports = { inputs: { x: 'x' }, outputs: { y: 'y' } };

test.each<[edits: readonly Edit[], en: string, zh: string]>([
  [[add], 'Added Dropout “drop”', '添加暂退法“drop”'],
  [
    [{ kind: 'groupNodes', node: { ...dropout, id: 'g' }, inputs: [], outputs: [], paths: { conv1: 'a' } }, move('g')],
    'Grouped repeats into 1 block',
    '将重复结构归纳为 1 个块',
  ],
  [[add, move('conv1')], 'Added Dropout “drop”', '添加暂退法“drop”'],
  [[add, { kind: 'addNode', node: { ...dropout, id: 'b' } }], 'Added 2 layers', '添加 2 个层'],
  [[insert], 'Inserted Dropout “drop” after input', '在 input 之后插入暂退法“drop”'],
  [[{ kind: 'removeNodes', nodes: ['conv1'], heal: true }], 'Deleted conv1', '删除 conv1'],
  [[{ kind: 'removeNodes', nodes: ['conv1', 'act1'], heal: true }], 'Deleted 2 layers', '删除 2 个层'],
  [
    [{ kind: 'replaceNode', node: { ...dropout, id: 'act1' }, ports }],
    'Replaced act1 with Dropout',
    '将 act1 替换为暂退法',
  ],
  [[move('conv1'), { kind: 'setOpen', node: 'act1', open: true }], 'Expanded act1', '展开 act1'],
  [['act1', 'conv1'].map((node) => ({ kind: 'setOpen', node, open: false })), 'Collapsed 2 layers', '折叠 2 个层'],
  [[move('conv1')], 'Moved conv1', '移动 conv1'],
  [[move('conv1', 'act1')], 'Moved 2 layers', '移动 2 个层'],
  [[move('conv1', 'note1')], 'Moved 2 items', '移动 2 个对象'],
  [[move('frame1')], 'Moved frame “Features”', '移动分组框“Features”'],
  [[{ kind: 'setPinned', nodes: ['conv1'], pinned: true }], 'Pinned conv1', '固定 conv1 的位置'],
  [[{ kind: 'setPinned', nodes: ['conv1'], pinned: false }], 'Unpinned conv1', '取消固定 conv1'],
  [[{ kind: 'renameNode', node: 'conv1', name: 'first' }], 'Renamed conv1 to first', '将 conv1 重命名为 first'],
  [[kernel('conv1')], 'Set kernel of conv1 to 3×5', '将 conv1 的卷积核设为 3×5'],
  [[kernel('conv1'), kernel('conv2')], 'Set kernel of 2 layers to 3×5', '将 2 个层的卷积核设为 3×5'],
  [
    [kernel('conv1'), { kind: 'setConfig', node: 'conv1', key: 'outChannels', value: 7 }],
    'Changed 2 settings of conv1',
    '更改 conv1 的 2 个设置项',
  ],
  [[{ kind: 'setFrozen', node: 'conv1', frozen: true }], 'Froze conv1', '冻结 conv1'],
  [[{ kind: 'setFrozen', node: 'conv1', frozen: false }], 'Unfroze conv1', '解冻 conv1'],
  [
    [{ kind: 'connect', from: { node: 'conv1', port: 'y' }, to: { node: 'conv2', port: 'x' } }],
    'Connected conv1 to conv2',
    '将 conv1 连接到 conv2',
  ],
  [[{ kind: 'disconnect', edges: [edge.id] }], 'Disconnected input from conv1', '断开 input 与 conv1'],
  [[{ kind: 'disconnect', edges: [edge.id, otherEdge.id] }], 'Deleted 2 connections', '删除 2 条连线'],
  [[{ kind: 'setRecipe', recipe: lenet.recipe }], 'Changed the training settings', '更改训练设置'],
  [[{ kind: 'setData', data: lenet.data }], 'Changed the dataset settings', '更改数据集设置'],
  [
    [{ kind: 'setData', data: { ...lenet.data, transforms: [{ type: 'Grayscale' }] } }],
    'Added transform “Grayscale”',
    '添加变换“灰度化”',
  ],
  [[{ kind: 'rename', name: 'Mine' }], 'Renamed the network to Mine', '将网络重命名为 Mine'],
  [[{ kind: 'setDirection', direction: 'right' }, move('conv1')], 'Set layout to left to right', '改为从左到右布局'],
  [[{ kind: 'setDirection', direction: 'down' }], 'Set layout to top to bottom', '改为从上到下布局'],
  [[{ kind: 'setNote', note: { ...note, id: 'note2' } }], 'Added a note', '添加便签'],
  [[{ kind: 'setNote', note: { ...note, text: 'there' } }], 'Changed a note', '更改便签'],
  [[{ kind: 'setFrame', frame: { ...frame, id: 'f2', title: '' } }], 'Added a frame', '添加分组框'],
  [[{ kind: 'setFrame', frame: { ...frame, colour: 'red' } }], 'Changed frame “Features”', '更改分组框“Features”'],
  [[{ kind: 'removeAnnotations', ids: ['frame1'] }], 'Deleted frame “Features”', '删除分组框“Features”'],
  [[{ kind: 'removeAnnotations', ids: ['note1', 'frame1'] }], 'Deleted 2 items', '删除 2 个对象'],
])('%j', (edits, en, zh) => {
  expect(words({ before: lenet, after: applyEdits(lenet, edits), edits })).toEqual({ en, zh });
});

describe('inside a block', () => {
  const conv2 = lenet.nodes.find(({ id }) => id === 'conv2') as NetworkDocument['nodes'][number];
  const block = {
    id: 'b',
    title: 'Unit',
    nodes: [conv2],
    edges: [],
    inputs: [{ name: 'x', to: [{ node: 'conv2', port: 'x' }] }],
    outputs: [{ name: 'y', from: { node: 'conv2', port: 'y' } }],
    exposed: [],
  };
  const replace: Edit = { kind: 'replaceNode', node: { ...conv2, layer: 'block:b', config: {} }, ports };
  const own = applyEdits(lenet, [{ kind: 'setBlock', block }, replace]);
  const inside = (edit: Edit): Edit => ({ kind: 'editBlock', block: 'b', edits: [edit] });

  test('edits are told like those outside, with the block', () => {
    const edits = [inside({ ...insert, edge: '/in0.y>conv2.x' })];
    expect(words({ before: own, after: applyEdits(own, edits), edits })).toEqual({
      en: 'In “Unit”: inserted Dropout “drop” after x',
      zh: '在“Unit”中：在 x 之后插入暂退法“drop”',
    });
  });

  test('a built-in block that became one of the document is told as that', () => {
    const edits: Edit[] = [{ kind: 'setBlock', block }, replace];
    expect(words({ before: lenet, after: own, edits }).en).toBe('Converted Unit to an editable block');
  });
});

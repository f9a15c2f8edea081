import { describe, expect, test } from 'vitest';
import { UserError } from '../text.ts';
import { clipOf, freeShift, paste, readClip, writeClip } from './clip.ts';
import { type DocumentNode, emptyDocument, type NetworkDocument } from './document.ts';
import { connect } from './drawn.ts';
import { applyEdits, type Edit } from './edits.ts';
import { writeDocument } from './file.ts';

const node = (id: string, y: number): Edit => ({
  kind: 'addNode',
  node: { id, layer: 'relu', name: id, config: {}, position: { x: 0, y } } satisfies DocumentNode,
});
const size = { width: 90, height: 40 };
const doc = applyEdits(emptyDocument, [
  node('in', 0),
  node('conv1', 100),
  node('act1', 200),
  node('out', 300),
  connect('in', 'conv1'),
  connect('conv1', 'act1'),
  connect('act1', 'out'),
  { kind: 'setNote', note: { id: 'note1', text: 'here', position: { x: 300, y: 0 }, size } },
  { kind: 'setFrame', frame: { id: 'frame1', title: 'part', colour: 'blue', position: { x: -20, y: 80 }, size } },
]);
const chosen = ['conv1', 'act1', 'note1', 'frame1'];
const edges = ({ edges }: NetworkDocument): string[] => edges.map(({ id }) => id);
const pasted = (connect: boolean, to = doc): NetworkDocument =>
  applyEdits(to, paste(to, readClip(writeClip(clipOf(doc, chosen))), { x: 24, y: 24 }, connect).edits);

test('a copy has unique ids and names, inner connections, and the given position', () => {
  const after = pasted(false);
  expect(after.nodes.slice(4).map(({ id, name, position }) => [id, name, position.y])).toEqual([
    ['conv2', 'conv2', 124],
    ['act2', 'act2', 224],
  ]);
  expect(edges(after).slice(3)).toEqual(['conv2.y>act2.x']);
  expect(after.notes[1]).toMatchObject({ id: 'note2', text: 'here', position: { x: 324, y: 24 } });
  expect(after.frames[1]).toMatchObject({ id: 'frame2', title: 'part', position: { x: 4, y: 104 } });
});

test('with connections, inputs are connected like the originals, if the sources exist', () => {
  expect(edges(pasted(true)).slice(3)).toEqual(['in.y>conv2.x', 'conv2.y>act2.x']);
  expect(edges(pasted(true, emptyDocument))).toEqual(['conv1.y>act1.x']);
});

test('copies of copies do not overlap exactly', () => {
  const clip = clipOf(doc, ['conv1']);
  const once = applyEdits(doc, paste(doc, clip, freeShift(doc, clip), false).edits);
  expect(freeShift(doc, clip)).toEqual({ x: 24, y: 24 });
  expect(freeShift(once, clip)).toEqual({ x: 48, y: 48 });
  expect(freeShift(emptyDocument, clip)).toEqual({ x: 0, y: 0 });
});

test('non-breaking spaces from mail programs are accepted; an older clip is migrated', () => {
  const text = writeClip(clipOf(doc, chosen));
  expect(readClip(`\n ${text.replaceAll('  ', '\u00a0 ')}\n`)).toEqual(clipOf(doc, chosen));
  const old = JSON.parse(text);
  const { size: _, ...note } = old.notes[0];
  expect(readClip(JSON.stringify({ ...old, version: 1, notes: [note], frames: [] })).notes[0]?.size.width).toBe(200);
});

test.each([
  ['nothing', '', 'no text'],
  ['words', 'hello', 'something other than layers'],
  ['other JSON', '{"a": 1}', 'something other than layers'],
  ['a number', '7', 'something other than layers'],
  ['a whole network', writeDocument(doc), 'whole network'],
  ['a cut-off clip', writeClip(clipOf(doc, chosen)).slice(0, -20), 'damaged or incomplete'],
  ['wrong fields', '{"format": "netloom-clip", "version": 2, "nodes": [{}]}', 'nodes[0].id'],
  ['a newer clip', '{"format": "netloom-clip", "version": 99, "nodes": []}', 'Update Netloom'],
])('%s is not pasted, with a reason', (_, text, words) => {
  expect(() => readClip(text)).toThrow(UserError);
  expect(() => readClip(text)).toThrow(words);
});

test('a copied block adds its definitions, unless the document already has them', () => {
  const definition = (id: string, layer: string) => ({
    id,
    title: id,
    nodes: [{ id: 'inner', layer, name: 'inner', config: {}, position: { x: 0, y: 0 } }],
    edges: [],
    inputs: [{ name: 'x', to: [{ node: 'inner', port: 'x' }] }],
    outputs: [{ name: 'y', from: { node: 'inner', port: 'y' } }],
    exposed: [],
  });
  const use = { id: 'use', layer: 'block:outer', name: 'use', config: {}, position: { x: 0, y: 0 } };
  const source: NetworkDocument = {
    ...emptyDocument,
    nodes: [use],
    blocks: [definition('deep', 'relu'), definition('outer', 'block:deep'), definition('unused', 'relu')],
  };
  const clip = readClip(writeClip(clipOf(source, ['use'])));
  const into = (to: NetworkDocument) => applyEdits(to, paste(to, clip, { x: 24, y: 24 }, false).edits);
  const layers = (to: NetworkDocument) => [...to.blocks, to].flatMap(({ nodes }) => nodes.map(({ layer }) => layer));

  expect(layers(into(emptyDocument))).toEqual(['relu', 'block:deep', 'block:outer']);
  expect(into(source).blocks).toBe(source.blocks);
  const other = { ...emptyDocument, blocks: [definition('outer', 'tanh')] };
  const after = into(other);
  expect(after.blocks.map(({ id }) => id)).toEqual(['outer', 'deep', 'outer2']);
  expect(layers(after)).toEqual(['tanh', 'relu', 'block:deep', 'block:outer2']);
});

describe('a handmade clip with errors is rejected with a reason', () => {
  const layer = { id: 'a', layer: 'relu', name: 'a', config: {}, position: { x: 0, y: 0 } };
  const edge = (from: string, to: string) => ({
    id: 'e',
    from: { node: 'a', port: from },
    to: { node: 'a', port: to },
  });
  const port = { name: 'constructor', to: [] };
  const block = { id: 'b', title: 'b', nodes: [], edges: [], inputs: [], outputs: [], exposed: [] };
  const text = (change: object) =>
    JSON.stringify({ format: 'netloom-clip', version: 3, nodes: [layer], edges: [], ...change });

  test.each<[string, object | string, RegExp]>([
    [
      'a port of another kind',
      { edges: [edge('constructor', 'x')] },
      /cannot be pasted: edges\[0\]\.from\.port: is a res/,
    ],
    ['__proto__', { edges: [edge('y', '__proto__')] }, /edges\[0\]\.to\.port: is a reserved word/],
    [
      'toString in a block',
      { blocks: [{ ...block, inputs: [port] }] },
      /blocks\[0\]\.inputs\[0\]\.name: is a reserved/,
    ],
    [
      'a setting named valueOf',
      { blocks: [{ ...block, exposed: [{ key: 'valueOf', label: '', node: 'a', field: 'f' }] }] },
      /exposed\[0\]\.key: is a reserved word/,
    ],
    [
      'a position too far away',
      { nodes: [{ ...layer, position: { x: 1e9, y: 0 } }] },
      /cannot be pasted: nodes\[0\]\.position\.x: is too far away\. Copy/,
    ],
    [
      'a frame too large',
      { frames: [{ id: 'f', title: '', position: { x: 0, y: 0 }, size: { width: 1e300, height: 1 }, colour: 'red' }] },
      /size\.width/,
    ],
    ['a name of two lines', { nodes: [{ ...layer, name: 'a\nb' }] }, /nodes\[0\]\.name: must be a single line/],
    [
      'lists in lists',
      `{"format":"netloom-clip","nodes":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      /damaged or incomplete/,
    ],
  ])('%s', (_, clip, reason) => {
    expect(() => readClip(typeof clip === 'string' ? clip : text(clip))).toThrow(reason);
  });

  test('twenty thousand layers with the same id are pasted quickly', () => {
    const nodes = Array.from({ length: 20_000 }, () => layer);
    const pasted = paste(emptyDocument, { nodes, edges: [], notes: [], frames: [], blocks: [] }, { x: 0, y: 0 }, false);
    expect(new Set(pasted.nodes).size).toBe(20_000);
  });
});

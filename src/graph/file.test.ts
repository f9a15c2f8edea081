import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { random } from '../random/philox.ts';
import { UserError } from '../text.ts';
import { type DocumentNode, documentSchema, emptyDocument, type NetworkDocument } from './document.ts';
import { readProject, writeDocument, writeProject } from './file.ts';
import { writeSafetensors } from './safetensors.ts';

const document: NetworkDocument = {
  ...emptyDocument,
  name: '网络',
  nodes: [
    { id: 'a', layer: 'fromTheFuture', name: 'odd1', config: { pair: [1, 2], on: true }, position: { x: 1, y: -2.5 } },
  ],
};
const json = (change: object) => strToU8(JSON.stringify({ ...emptyDocument, ...change }));
const noTensors = writeSafetensors(new Map());
const whole = writeProject({ document, weights: noTensors, others: {} });

describe('a project', () => {
  it('is read as it was written, with unknown entries', () => {
    const project = { document, weights: noTensors, others: { 'runs/1.json': strToU8('{}') } };
    expect(readProject(writeProject(project), 'p')).toEqual({ ...project, remarks: [] });
  });

  it('may be plain JSON', () => {
    expect(readProject(strToU8(writeDocument(document)), 'p')).toEqual({
      document,
      weights: null,
      others: {},
      remarks: [],
    });
  });

  it('has the same bytes every time', () => {
    expect(writeProject({ document, weights: noTensors, others: {} })).toEqual(whole);
  });
});

test('a file of version 1 is migrated', () => {
  const { direction: _, frames: __, blocks: ___, ...rest } = emptyDocument;
  const note = { id: 'n', text: 'hello', position: { x: 1, y: 2 } };
  const old = strToU8(JSON.stringify({ ...rest, version: 1, notes: [note] }));
  expect(readProject(old, 'p').document).toEqual({
    ...emptyDocument,
    notes: [{ ...note, size: { width: 200, height: 80 } }],
  });
});

test('a file of version 2 is migrated', () => {
  const { blocks: _, ...rest } = { ...emptyDocument, direction: 'right' as const };
  const old = strToU8(JSON.stringify({ ...rest, version: 2 }));
  expect(readProject(old, 'p').document).toEqual({ ...emptyDocument, direction: 'right' });
});

test('blocks and repeats are read as they were written', () => {
  const inner = { id: 'a', layer: 'relu', name: 'act', config: {}, position: { x: 0, y: 0 } };
  const withBlocks: NetworkDocument = {
    ...emptyDocument,
    nodes: [{ ...inner, id: 'n', layer: 'block:b', repeat: 4 }],
    blocks: [
      {
        id: 'b',
        title: '我的块',
        nodes: [inner],
        edges: [],
        inputs: [{ name: 'x', to: [{ node: 'a', port: 'x' }] }],
        outputs: [{ name: 'y', from: { node: 'a', port: 'y' } }],
        exposed: [{ key: 'k', label: 'Kernel', node: 'a', field: 'kernelSize' }],
      },
    ],
  };
  expect(readProject(strToU8(writeDocument(withBlocks)), 'p').document).toEqual(withBlocks);
});

const far = { id: 'n', layer: 'relu', name: 'n', config: {}, position: { x: 0, y: 0 } };

test.each<[string, Uint8Array, RegExp]>([
  ['cut-off JSON', json({}).subarray(0, 40), /“p” is JSON with an error in line 1, or it ends there/],
  ['cut-off zip', whole.subarray(0, whole.length - 30), /“p” is damaged or incomplete/],
  ['half a zip', whole.subarray(0, whole.length >> 1), /“p” is damaged or incomplete/],
  ['zip with broken JSON', zipSync({ 'network.json': strToU8('{') }), /“p\/network\.json” is JSON with an error/],
  ['JSON of another program', strToU8('{"nodes":[]}'), /“p” is a JSON file with other contents, not a network/],
  ['a block by itself', strToU8('{"format":"netloom-block"}'), /“p” is a block, not a network/],
  ['a JSON list', strToU8('[1]'), /“p” is a JSON file with other contents/],
  ['lists in lists', strToU8(`{"x":${'['.repeat(5000)}${']'.repeat(5000)}}`), /“p” has lists nested too deep/],
  ['lists in lists without end', strToU8('['.repeat(1_000_000)), /“p” has lists nested too deep/],
  ['a layer too far away', json({ nodes: [{ ...far, position: { x: 1e12, y: 0 } }] }), /nodes\[0\]\.position\.x/],
  ['a NUL in a name', json({ nodes: [{ ...far, name: 'f\0c' }] }), /nodes\[0\]\.name: must be a single line/],
  ['an escape sequence in the name', json({ name: '\u001b[2J' }), /name: must be a single line/],
  ['a newer version', json({ version: 99 }), /format version 99, but this version of Netloom reads up to 3/],
  ['no version', json({ version: undefined }), /invalid fields: version: /],
  ['an edge without end', json({ edges: [{ id: 'e', from: { node: 'a', port: 'y' } }] }), /edges\[0\]\.to: /],
  [
    'no learning rate',
    json({ recipe: { ...emptyDocument.recipe, optimizer: { ...emptyDocument.recipe.optimizer, learningRate: null } } }),
    /recipe\.optimizer\.learningRate: /,
  ],
  [
    'a block repeated half a time',
    json({ nodes: [{ id: 'n', layer: 'l', name: 'n', config: {}, position: { x: 0, y: 0 }, repeat: 0.5 }] }),
    /nodes\[0\]\.repeat: /,
  ],
  ['two layers of one id', json({ nodes: [far, { ...far, name: 'm' }] }), /nodes\[1\]\.id: is the id of another layer/],
  ['many wrong fields', json({ nodes: [{}, {}] }), /nodes\[0\]\.id: .*; …\. Correct them/],
])('refuses: %s', (_, bytes, message) => {
  expect(() => readProject(bytes, 'p')).toThrow(message);
  expect(() => readProject(bytes, 'p')).toThrow(UserError);
});

const node = (id: string, change: Partial<DocumentNode> = {}): DocumentNode => ({
  id,
  layer: 'relu',
  name: id,
  config: {},
  position: { x: 0, y: 0 },
  ...change,
});
const two = [node('a'), node('b', { position: { x: 0, y: 100 } })];
const ownBlock = { id: 'own', title: 'own', nodes: [], edges: [], inputs: [], outputs: [], exposed: [] };
const edge = { id: 'e', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } };
const { optimizer } = emptyDocument.recipe;

describe('lenient reading keeps all readable parts and reports the others', () => {
  test.each<[string, object, Partial<NetworkDocument>, readonly RegExp[]]>([
    ['a whole network', { nodes: two, edges: [edge] }, { nodes: two, edges: [edge] }, []],
    ['a newer version', { version: 99, nodes: two }, { version: 3, nodes: two }, [/version 99; .* up to 3/]],
    ['no version', { version: undefined }, { version: 3 }, [/“version” is missing/]],
    [
      'fields of the future',
      { version: 4, nodes: [{ ...two[0], colour: 'red' }], recipe: { ...emptyDocument.recipe, ema: 1 }, 'x y': 1 },
      { nodes: [two[0] as DocumentNode] },
      [/version 4/, /left out: nodes\[0\]\.colour, recipe\.ema, \["x y"\]\./],
    ],
    ['a layer of the future', { nodes: [node('a', { layer: 'new' })] }, { nodes: [node('a', { layer: 'new' })] }, []],
    [
      'a config value of the future',
      { nodes: [{ ...two[0], config: { kernelSize: { at: 1 }, groups: 2 } }] },
      { nodes: [node('a', { config: { groups: 2 } })] },
      [/“config\.kernelSize” of layer “a”/],
    ],
    [
      'a connection without its layer',
      { nodes: two, edges: [edge, { ...edge, id: 'f', to: { node: 'c', port: 'x' } }] },
      { edges: [edge] },
      [/without a layer at one end .*: a → c\./],
    ],
    [
      'half a connection',
      { nodes: two, edges: [{ id: 'f', from: edge.from }, edge] },
      { edges: [edge] },
      [/Connection #1 /],
    ],
    [
      'layers without positions',
      { nodes: [two[1], { ...two[0], position: null }, { ...node('c'), position: { x: 'left', y: 0 } }] },
      {
        nodes: [
          two[1] as DocumentNode,
          node('a', { position: { x: 0, y: 220 } }),
          node('c', { position: { x: 220, y: 220 } }),
        ],
      },
      [/position of layer “a” could not/, /position of layer “c” could not/],
    ],
    [
      'entries that are not layers',
      { nodes: [7, two[0], { id: 'q' }, null], edges: [edge] },
      { nodes: [two[0] as DocumentNode], edges: [] },
      [/Layer #1 /, /Layer #3 /, /Layer #4 /, /a → b/],
    ],
    [
      'two layers with one id',
      { nodes: [two[0], { ...two[1], id: 'a' }] },
      { nodes: [two[0] as DocumentNode, { ...(two[1] as DocumentNode), id: 'a-2' }] },
      [/“b” has the same id “a” as another layer/],
    ],
    [
      'a layer without a name',
      { nodes: [{ ...two[0], name: '' }] },
      { nodes: [node('a', { name: 'relu-1' })] },
      [/#1/],
    ],
    [
      'layers too far away, and one at the edge',
      { nodes: [{ ...two[0], position: { x: 0, y: 1e12 } }, node('b', { position: { x: -1e7, y: 1e7 } })] },
      { nodes: [node('a', { position: { x: 0, y: 120 } }), node('b', { position: { x: -1e7, y: 1e7 } })] },
      [/position of layer “a” could not/],
    ],
    [
      'names with invisible characters',
      {
        name: 'a\0b',
        nodes: [
          { ...two[0], name: '\u001b[31mred\n' },
          { ...two[1], name: '\u202e' },
        ],
        frames: [{ id: 'f', title: 'x\0', position: { x: 0, y: 0 }, size: { width: 9, height: 9 }, colour: 'grey' }],
        blocks: [{ ...ownBlock, title: 'b\0', nodes: [node('c', { name: 'c\0' })] }],
      },
      {
        name: 'ab',
        nodes: [node('a', { name: '[31mred' }), node('b', { name: 'relu-2', position: { x: 0, y: 100 } })],
        frames: [{ id: 'f', title: 'x', position: { x: 0, y: 0 }, size: { width: 9, height: 9 }, colour: 'grey' }],
        blocks: [{ ...ownBlock, title: 'b', nodes: [node('c')] }],
      },
      [/now “ab”/, /now “\[31mred”/, /#2 has no name/, /now “c”/],
    ],
    [
      'a block whose layer lies too far away, and one without ports',
      {
        blocks: [
          { ...ownBlock, nodes: [node('c', { position: { x: 1e300, y: 0 } })] },
          { ...ownBlock, id: 'other', inputs: null },
        ],
      },
      { blocks: [{ ...ownBlock, nodes: [node('c', { position: { x: 0, y: 120 } })] }] },
      [/position of layer “c” could not/, /Block “own” could not be read/],
    ],
    ['no layers at all', { nodes: undefined }, { nodes: [] }, [/“nodes” is missing/]],
    [
      'no learning rate',
      { recipe: { ...emptyDocument.recipe, optimizer: { ...optimizer, learningRate: null } } },
      { recipe: emptyDocument.recipe },
      [/“recipe\.optimizer\.learningRate” could not be read\. The default, 0\.1,/],
    ],
    [
      'an optimizer of the future',
      { recipe: { ...emptyDocument.recipe, optimizer: { kind: 'lion', beta: 0.9 } } },
      { recipe: emptyDocument.recipe },
      [/Unknown optimizer “lion”\. Using SGD/],
    ],
    [
      'a schedule of the future and no epochs',
      { recipe: { ...emptyDocument.recipe, schedule: { kind: 'wave' }, epochs: -1 } },
      { recipe: emptyDocument.recipe },
      [/“recipe\.schedule” could not be read and was left out/, /“recipe\.epochs” .* 10/],
    ],
    [
      'half of the data',
      { data: { source: 'xor' } },
      { data: { ...emptyDocument.data, source: 'xor' } },
      [/data\./, /data\./],
    ],
    [
      'damaged notes and frames',
      {
        notes: [{ id: 'n', text: 'hi', position: { x: 0, y: 0 } }, { id: 'm' }],
        frames: [{ id: 'f', title: 't', position: { x: 0, y: 0 }, size: { width: 9, height: 9 }, colour: 'pink' }],
      },
      {
        notes: [{ id: 'n', text: 'hi', position: { x: 0, y: 0 }, size: { width: 200, height: 80 } }],
        frames: [{ id: 'f', title: 't', position: { x: 0, y: 0 }, size: { width: 9, height: 9 }, colour: 'grey' }],
      },
      [/Note #2/],
    ],
  ])('%s', (_, change, expected, remarks) => {
    const read = readProject(json(change), 'p', 'lenient');
    expect(read.document).toMatchObject(expected);
    expect(documentSchema.parse(read.document)).toEqual(read.document);
    expect(read.remarks.map(({ en }) => en)).toEqual(remarks.map((remark) => expect.stringMatching(remark)));
  });

  it('reads 20,000 equal ids, layers and connections quickly', () => {
    const many = Array.from({ length: 20_000 }, () => node('a'));
    const edges = Array.from({ length: 20_000 }, () => ({ ...edge, to: { node: 'a', port: 'x' } }));
    const { document, remarks } = readProject(json({ nodes: many, edges: edges }), 'p', 'lenient');
    expect(new Set(document.nodes.map(({ id }) => id)).size).toBe(20_000);
    expect(new Set(document.edges.map(({ id }) => id)).size).toBe(20_000);
    expect(remarks.length).toBeLessThan(40);
  });

  it('reads incomplete JSON up to the last complete value', () => {
    const text = strFromU8(json({ nodes: two, edges: [edge] }));
    const cut = strToU8(text.slice(0, text.indexOf('"layer"', text.indexOf('"b"'))));
    const { document, remarks } = readProject(cut, 'p', 'lenient');
    expect(document.nodes).toEqual([two[0]]);
    expect(remarks.map(({ en }) => en)).toEqual([
      expect.stringMatching(/read up to line \d+;/),
      expect.stringMatching(/Layer #2 /),
      ...['edges', 'data', 'recipe', 'direction', 'notes', 'frames', 'blocks'].map((part) =>
        expect.stringMatching(part),
      ),
    ]);
  });

  it('rejects files without a network', () => {
    expect(() => readProject(strToU8('{"nodes":[]}'), 'p', 'lenient')).toThrow(/not a network/);
  });

  it('reads a valid document from any randomly damaged file', () => {
    const whole = JSON.parse(writeDocument({ ...document, nodes: two, edges: [edge] })) as Record<string, unknown>;
    const next = random(7, 'damage');
    for (let round = 0; round < 300; round++) {
      const damaged = JSON.parse(JSON.stringify(whole));
      for (let n = 0; n < 3; n++) damage(damaged, next);
      damaged.format = 'netloom';
      const read = readProject(strToU8(JSON.stringify(damaged)), 'p', 'lenient');
      expect(documentSchema.parse(read.document)).toEqual(read.document);
    }
  });
});

/** Removes or replaces one part at any depth. */
function damage(json: Record<string, unknown>, { below }: Pick<ReturnType<typeof random>, 'below'>): void {
  let at: Record<string, unknown> = json;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[below(Math.max(1, keys.length))] ?? 'none';
    const inner = at[key];
    if (typeof inner === 'object' && inner !== null && below(3) > 0) {
      at = inner as Record<string, unknown>;
      continue;
    }
    at[key] = [null, undefined, -1, 'x', [], {}, [{}]][below(7)];
    return;
  }
}

test('strict reading reports unknown fields', () => {
  expect(readProject(json({ comment: 'mine' }), 'p').remarks.map(({ en }) => en)).toEqual([
    expect.stringMatching(/left out: comment\./),
  ]);
});

import { describe, expect, it } from 'vitest';
import {
  type BlockDefinition,
  blockLayer,
  type Config,
  type DocumentNode,
  emptyDocument,
  type NetworkDocument,
} from '../graph/document.ts';
import { applyEdit, applyEdits, type Edit } from '../graph/edits.ts';
import { check, createChecker } from './check.ts';
import { leafReports } from './leafReports.ts';

const node = (name: string, layer: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  id: name,
  layer,
  name,
  config: {},
  position: { x: 0, y: 0 },
  ...more,
});

/** A chain of the nodes, edges from y to x. */
function chain(...nodes: readonly DocumentNode[]) {
  return applyEdits({ ...emptyDocument, data: { ...emptyDocument.data, source: 'images/' } }, [
    ...nodes.map((added): Edit => ({ kind: 'addNode', node: added })),
    ...nodes.slice(1).map(({ id }, i): Edit => {
      return { kind: 'connect', from: { node: nodes[i]?.id ?? '', port: 'y' }, to: { node: id, port: 'x' } };
    }),
  ]);
}

/** A block of that chain, from the input of the first node to the output of the last. */
function blockOf(id: string, exposed: BlockDefinition['exposed'], ...nodes: readonly DocumentNode[]): BlockDefinition {
  return {
    id,
    title: id,
    nodes,
    edges: chain(...nodes).edges,
    inputs: [{ name: 'x', to: [{ node: nodes[0]?.id ?? '', port: 'x' }] }],
    outputs: [{ name: 'y', from: { node: nodes.at(-1)?.id ?? '', port: 'y' } }],
    exposed,
  };
}

const conv = (name: string, config: Config = {}) =>
  node(name, 'conv2d', { config: { outChannels: 8, kernelSize: [3, 3], padding: [1, 1], ...config } });

const unit = blockOf(
  'unit',
  [{ key: 'filters', label: 'Filters', node: 'conv', field: 'outChannels' }],
  conv('conv'),
  node('act', 'relu'),
);
const stage = blockOf('stage', [], node('first', blockLayer('unit')), node('rest', blockLayer('unit'), { repeat: 2 }));

/** input → s → flatten → fc → out, where s is an instance of the block `stage`. */
const head = [
  node('flat', 'flatten'),
  node('fc', 'linear', { config: { outFeatures: 10 } }),
  node('out', 'classifier'),
];
const network = (s: DocumentNode, blocks: readonly BlockDefinition[] = [unit, stage]): NetworkDocument => ({
  ...chain(node('input', 'input', { config: { shape: [3, 8, 8] } }), s, ...head),
  blocks,
});
const whole = network(node('s', blockLayer('stage')));
const names = (doc: NetworkDocument) => check(doc).graph?.nodes.map((leaf) => leaf.node.name);

describe('a block of blocks', () => {
  it('is compiled to its layers, named by their paths', () => {
    expect(names(whole)).toEqual([
      'input',
      's/first/conv',
      's/first/act',
      's/rest/1/conv',
      's/rest/1/act',
      's/rest/2/conv',
      's/rest/2/act',
      'flat',
      'fc',
      'out',
    ]);
  });

  it('connects its copies in sequence', () => {
    const from = Object.fromEntries(check(whole).graph?.nodes.map((leaf) => [leaf.node.id, leaf.from.x?.node]) ?? []);
    expect(from).toMatchObject({
      's/first/conv': 'input',
      's/rest/1/conv': 's/first/act',
      's/rest/2/conv': 's/rest/1/act',
      flat: 's/rest/2/act',
    });
  });

  it('sums up the layers inside', () => {
    const { nodes, totals } = check(whole);
    const [first, rest] = [3 * 8 * 9 + 8, 8 * 8 * 9 + 8];
    expect(nodes.get('s')).toMatchObject({
      outputs: { y: [8, 8, 8] },
      params: first + 2 * rest,
      trainableParams: first + 2 * rest,
      macs: 64 * 9 * (3 * 8 + 2 * 64),
      activationBytes: 6 * 4 * 512,
    });
    expect(totals.params).toBe(first + 2 * rest + 512 * 10 + 10);
    const rows = leafReports(check(whole));
    expect(rows.reduce((sum, { params }) => sum + params, 0)).toBe(totals.params);
    expect(rows.map(({ name }) => name)).toEqual(names(whole));
  });

  it('freezes all layers inside', () => {
    const result = check(applyEdit(whole, { kind: 'setFrozen', node: 's', frozen: true }));
    expect(result.totals.trainableParams).toBe(5130);
    expect(result.graph?.nodes.filter(({ node }) => node.frozen)).toHaveLength(6);
    expect(leafReports(result).reduce((sum, leaf) => sum + leaf.trainableParams, 0)).toBe(5130);
  });

  it('keeps layers frozen that are frozen inside', () => {
    const inner: Edit = { kind: 'setFrozen', node: 'conv', frozen: true };
    const result = check(applyEdit(whole, { kind: 'editBlock', block: 'unit', edits: [inner] }));
    expect(result.totals.trainableParams).toBe(5130);
  });
});

describe('exposed config', () => {
  it('is set on the block and applied inside', () => {
    const doc = network(node('u', blockLayer('unit'), { config: { filters: 5 } }), [unit]);
    expect(check(doc).nodes.get('u')?.outputs).toEqual({ y: [5, 8, 8] });
  });

  it('has the value inside as default, and its bounds', () => {
    const doc = network(node('u', blockLayer('unit')), [unit]);
    expect(check(doc).nodes.get('u')?.outputs).toEqual({ y: [8, 8, 8] });
    const wrong = network(node('u', blockLayer('unit'), { config: { filters: 0 } }), [unit]);
    expect(check(wrong).diagnostics).toMatchObject([{ code: 'invalid-config', node: 'u', port: 'config.filters' }]);
  });
});

describe('a problem inside', () => {
  const broken = (config: Config, exposed: BlockDefinition['exposed'] = []) =>
    network(node('s', blockLayer('stage')), [
      { ...unit, exposed, nodes: [conv('conv', config), node('act', 'relu')] },
      stage,
    ]);

  it('is reported at the block once, with the path', () => {
    const { graph, diagnostics } = check(broken({ kernelSize: [20, 20], padding: [0, 0] }));
    expect(graph).toBeNull();
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'window-too-large',
        node: 's',
        inside: { path: ['s', 'first', 'conv'], block: 's/first', name: 's/first/conv' },
      },
    ]);
    expect(diagnostics[0]?.message.en).toMatch(/^Inside “s\/first”: .*“conv”/);
    expect(diagnostics[0]?.message.zh).toMatch(/^在“s\/first”内：/);
  });

  it('is fixed by edits of the block that contains it', () => {
    const doc = broken({ kernelSize: [20, 20], padding: [0, 0] });
    const fixes = check(doc).diagnostics[0]?.fixes ?? [];
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes.some(({ edits }) => check(applyEdits(doc, edits)).graph !== null)).toBe(true);
    for (const { edits } of fixes) expect(edits).toMatchObject([{ kind: 'editBlock', block: 'unit' }]);
  });

  it('is fixed on the block if the setting is exposed', () => {
    const exposed = [{ key: 'k', label: 'Kernel', node: 'conv', field: 'kernelSize' }];
    const doc = network(node('u', blockLayer('unit')), [
      { ...unit, exposed, nodes: [conv('conv', { kernelSize: [20, 20], padding: [0, 0] }), node('act', 'relu')] },
    ]);
    const [diagnostic] = check(doc).diagnostics;
    const edits = diagnostic?.fixes.flatMap((fix) => fix.edits) ?? [];
    expect(edits).toContainEqual(expect.objectContaining({ kind: 'setConfig', node: 'u', key: 'k' }));
    for (const fix of diagnostic?.fixes ?? []) expect(check(applyEdits(doc, fix.edits)).graph).not.toBeNull();
  });

  it('of a built-in block is fixed by its settings', () => {
    const doc = network(node('u', 'convUnit', { config: { kernelSize: [20, 20], padding: [0, 0] } }), []);
    const [diagnostic] = check(doc).diagnostics;
    expect(diagnostic).toMatchObject({ node: 'u', port: null, inside: { path: ['u', 'conv'] } });
    const mended = diagnostic?.fixes.map((fix) => check(applyEdits(doc, fix.edits)).graph !== null);
    expect(mended).toContain(true);
  });

  it('of a block that nothing uses is a warning', () => {
    const doc = applyEdit(broken({ kernelSize: [20, 20], padding: [0, 0] }), {
      kind: 'connect',
      from: { node: 'input', port: 'y' },
      to: { node: 'flat', port: 'x' },
    });
    expect(check(doc).diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it.each<[string, readonly BlockDefinition[], string]>([
    ['an open input', [{ ...unit, inputs: [{ name: 'x', to: [] }] }, stage], 'unconnected-input'],
    ['an unknown layer', [{ ...unit, nodes: [conv('conv'), node('act', 'nothing')] }, stage], 'unknown-layer'],
    ['a missing block', [stage], 'missing-block'],
    ['an end', [blockOf('unit', [], node('conv', 'input'), node('act', 'relu')), stage], 'end-in-block'],
    [
      'an output from a missing port',
      [{ ...unit, outputs: [{ name: 'y', from: { node: 'act', port: 'z' } }] }, stage],
      'lost-output',
    ],
    [
      'a loop of connections',
      [
        {
          ...unit,
          edges: [
            ...unit.edges,
            { id: 'act.y>conv.x', from: { node: 'act', port: 'y' }, to: { node: 'conv', port: 'x' } },
          ],
          inputs: [{ name: 'x', to: [] }],
        },
        stage,
      ],
      'cycle',
    ],
    [
      'two nodes of one name',
      [{ ...unit, nodes: [conv('conv'), node('act', 'relu', { name: 'conv' })] }, stage],
      'duplicate-name',
    ],
  ])('is reported: %s', (_, blocks, code) => {
    const { graph, diagnostics } = check(network(node('s', blockLayer('stage')), blocks));
    expect(graph).toBeNull();
    expect(diagnostics.map((found) => found.code)).toContain(code);
    for (const { node } of diagnostics) expect(node).toBe('s');
  });
});

describe('blocks that contain themselves', () => {
  const self = blockOf('self', [], conv('conv'), node('again', blockLayer('self')));
  const a = blockOf('a', [], node('inB', blockLayer('b')));
  const b = blockOf('b', [], node('inA', blockLayer('a')));
  const outer = blockOf('outer', [], node('inner', blockLayer('self')));

  it.each<[string, string, readonly BlockDefinition[]]>([
    ['at once', 'self', [self]],
    ['by another', 'a', [a, b]],
    ['by another, named second', 'b', [a, b]],
    ['deeper down', 'outer', [outer, self]],
  ])('%s are reported as a problem', (_, id, blocks) => {
    const { graph, diagnostics } = check(network(node('s', blockLayer(id)), blocks));
    expect(graph).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(['block-cycle']);
  });

  it('are ignored if not used', () => {
    expect(check(network(node('u', 'convUnit'), [self, a, b])).diagnostics).toEqual([]);
  });
});

describe('repeating', () => {
  it('follows the shapes from copy to copy', () => {
    const doc = network(node('v', 'vggBlock', { repeat: 3, config: { convs: 1, channels: 4 } }), []);
    expect(check(doc).nodes.get('v')?.outputs).toEqual({ y: [4, 1, 1] });
  });

  it('names the copy that does not fit after the one before, and fixes it', () => {
    const doc = network(node('v', 'vggBlock', { repeat: 5, config: { convs: 1, channels: 4 } }), []);
    const [first] = check(doc).diagnostics;
    expect(first).toMatchObject({ code: 'repeat-misfit', node: 'v', port: 'repeat' });
    expect(first?.message.en).toContain('Copy 4');
    expect(check(applyEdits(doc, first?.fixes[0]?.edits ?? [])).diagnostics).toEqual([]);
  });

  it('needs one input and one output', () => {
    const two: BlockDefinition = {
      ...blockOf('two', [], node('sum', 'add')),
      inputs: ['a', 'b'].map((name, i) => ({ name, to: [{ node: 'sum', port: `x${i}` }] })),
    };
    const doc = applyEdits(network(node('t', blockLayer('two'), { repeat: 2 }), [two]), [
      { kind: 'connect', from: { node: 'input', port: 'y' }, to: { node: 't', port: 'a' } },
      { kind: 'connect', from: { node: 'input', port: 'y' }, to: { node: 't', port: 'b' } },
      { kind: 'disconnect', edges: ['input.y>t.x'] },
    ]);
    const [first] = check(doc).diagnostics;
    expect(first?.code).toBe('repeat-ports');
    expect(check(applyEdits(doc, first?.fixes[0]?.edits ?? [])).diagnostics).toEqual([]);
  });

  it('is not possible for layers', () => {
    const doc = network(node('r', 'relu', { repeat: 2 }), []);
    const [first] = check(doc).diagnostics;
    expect(first).toMatchObject({ code: 'repeat-layer', node: 'r' });
    expect(check(applyEdits(doc, first?.fixes[0]?.edits ?? [])).diagnostics).toEqual([]);
  });
});

describe('checking again', () => {
  const leaves = (result: ReturnType<typeof check>) => result.graph?.nodes ?? [];

  it('keeps the layers of a block that an edit does not change', () => {
    const checkAgain = createChecker();
    const before = checkAgain(whole);
    const edits: Edit[] = [
      { kind: 'setConfig', node: 'fc', key: 'outFeatures', value: 10 },
      { kind: 'move', positions: { s: { x: 90, y: 90 } } },
      { kind: 'renameNode', node: 'fc', name: 'last' },
    ];
    for (const edit of edits) {
      const now = checkAgain(applyEdit(whole, edit));
      expect(leaves(now).slice(1, 7)).toEqual(leaves(before).slice(1, 7));
      for (let i = 1; i < 7; i++) expect(leaves(now)[i]).toBe(leaves(before)[i]);
      expect(now.nodes.get('s')).toBe(before.nodes.get('s'));
    }
  });

  it('keeps blocks if another block of the document changes', () => {
    const other = blockOf('other', [], node('only', 'tanh'));
    const start = { ...whole, blocks: [...whole.blocks, other] };
    const checkAgain = createChecker();
    const before = checkAgain(start);
    const now = checkAgain(applyEdit(start, { kind: 'renameBlock', block: 'other', title: 'renamed' }));
    for (let i = 1; i < 7; i++) expect(leaves(now)[i]).toBe(leaves(before)[i]);
  });

  it('equals a check without cache after any edit inside or outside', () => {
    const edits: Edit[] = [
      { kind: 'editBlock', block: 'unit', edits: [{ kind: 'setConfig', node: 'conv', key: 'padding', value: [0, 0] }] },
      {
        kind: 'editBlock',
        block: 'unit',
        edits: [{ kind: 'setConfig', node: 'conv', key: 'kernelSize', value: [9, 9] }],
      },
      { kind: 'setConfig', node: 'input', key: 'shape', value: [3, 16, 16] },
      { kind: 'setRepeat', node: 's', repeat: 2 },
      { kind: 'editBlock', block: 'stage', edits: [{ kind: 'setRepeat', node: 'rest', repeat: 4 }] },
      { kind: 'renameNode', node: 's', name: 'trunk' },
      { kind: 'setFrozen', node: 's', frozen: true },
      { kind: 'setConfig', node: 'input', key: 'shape', value: [1, 40, 40] },
      { kind: 'editBlock', block: 'unit', edits: [{ kind: 'removeNodes', nodes: ['act'], heal: false }] },
    ];
    const checkAgain = createChecker();
    let doc = whole;
    checkAgain(doc);
    for (const edit of edits) {
      doc = applyEdit(doc, edit);
      const [again, fresh] = [checkAgain(doc), check(doc)];
      expect(again.diagnostics).toEqual(fresh.diagnostics);
      expect(again.totals).toEqual(fresh.totals);
      expect(again.graph?.nodes).toEqual(fresh.graph?.nodes);
      expect(leafReports(again)).toEqual(leafReports(fresh));
    }
  });
});

import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdit, applyEdits, type Edit } from '../graph/edits.ts';
import { planDissolve } from './dissolve.ts';
import { planBlock } from './makeBlock.ts';

const open = (id: string): NetworkDocument => templateOf(id)?.document ?? emptyDocument;
const lenet = open('lenet_modern');

function make(doc: NetworkDocument, selected: readonly string[], title = 'Mine'): NetworkDocument {
  const { edit, refused } = planBlock(doc, selected, title);
  if (edit === null) throw new Error(refused.en);
  return applyEdit(doc, edit);
}

function dissolve(doc: NetworkDocument, node: string): NetworkDocument {
  const edit = planDissolve(doc, check(doc), node);
  if (edit === null) throw new Error(`'${node}' cannot be ungrouped`);
  return applyEdit(doc, edit);
}

/** The network without names and order: the type of each layer and of its inputs. */
function structure(doc: NetworkDocument): readonly string[] {
  const nodes = check(doc).graph?.nodes ?? [];
  const kinds = new Map(nodes.map(({ node, layer, outputs }) => [node.id, [layer.type, outputs]]));
  const rows = nodes.map(({ layer, config, outputs, from }) => {
    const sources = Object.entries(from).map(([port, end]) => [port, kinds.get(end.node), end.port]);
    return JSON.stringify([layer.type, config, outputs, sources]);
  });
  return rows.sort();
}

describe('a block made of a selection', () => {
  it('computes the same as the selected layers', () => {
    const made = make(lenet, ['conv1', 'act1', 'pool1']);
    expect(made.nodes.map(({ name }) => name)).toContain('block1');
    expect(check(made).diagnostics).toEqual(check(lenet).diagnostics);
    expect(structure(made)).toEqual(structure(lenet));
    expect(check(made).totals).toEqual(check(lenet).totals);
    expect(made.blocks).toMatchObject([{ title: 'Mine', inputs: [{ name: 'x' }], outputs: [{ name: 'y' }] }]);
  });

  it('may contain blocks, and be grouped again', () => {
    const once = make(lenet, ['conv1', 'act1', 'pool1']);
    const twice = make(once, ['block1', 'conv2'], 'Outer');
    expect(twice.blocks).toHaveLength(2);
    expect(structure(twice)).toEqual(structure(lenet));
  });

  it('has one port per output that feeds it and one per output used outside', () => {
    const edge = (from: string, to: string, port: string): Edit => ({
      kind: 'connect',
      from: { node: from, port: 'y' },
      to: { node: to, port },
    });
    const at = (id: string, layer: string, config = {}): Edit => ({
      kind: 'addNode',
      node: { id, layer, name: id, config, position: { x: 0, y: 0 } },
    });
    const doc = applyEdits(emptyDocument, [
      at('in', 'input', { shape: [4] }),
      at('a', 'relu'),
      at('b', 'tanh'),
      at('sum', 'add'),
      at('out', 'regression'),
      at('end', 'regression'),
      edge('in', 'a', 'x'),
      edge('in', 'b', 'x'),
      edge('a', 'sum', 'x0'),
      edge('b', 'sum', 'x1'),
      edge('a', 'out', 'x'),
      edge('sum', 'end', 'x'),
    ]);
    const made = make(doc, ['a', 'b', 'sum']);
    const [block] = made.blocks;
    expect(block?.inputs).toEqual([{ name: 'x', to: ['a', 'b'].map((node) => ({ node, port: 'x' })) }]);
    expect(block?.outputs.map(({ from }) => from?.node)).toEqual(['a', 'sum']);
    expect(structure(made)).toEqual(structure(doc));
    expect(structure(dissolve(made, 'block1'))).toEqual(structure(doc));
  });

  it.each<[string, readonly string[], RegExp]>([
    ['nothing', [], /Select the layers/],
    ['an end', ['fc3', 'classes'], /“classes” is an input or output/],
    ['layers with others between', ['conv1', 'pool1'], /“act1” is between/],
  ])('cannot be made of: %s', (_, selected, reason) => {
    expect(planBlock(lenet, selected, 'Mine').refused?.en).toMatch(reason);
  });
});

describe('an ungrouped block', () => {
  it('leaves its layers, with unique names', () => {
    const made = make(lenet, ['conv1', 'act1', 'pool1']);
    const back = dissolve(made, 'block1');
    expect(structure(back)).toEqual(structure(lenet));
    expect(new Set(back.nodes.map(({ name }) => name)).size).toBe(back.nodes.length);
  });

  it.each([
    'resnet18_d2l',
    'googlenet_d2l',
    'densenet_d2l',
    'vgg11_d2l',
    'nin_d2l',
    'resnet20_cifar',
  ])('of %s computes the same', (id) => {
    let doc = open(id);
    const before = structure(doc);
    const blocks = () => doc.nodes.filter((node) => check(doc).nodes.get(node.id)?.inside !== null);
    for (const { id: node } of blocks()) doc = dissolve(doc, node);
    expect(structure(doc)).toEqual(before);
    expect(check(doc).totals).toEqual(check(open(id)).totals);
    const ids = doc.nodes.map(({ id: node }) => node);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('with repeats leaves all copies', () => {
    const made = make(lenet, ['act1']);
    const doc = applyEdit(made, { kind: 'setRepeat', node: 'block1', repeat: 3 });
    const back = dissolve(doc, 'block1');
    expect(structure(back)).toEqual(structure(doc));
    expect(back.nodes).toHaveLength(lenet.nodes.length + 2);
  });
});

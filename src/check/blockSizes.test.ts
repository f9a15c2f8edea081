import { expect, test } from 'vitest';
import { type BlockDefinition, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { node } from '../graph/drawn.ts';
import { applyEdits } from '../graph/edits.ts';
import { check } from './check.ts';

const edge = (from: string, to: string) => ({
  id: `${from}>${to}`,
  from: { node: from, port: 'y' },
  to: { node: to, port: 'x' },
});
/** A block of these nodes in sequence. */
const block = (id: string, nodes: readonly DocumentNode[]): BlockDefinition => ({
  id,
  title: id,
  nodes,
  edges: nodes.slice(1).map((each, i) => edge(nodes[i]?.id ?? '', each.id)),
  inputs: [{ name: 'x', to: nodes.slice(0, 1).map((each) => ({ node: each.id, port: 'x' })) }],
  outputs: [{ name: 'y', from: { node: nodes.at(-1)?.id ?? '', port: 'y' } }],
  exposed: [],
});
const chain = (blocks: readonly BlockDefinition[], repeat = 1): NetworkDocument => ({
  ...emptyDocument,
  nodes: [
    node('input', 'input', { config: { shape: [1, 28, 28] } }),
    node('flat', 'flatten'),
    node('blk', `block:b${blocks.length - 1}`, { repeat }),
    node('fc', 'linear', { config: { outFeatures: 10 } }),
    node('out', 'classifier'),
  ],
  edges: [edge('input', 'flat'), edge('flat', 'blk'), edge('blk', 'fc'), edge('fc', 'out')],
  blocks,
});
const levels = (count: number, inside: (level: number) => BlockDefinition): readonly BlockDefinition[] =>
  Array.from({ length: count }, (_, level) => (level === 0 ? block('b0', [node('r', 'relu')]) : inside(level)));
const within = (level: number, ...more: readonly Partial<DocumentNode>[]) =>
  more.map((change, i) => node(`p${i}`, `block:b${level - 1}`, change));

const twice = levels(31, (level) => block(`b${level}`, within(level, {}, {})));
/** Two copies in parallel, and their sum. */
const beside = levels(31, (level) => {
  const parts = within(level, {}, {});
  const ends = parts.map((part, i) => ({ ...edge(part.id, 'sum'), to: { node: 'sum', port: `x${i}` } }));
  const inputs = [{ name: 'x', to: parts.map(({ id }) => ({ node: id, port: 'x' })) }];
  const outputs = [{ name: 'y', from: { node: 'sum', port: 'y' } }];
  return { ...block(`b${level}`, []), nodes: [...parts, node('sum', 'add')], edges: ends, inputs, outputs };
});
const often = levels(3, (level) => block(`b${level}`, within(level, { repeat: 1000 })));
const deep = levels(1500, (level) => block(`b${level}`, within(level, {})));

test.each<[string, NetworkDocument, string]>([
  ['two of each in the next', chain(twice), 'too-many-layers'],
  ['two side by side', chain(beside), 'too-many-layers'],
  ['a thousand times a thousand times a thousand', chain(often, 1000), 'too-many-layers'],
  ['1,500 levels', chain(deep), 'blocks-too-deep'],
  ['1,500 levels, the outermost first', { ...chain(deep), blocks: deep.toReversed() }, 'blocks-too-deep'],
])('nested blocks with too many layers are reported quickly: %s', (_, doc, code) => {
  const { diagnostics, graph, totals } = check(doc);
  expect(graph).toBeNull();
  expect(new Set(diagnostics.filter(({ severity }) => severity === 'error').map((each) => each.code))).toEqual(
    new Set([code]),
  );
  expect(diagnostics.length).toBeLessThan(200);
  expect(totals.params).toBeLessThan(1e9);
});

test('twenty thousand layers are allowed, and one more repeat is fixed by its fix', () => {
  const doc = chain(
    levels(1, () => block('', [])),
    1,
  );
  const repeated = (repeat: number) => ({
    ...doc,
    blocks: [...doc.blocks, block('b1', within(1, { repeat: 30 }))],
    nodes: doc.nodes.map((each) => (each.id === 'blk' ? { ...each, layer: 'block:b1', repeat } : each)),
  });
  expect(check(repeated(500)).graph?.nodes.length).toBe(15_000 + 4);
  const tooMany = repeated(1000);
  const [problem] = check(tooMany).diagnostics;
  expect(problem?.code).toBe('too-many-layers');
  expect(check(applyEdits(tooMany, problem?.fixes[0]?.edits ?? [])).graph).not.toBeNull();
});

import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { layerIn } from '../check/faces.ts';
import type { BlockDefinition, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { planDissolve } from './dissolve.ts';
import { chosenIn, exposableFields, exposedOf } from './exposable.ts';
import { type Level, levelsOn } from './level.ts';
import { planBlock } from './makeBlock.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const selected = ['conv1', 'act1', 'pool1', 'conv2'];
const groups = exposableFields(
  lenet,
  lenet.nodes.filter(({ id }) => selected.includes(id)),
);
const field = (id: string) => groups.flatMap(({ fields }) => fields).find((each) => each.id === id);

const block = (exposed: BlockDefinition['exposed'], doc = lenet): NetworkDocument =>
  applyEdits(doc, [planBlock(doc, selected, 'Mine', exposed).edit as Edit]);
const outputOf = (doc: NetworkDocument) => check(doc).nodes.get('block1')?.outputs.y;
const set = (key: string, value: number | readonly number[]): Edit => ({
  kind: 'setConfig',
  node: 'block1',
  key,
  value,
});

test('settings are grouped by node, with sizes first; common settings come before all', () => {
  expect(groups.map(({ node }) => node?.name ?? null)).toEqual([null, 'conv1', 'pool1', 'conv2']);
  expect(groups[1]?.fields.slice(0, 4).map(({ ends: [{ field: key }] }) => key)).toEqual([
    'outChannels',
    'kernelSize',
    'stride',
    'padding',
  ]);
  expect(groups[0]?.fields.map(({ id }) => id)).toContain('conv1.kernelSize conv2.kernelSize');
  // The numbers of channels (6, 16) and the paddings differ, so they are not common.
  const ids = groups[0]?.fields.map(({ ends: [{ field: key }] }) => key) ?? [];
  expect(ids).not.toContain('outChannels');
  expect(ids).not.toContain('padding');
});

test('an exposed setting is set on the block, and changes the shape', () => {
  const ends = field('conv2.outChannels')?.ends ?? [];
  const made = block(exposedOf([{ ends, label: 'Width' }]));
  expect(made.blocks[0]?.exposed).toEqual([
    { key: 'outChannels', label: 'Width', node: 'conv2', field: 'outChannels' },
  ]);
  expect(outputOf(made)).toEqual([16, 10, 10]);
  expect(outputOf(applyEdits(made, [set('outChannels', 9)]))).toEqual([9, 10, 10]);
});

test('a setting common to several layers is one setting of the block', () => {
  const ends = field('conv1.kernelSize conv2.kernelSize')?.ends ?? [];
  const made = block(exposedOf([{ ends, label: 'Kernel' }]));
  expect(Object.keys(layerIn(made, 'block:block1')?.config ?? {})).toEqual(['kernelSize']);
  expect(outputOf(applyEdits(made, [set('kernelSize', [3, 3])]))).toEqual([16, 13, 13]);
});

test('settings of the same name get different keys; an edited block keeps its keys', () => {
  const ends = (id: string) => field(id)?.ends ?? [];
  const first = exposedOf([
    { ends: ends('conv1.outChannels'), label: 'First' },
    { ends: ends('conv2.outChannels'), label: 'Second' },
  ]);
  expect(first.map(({ key }) => key)).toEqual(['outChannels', 'outChannels2']);
  const chosen = chosenIn({ exposed: first });
  expect(exposedOf(chosen)).toEqual(first);
  const [, second] = chosen;
  expect(exposedOf([{ ends: ends('pool1.stride'), label: 'Stride' }, ...(second ? [second] : [])])).toEqual([
    { key: 'stride', label: 'Stride', node: 'pool1', field: 'stride' },
    { key: 'outChannels2', label: 'Second', node: 'conv2', field: 'outChannels' },
  ]);
});

test('exposed settings stay exposed if their layers are grouped into an inner block, and ungrouped', () => {
  const ends = (id: string) => field(id)?.ends ?? [];
  const made = block(
    exposedOf([
      { ends: ends('conv1.kernelSize conv2.kernelSize'), label: 'Kernel' },
      { ends: ends('conv2.outChannels'), label: 'Width' },
    ]),
  );
  const inside = (doc: NetworkDocument): Level => levelsOn(doc, check(doc), [{ node: 'block1', copy: 0 }])[0] as Level;
  const edit = (doc: NetworkDocument, inner: Edit): NetworkDocument =>
    applyEdits(doc, [{ kind: 'editBlock', block: 'block1', edits: [inner] }]);
  const nested = edit(made, planBlock(inside(made).document, ['pool1', 'conv2'], 'Inner').edit as Edit);
  const keys = ({ blocks }: NetworkDocument, id: string) =>
    blocks.find((each) => each.id === id)?.exposed.map(({ key, node, field: name }) => [key, node, name]);
  expect(keys(nested, 'block2')).toEqual([
    ['kernelSize', 'conv2', 'kernelSize'],
    ['outChannels', 'conv2', 'outChannels'],
  ]);
  const smaller = [set('kernelSize', [3, 3]), set('outChannels', 9)];
  expect(outputOf(applyEdits(made, smaller))).toEqual([9, 13, 13]);
  expect(outputOf(nested)).toEqual([16, 10, 10]);
  expect(outputOf(applyEdits(nested, smaller))).toEqual([9, 13, 13]);

  const level = inside(nested);
  const own = level.document.nodes.find(({ layer }) => layer === 'block:block2')?.id ?? '';
  const open = edit(nested, planDissolve(level.document, level.check, own) as Edit);
  expect(keys(open, 'block1')).toHaveLength(3);
  expect(outputOf(applyEdits(open, smaller))).toEqual([9, 13, 13]);
});

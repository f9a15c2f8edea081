import { expect, test } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { type Exposable, exposedOf } from '../../../src/plan/exposable.ts';
import { planBlock } from '../../../src/plan/makeBlock.ts';
import { templateOf } from '../../../templates/index.ts';
import { type BlockForm, chosenOf, formFor, type TickedField, tick } from './blockForm.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const nodes = ['conv1', 'act1', 'pool1', 'conv2'];
const form = formFor(lenet, { kind: 'make', nodes }, 'en') as BlockForm;

const fieldIn = ({ groups }: BlockForm, id: string): Exposable =>
  groups.flatMap(({ fields }) => fields).find((field) => field.id === id) as Exposable;
const ticking = (given: BlockForm, ticked: ReadonlyMap<string, TickedField>, id: string, label: string | null) =>
  tick(given.groups, ticked, fieldIn(given, id), label);
const made = (ticked: ReadonlyMap<string, TickedField>): NetworkDocument =>
  applyEdits(lenet, [planBlock(lenet, nodes, 'Mine', exposedOf(chosenOf(form.groups, ticked))).edit as Edit]);
const edited = (doc: NetworkDocument) => formFor(doc, { kind: 'edit', block: 'block1' }, 'en') as BlockForm;

test('a new block is named after its only layer or “Block”, with a free number', () => {
  expect(form.title).toBe('Block');
  expect(formFor(lenet, { kind: 'make', nodes: ['conv1'] }, 'zh')?.title).toBe('卷积层');
  const blocks = [{ ...(made(new Map()).blocks[0] as NetworkDocument['blocks'][number]), title: 'Block' }];
  expect(formFor({ ...lenet, blocks }, { kind: 'make', nodes }, 'en')?.title).toBe('Block2');
});

test('a field shared by several layers cannot also be set for one of them', () => {
  const both = 'conv1.kernelSize conv2.kernelSize';
  const one = ticking(form, new Map(), 'conv1.kernelSize', 'First kernel');
  const together = ticking(form, one, both, 'Kernel');
  expect([...together.keys()]).toEqual([both]);
  expect([...ticking(form, together, 'conv2.kernelSize', 'Second').keys()]).toEqual(['conv2.kernelSize']);
  expect(ticking(form, together, both, null).size).toBe(0);
});

test('a field without its own label has the name of the setting', () => {
  const ticked = ticking(form, new Map(), 'conv1.outChannels', '  ');
  expect(chosenOf(form.groups, ticked).map(({ label }) => label)).toEqual(['Output channels']);
});

test('the form of an edited block shows its fields and keeps their keys', () => {
  const both = 'conv1.kernelSize conv2.kernelSize';
  const doc = made(ticking(form, ticking(form, new Map(), both, 'Kernel'), 'conv2.outChannels', 'Width'));
  const { ticked, title, groups } = edited(doc);
  expect(title).toBe('Mine');
  expect([...ticked]).toEqual([
    [both, { label: 'Kernel', key: 'kernelSize' }],
    ['conv2.outChannels', { label: 'Width', key: 'outChannels' }],
  ]);
  const renamed = ticking(edited(doc), ticked, both, 'Kernel size');
  expect(exposedOf(chosenOf(groups, renamed)).map(({ key, label }) => [key, label])).toEqual([
    ['kernelSize', 'Kernel size'],
    ['kernelSize', 'Kernel size'],
    ['outChannels', 'Width'],
  ]);
});

test('layers with a shared field keep it when their values differ', () => {
  const both = 'conv1.kernelSize conv2.kernelSize';
  const inside: Edit = { kind: 'setConfig', node: 'conv1', key: 'kernelSize', value: [3, 3] };
  const doc = applyEdits(made(ticking(form, new Map(), both, 'Kernel')), [
    { kind: 'editBlock', block: 'block1', edits: [inside] },
  ]);
  const { groups, ticked } = edited(doc);
  expect(chosenOf(groups, ticked).map(({ ends }) => ends.length)).toEqual([2]);
});

test('a deleted block has no form', () => {
  expect(formFor(lenet, { kind: 'edit', block: 'block1' }, 'en')).toBeNull();
});

import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { newNode } from '../check/fixes.ts';
import { sharedBlock } from '../graph/blockFile.ts';
import { blockLayer, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { layersBehind } from './fits.ts';
import { bringIn, type Library, withLibrary } from './library.ts';
import { planBlock } from './makeBlock.ts';
import { offerIn, offersIn } from './offers.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const exposed = [{ key: 'width', label: 'Width', node: 'conv1', field: 'outChannels' }];
const inner = applyEdits(lenet, [planBlock(lenet, ['conv1', 'act1'], 'Inner', exposed).edit as Edit]);
/** A block with a block inside. */
const made = applyEdits(inner, [planBlock(inner, ['block1', 'pool1'], 'Outer').edit as Edit]);
const node = made.nodes.find(({ name }) => name === 'block2') as DocumentNode;
const library: Library = [
  { id: 'one', ...sharedBlock(made, { ...node, repeat: 2 }, 'Mine') },
  { id: 'two', ...sharedBlock(made, { layer: 'residual', config: { channels: 8 } }, 'Small') },
  { id: 'three', ...sharedBlock(made, { layer: 'from-the-future', config: {} }, 'Unknown') },
];

/** The document with an offer added, and its definitions. */
function added(doc: NetworkDocument, offer: string): NetworkDocument {
  const seen = withLibrary(doc, library);
  const found = offerIn(seen, offer);
  if (found === undefined) throw new Error(`no offer '${offer}'`);
  const layer = newNode(seen, found.layer, { x: 0, y: 0 }, found.config());
  return applyEdits(doc, bringIn(seen, [{ kind: 'addNode', node: layer }]));
}

test('blocks of the library are offered together with those of the document, without blocks that this version cannot read', () => {
  const offers = offersIn(withLibrary(made, library)).filter(({ from }) => from !== undefined);
  expect(offers.map(({ id, title, from, repeat }) => [id, title.en, from, repeat])).toEqual([
    ['block:block1', 'Inner', 'document', undefined],
    ['block:block2', 'Outer', 'document', undefined],
    ['library/one', 'Mine', 'library', 2],
    ['library/two', 'Small', 'library', undefined],
  ]);
  expect(offersIn(withLibrary(made, library))).toBe(offersIn(withLibrary({ ...made }, library)));
  expect(offersIn(made).some(({ from }) => from === 'library')).toBe(false);
});

test('blocks of the library are suggested after a port', () => {
  const fitting = (id: string, from: string) =>
    layersBehind(withLibrary(lenet, library), check(lenet), { node: from, port: 'y' }).find((each) => each.id === id);
  expect(fitting('library/one', 'input')?.fits).toBe(true);
  expect(fitting('library/one', 'fc1')?.reason).not.toBeNull();
});

test('adding a block adds its definitions; adding it again reuses them', () => {
  const once = added(emptyDocument, 'library/one');
  expect(once.blocks).toEqual(made.blocks);
  expect(once.nodes.map(({ layer }) => layer)).toEqual([blockLayer('block2')]);
  const twice = added(once, 'library/one');
  expect(twice.blocks).toBe(once.blocks);
  expect(twice.nodes.map(({ layer }) => layer)).toEqual([blockLayer('block2'), blockLayer('block2')]);
});

test('a different definition with the same id gets a new id, and is found again', () => {
  const other = { ...emptyDocument, blocks: made.blocks.map((block) => ({ ...block, title: 'Other' })) };
  const once = added(other, 'library/one');
  expect(once.blocks.map(({ id, title }) => [id, title])).toEqual([
    ['block1', 'Other'],
    ['block2', 'Other'],
    ['block3', 'Inner'],
    ['block4', 'Outer'],
  ]);
  expect(once.nodes.map(({ layer }) => layer)).toEqual([blockLayer('block4')]);
  expect(once.blocks[3]?.nodes.map(({ layer }) => layer)).toContain(blockLayer('block3'));
  expect(added(once, 'library/one').blocks).toBe(once.blocks);
});

test('a built-in block is added with its saved config', () => {
  const doc = added(emptyDocument, 'library/two');
  expect(doc.blocks).toEqual([]);
  expect(doc.nodes.map(({ layer, config }) => [layer, config.channels])).toEqual([['residual', 8]]);
});

test('other edits do not change', () => {
  const edits: readonly Edit[] = [{ kind: 'renameNode', node: 'conv1', name: 'first' }];
  expect(bringIn(withLibrary(lenet, library), edits)).toBe(edits);
});

import { describe, expect, it } from 'vitest';
import { UserError } from '../text.ts';
import { readSharedBlock, sharedBlock, withTitle, writeSharedBlock } from './blockFile.ts';
import { type BlockDefinition, blockLayer, emptyDocument } from './document.ts';
import { node } from './drawn.ts';
import { writeDocument } from './file.ts';

const definition = (id: string, ...layers: string[]): BlockDefinition => ({
  id,
  title: `The ${id}`,
  nodes: layers.map((layer, i) => node(`n${i}`, layer)),
  edges: [],
  inputs: [],
  outputs: [],
  exposed: [],
});
const doc = {
  ...emptyDocument,
  blocks: [definition('inner', 'relu'), definition('outer', blockLayer('inner')), definition('other', 'relu')],
};
const block = sharedBlock(doc, { layer: blockLayer('outer'), config: { width: 3 }, repeat: 2 }, 'Mine');
const text = writeSharedBlock(block);

const refusal = (given: string): string => {
  try {
    readSharedBlock(given, 'mine.netblock');
  } catch (error) {
    if (error instanceof UserError) return error.text.en;
    throw error;
  }
  return 'was read';
};

describe('a file of a block', () => {
  it('contains the block and the blocks inside it, and nothing else', () => {
    expect(block.blocks.map(({ id }) => id)).toEqual(['inner', 'outer']);
    expect(readSharedBlock(text, 'mine.netblock')).toEqual(block);
  });

  it('of a built-in block contains its config', () => {
    const preset = sharedBlock(doc, { layer: 'residual', config: { channels: 8 } }, 'Small residual');
    expect(preset).toEqual({
      title: 'Small residual',
      node: { layer: 'residual', config: { channels: 8 } },
      blocks: [],
    });
    expect(readSharedBlock(writeSharedBlock(preset), 'x')).toEqual(preset);
  });

  it('can be renamed together with its definition', () => {
    const renamed = withTitle(block, 'Yours');
    expect(renamed.title).toBe('Yours');
    expect(renamed.blocks.map(({ title }) => title)).toEqual(['The inner', 'Yours']);
  });

  const changed = (change: object): string => JSON.stringify({ ...JSON.parse(text), ...change });
  it.each([
    ['cut off', text.slice(0, 90), /damaged, incomplete/],
    ['something else', '[1, 2]', /is not a Netloom block/],
    ['a network', writeDocument(emptyDocument), /is a whole network/],
    ['newer', changed({ version: 99 }), /newer version of Netloom: its format version is 99/],
    ['without a title', changed({ title: '' }), /is a damaged Netloom block/],
    ['without its definition', changed({ blocks: [] }), /is a damaged Netloom block/],
    [
      'without what is inside',
      changed({ blocks: [definition('outer', blockLayer('inner'))] }),
      /is a damaged Netloom block/,
    ],
    ['with wrong fields', changed({ blocks: [{ id: 'outer' }] }), /is a damaged Netloom block/],
    ['without a node', changed({ node: null }), /is a damaged Netloom block/],
  ])('that is %s is rejected with a reason', (_, given, reason) => {
    expect(refusal(given)).toMatch(reason);
  });
});

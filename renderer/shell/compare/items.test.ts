import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { compareNetworks, type Row } from '../../../src/compare/compare.ts';
import { emptyDocument, type NetworkDocument } from '../../../src/graph/document.ts';
import { templateOf } from '../../../templates/index.ts';
import { csvOfRows, textOfRows } from './copying.ts';
import { inward, itemsOf, pictured } from './items.ts';

const network = (document: NetworkDocument) => ({ document, check: check(document) });
const template = (id: string) => network(templateOf(id)?.document ?? emptyDocument);
const resnets = compareNetworks(template('resnet18'), template('resnet34'));
const repeated = (repeat: number): NetworkDocument => {
  const doc = templateOf('resnet18')?.document ?? emptyDocument;
  const config = { channels: 64, bias: false };
  const nodes = doc.nodes.map((node) => (node.id === 'stage1' ? { ...node, layer: 'residual', config, repeat } : node));
  return { ...doc, nodes };
};
const copies = compareNetworks(network(repeated(2)), network(repeated(3)));

const shown = (onlyDifferences: boolean, unfolded: ReadonlyMap<string, boolean> = new Map()) =>
  itemsOf(resnets, { onlyDifferences, unfolded }).map((item) =>
    item.kind === 'row' ? `${'  '.repeat(item.around.length)}${(item.row.b ?? item.row.a)?.name}` : item.key,
  );

describe('lines of the table', () => {
  it('are the differences, with changed blocks of the network unfolded', () => {
    expect(shown(true).slice(0, 5)).toEqual(['stage1', '  block3', 'stage2', '  block3', '  block4']);
  });

  it('show everything on request, and fold', () => {
    const folded = new Map(resnets.rows.map(({ key }) => [key, false]));
    expect(shown(false, folded)).toEqual(resnets.rows.map(({ b }) => b?.name));
    expect(shown(false)).toContain('  block1');
  });

  it('end with the differences in training', () => {
    const { settings } = compareNetworks(template('lenet'), template('bn_lenet'));
    const items = itemsOf({ ...resnets, settings }, { onlyDifferences: true, unfolded: new Map() });
    expect(items.at(-1)).toMatchObject({ kind: 'setting', key: 'recipe.batchSize' });
  });
});

describe('diagrams', () => {
  const stage = copies.rows.find(({ b }) => b?.name === 'stage1') as Row;
  const [first, second, third] = stage.inside as [Row, Row, Row];

  it('show a copy of a block at the card of the block', () => {
    expect(pictured({ row: third, around: [stage] })).toEqual({ row: third, card: stage, around: [] });
  });

  it('show the inside of a copy if the copy is drawn', () => {
    const conv = second.inside[0] as Row;
    const around = [stage, second];
    expect(pictured({ row: conv, around })).toEqual({ row: conv, card: conv, around });
  });

  it('open the copy that differs, or the first in both networks', () => {
    expect(inward(stage)).toEqual([stage, first]);
    expect(inward(first)).toEqual([first]);
    expect(inward(copies.rows[0] as Row)).toEqual([]);
    const { rows } = compareNetworks(network(repeated(1)), network(repeated(2)));
    const once = rows.find(({ b }) => b?.name === 'stage1') as Row;
    expect(inward(once)).toEqual([once, once.inside[0]]);
  });
});

describe('export of the table', () => {
  it('is lines with tabs', () => {
    expect(textOfRows(resnets, true, 'en').split('\n').slice(0, 2)).toEqual([
      '≠ stage1\tResidual stage\tBlocks 2 → 3\t+73,984\t+231,211,008',
      '  + block3\tResidual block\t\t+73,984\t+231,211,008',
    ]);
  });

  it('is CSV with the figures of both networks', () => {
    const heads = { state: 's', path: 'p', kind: 'k', changes: 'c', params: 'P', macs: 'M', difference: 'd' };
    const csv = csvOfRows(resnets, true, { language: 'en', heads, names: ['a', 'b'] }).split('\r\n');
    expect(csv[0]).toBe('s,p,k,c,P: a,P: b,P: d,M: a,M: b,M: d');
    expect(csv[2]).toBe('added,stage1/block3,Residual block,,,73984,73984,,231211008,231211008');
  });
});

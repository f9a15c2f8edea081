import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import type { Repair } from './finding.ts';
import { setRate } from './rates.ts';
import { openFixes, repairEdits } from './repair.ts';

const rows = [
  ['in', 'input', { shape: [2] }],
  ['fc1', 'linear', { outFeatures: 8 }],
  ['act', 'sigmoid', {}],
  ['fc2', 'linear', { outFeatures: 2 }],
  ['out', 'classifier', { classes: 2 }],
] as const;
const nodes = rows.map(([id, layer, config], i) => ({ id, layer, name: id, config, position: { x: 0, y: 100 * i } }));
const edges = nodes.slice(1).map(({ id }, i) => ({
  id: `e${i}`,
  from: { node: nodes[i]?.id ?? '', port: 'y' },
  to: { node: id, port: 'x' },
}));
const drawn: NetworkDocument = { ...emptyDocument, nodes, edges };

const title = { en: 'fix', zh: '修复' };
const after = (document: NetworkDocument, repair: Repair) => applyEdits(document, repairEdits(document, repair));
const layersOf = (document: NetworkDocument) =>
  check(document).graph?.nodes.map(({ layer, node }) => `${layer.type} ${node.name}`);

it('inserts layers in sequence before a layer, with unique names', () => {
  const layers = [{ layer: 'linear', config: { outFeatures: 64 } }, { layer: 'relu' }];
  const repaired = after(drawn, { title, layers: [{ kind: 'before', node: 'fc2', layers }] });
  expect(layersOf(repaired)).toEqual([
    'input in',
    'linear fc1',
    'sigmoid act',
    'linear fc3',
    'relu relu',
    'linear fc2',
    'classifier out',
  ]);
});

it('replaces layers and changes settings and training settings together', () => {
  const repaired = after(drawn, {
    title,
    layers: [
      { kind: 'become', node: 'act', layer: 'relu' },
      { kind: 'set', node: 'fc1', key: 'weightInit', value: 'kaimingNormal' },
    ],
    recipe: (recipe) => ({ ...recipe, batchSize: 64 }),
  });
  expect(layersOf(repaired)?.[2]).toBe('relu act');
  expect(repaired.nodes[1]?.config.weightInit).toBe('kaimingNormal');
  expect(repaired.recipe).toEqual({ ...drawn.recipe, batchSize: 64 });
});

it('changes the current training settings, not those of the run', () => {
  const edited = { ...drawn, recipe: { ...drawn.recipe, epochs: 77 } };
  expect(after(edited, setRate(0.01)).recipe).toEqual({
    ...edited.recipe,
    optimizer: { ...edited.recipe.optimizer, learningRate: 0.01 },
  });
});

it('offers no fix that is already applied or whose layer was deleted', () => {
  const finding = {
    code: 'dead-relus',
    severity: 'warning',
    title,
    message: title,
    nodes: ['act'],
    fixes: [
      setRate(drawn.recipe.optimizer.learningRate),
      { title, layers: [{ kind: 'become', node: 'act', layer: 'relu' }] },
    ],
  } as const;
  expect(openFixes(drawn, finding)).toEqual([finding.fixes[1]]);
  const without = applyEdits(drawn, [{ kind: 'removeNodes', nodes: ['act'], heal: true }]);
  expect(openFixes(without, finding)).toEqual([]);
});

it('does not change layers where connections branch', () => {
  const parted = {
    ...drawn,
    nodes: [...nodes, { id: 'add', layer: 'add', name: 'add', config: {}, position: { x: 0, y: 0 } }],
    edges: [...edges, { id: 'skip', from: { node: 'fc1', port: 'y' }, to: { node: 'add', port: 'a' } }],
  };
  const repair: Repair = { title, layers: [{ kind: 'behind', node: 'fc1', layers: [{ layer: 'batchNorm1d' }] }] };
  expect(repairEdits(parted, repair)).toEqual([]);
});

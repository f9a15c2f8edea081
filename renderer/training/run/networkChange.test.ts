import { describe, expect, it, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdit, applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { movesOfStep } from '../../../src/graph/weightMoves.ts';
import { planBlock } from '../../../src/plan/makeBlock.ts';
import { templateOf } from '../../../templates/index.ts';
import { epochRows } from '../../state/run/epochRows.ts';
import { networkChange } from './networkChange.ts';
import { recipeNow } from './recipeNow.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const graphOf = (document: NetworkDocument): CheckedGraph => {
  const { graph } = check(document);
  if (graph === null) throw new Error('The network has errors.');
  return graph;
};
const changeBy = (edits: readonly Edit[]) =>
  networkChange(graphOf(lenet), graphOf(applyEdits(lenet, edits)), movesOfStep(lenet, edits, applyEdit));
const idOf = (name: string): string => lenet.nodes.find((node) => node.name === name)?.id ?? '';

describe('a network edited after the start of its run', () => {
  it('is unchanged if it computes the same: inside a block, renamed, moved', () => {
    const block = planBlock(lenet, [idOf('conv1'), idOf('act1')], 'Pair').edit;
    if (block === null) throw new Error('There is no block.');
    expect(changeBy([block])).toBeNull();
    expect(changeBy([{ kind: 'renameNode', node: idOf('conv2'), name: 'second' }])).toBeNull();
    expect(changeBy([{ kind: 'move', positions: { [idOf('conv2')]: { x: 1, y: 2 } } }])).toBeNull();
  });

  it('reinitializes the layers whose weights no longer fit', () => {
    const config: Edit = { kind: 'setConfig', node: idOf('conv2'), key: 'outChannels', value: 8 };
    expect(changeBy([config])).toEqual({ reinitialized: ['conv2', 'fc1'], kept: 3 });
    const renamed: Edit = { kind: 'renameNode', node: idOf('conv2'), name: 'second' };
    expect(changeBy([renamed, config])).toEqual({ reinitialized: ['second', 'fc1'], kept: 3 });
  });

  it('reinitializes a layer with new weights of the same shape', () => {
    const renewed: Edit = { kind: 'renewWeights', node: idOf('fc3') };
    expect(changeBy([renewed])).toEqual({ reinitialized: ['fc3'], kept: 4 });
  });

  it('differs but keeps all weights if only layers without weights differ', () => {
    const frozen: Edit = { kind: 'setFrozen', node: idOf('conv2'), frozen: true };
    expect(changeBy([frozen])).toEqual({ reinitialized: [], kept: 5 });
  });
});

test('the latest changes are in force', () => {
  const recipe = { ...lenet.recipe, batchSize: 32, epochs: 10 };
  const changes = [
    { step: 5, epochs: { from: 10, to: 20 } },
    { step: 9, epochs: { from: 20, to: 15 }, batchSize: { from: 32, to: 64 } },
  ];
  const { learningRate } = recipe.optimizer;
  expect(recipeNow(recipe, changes)).toEqual({ learningRate, batchSize: 64, epochs: 15 });
  expect(recipeNow(recipe, [])).toEqual({ learningRate, batchSize: 32, epochs: 10 });
});

describe('the steps of kept epochs', () => {
  const record = { train: { loss: 1, accuracy: null }, validation: { loss: 1, accuracy: null }, seconds: 1 };
  const history = [1, 2, 3].map((epoch) => ({ ...record, epoch }));

  it('are even if the run is', () => {
    const rows = epochRows(history, [{ step: 620, epoch: 2 }], { steps: 2500, epochs: 10 });
    expect(rows.map(({ step }) => step)).toEqual([250, 500, 750]);
  });

  it('match the checkpoints if the batch size was changed', () => {
    const checkpoints = [100, 150, 200].map((step, i) => ({ step, epoch: i + 1 }));
    const rows = epochRows(history, checkpoints, { steps: 501, epochs: 9 });
    expect(rows.map(({ step }) => step)).toEqual([100, 150, 200]);
  });
});

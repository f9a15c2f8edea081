import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { Config, DocumentNode, NetworkDocument } from '../graph/document.ts';
import { makeEdge } from '../graph/edges.ts';
import { applyEdits } from '../graph/edits.ts';
import { layerOf } from '../layers/index.ts';
import { ablationRuns, planAblation, withoutNodes } from './ablation.ts';
import { ablationSummary, bestOf, isAblation, measureFor, summaryBy, variedKeys } from './summary.ts';

function drawn(id: string): NetworkDocument {
  const template = templateOf(id);
  if (template === undefined) throw new Error(`no template ${id}`);
  return template.document;
}
const lenet = drawn('lenet');
const idOf = (document: NetworkDocument, name: string): string => {
  const node = document.nodes.find((each) => each.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return node.id;
};
const taken = (document: NetworkDocument, ...names: string[]) =>
  withoutNodes(
    document,
    names.map((name) => idOf(document, name)),
  );

const addPorts = layerOf('add')?.inputs ?? [];

describe('a network without some of its nodes', () => {
  const activation = lenet.nodes.find(({ layer }) => layer === 'sigmoid' || layer === 'tanh' || layer === 'relu');

  it('is reconnected, and not changed further if shapes still match', () => {
    const without = taken(lenet, activation?.name ?? '');
    expect(without).toMatchObject({ changes: [] });
    if (!('document' in without)) return;
    expect(without.document.nodes).toHaveLength(lenet.nodes.length - 1);
    expect(check(without.document).graph).not.toBeNull();
  });

  const node = (id: string, layer: string, config: Config = {}): DocumentNode => ({
    id,
    name: id,
    layer,
    config,
    position: { x: 0, y: 0 },
  });
  const conv = (id: string, outChannels = 8) =>
    node(id, 'conv2d', { outChannels, kernelSize: [3, 3], padding: [1, 1] });
  const edge = (from: string, to: string, port = 'x') => makeEdge({ node: from, port: 'y' }, { node: to, port });
  const ends = (id: string) => lenet.nodes.find(({ layer }) => layer === id) as DocumentNode;
  const input = ends('input');
  const output = lenet.nodes.at(-1) as DocumentNode;
  const skip: NetworkDocument = {
    ...lenet,
    nodes: [
      input,
      conv('conv1'),
      conv('conv2', 16),
      conv('conv3'),
      node('add1', 'add'),
      node('flatten1', 'flatten'),
      node('fc1', 'linear', { outFeatures: 10 }),
      output,
    ],
    edges: [
      edge(input.id, 'conv1'),
      edge('conv1', 'conv2'),
      edge('conv2', 'conv3'),
      edge('conv1', 'add1', addPorts[0]),
      edge('conv3', 'add1', addPorts[1]),
      edge('add1', 'flatten1'),
      edge('flatten1', 'fc1'),
      edge('fc1', output.id),
    ],
  };

  it('is changed by the first fixes of the check if shapes no longer match, and lists the changes', () => {
    expect(check(skip).graph).not.toBeNull();
    const without = taken(skip, 'conv3');
    if (!('document' in without)) throw new Error(without.problem.en);
    expect(without.changes.length).toBeGreaterThan(0);
    expect(check(without.document).graph).not.toBeNull();
  });

  it('keeps one of several merged branches, and loses unused branches', () => {
    const straight = taken(skip, 'add1');
    expect('document' in straight && straight.changes.map(({ en }) => en)).toEqual([
      'Only “conv3” is connected onwards',
    ]);
    const branches = applyEdits(skip, [
      { kind: 'disconnect', edges: [edge('conv1', 'add1', addPorts[0]).id] },
      { kind: 'addNode', node: conv('side1') },
      { kind: 'addNode', node: conv('side2') },
      { kind: 'connect', from: { node: 'conv1', port: 'y' }, to: { node: 'side1', port: 'x' } },
      { kind: 'connect', from: { node: 'side1', port: 'y' }, to: { node: 'side2', port: 'x' } },
      { kind: 'connect', from: { node: 'side2', port: 'y' }, to: { node: 'add1', port: addPorts[0] as string } },
    ]);
    const without = taken(branches, 'add1');
    if (!('document' in without)) throw new Error(without.problem.en);
    expect(without.changes.map(({ en }) => en)).toEqual([
      'Only “conv3” is connected onwards',
      'side1, side2: also removed, because nothing else uses the output',
    ]);
    expect(without.document.nodes.map(({ name }) => name)).toEqual(
      skip.nodes.map(({ name }) => name).filter((name) => name !== 'add1'),
    );
    expect(check(without.document).graph).not.toBeNull();
  });

  it('is refused if a fix would insert the removed node again', () => {
    const without = taken(skip, 'flatten1');
    expect('problem' in without && without.problem.en).toContain('Without “flatten1”, the network has errors');
  });

  it('can be without several nodes', () => {
    const names = lenet.nodes.filter(({ layer }) => layer === activation?.layer).map(({ name }) => name);
    const without = taken(lenet, ...names);
    if (!('document' in without)) throw new Error(without.problem.en);
    expect(without.document.nodes).toHaveLength(lenet.nodes.length - names.length);
  });

  it('is refused if no network remains', () => {
    for (const { id } of [input, output]) expect(withoutNodes(lenet, [id])).toHaveProperty('problem');
    expect(withoutNodes(lenet, [])).toHaveProperty('problem');
  });
});

describe('an ablation study', () => {
  const plan = planAblation(lenet, [idOf(lenet, 'conv2')], 3);
  if ('problem' in plan) throw new Error(plan.problem.en);
  const runs = ablationRuns(plan);

  it('trains both networks with the same seeds', () => {
    const { seed } = lenet.recipe;
    expect(runs.map(({ varied }) => varied)).toEqual(
      [seed, seed + 1, seed + 2].flatMap((each) => [
        { without: null, 'recipe.seed': each },
        { without: 'conv2', 'recipe.seed': each },
      ]),
    );
    for (const { document, seed: each } of runs) expect(document.recipe.seed).toBe(each);
  });

  const epoch = (accuracy: number | null, loss: number) => ({
    epoch: 1,
    seconds: 1,
    train: { loss, accuracy },
    validation: { loss, accuracy },
  });
  const finished = runs.map(({ varied }, i) => ({
    id: `run${i}`,
    varied,
    best: i === 5 ? null : epoch([0.9, 0.8, 0.92, 0.83, 0.91, 0][i] ?? 0, 1),
  }));

  it('is compared over the seeds that both variants have finished', () => {
    expect(isAblation(finished)).toBe(true);
    const [whole, without] = ablationSummary(finished, 'accuracy');
    expect(whole).toMatchObject({ without: null, runs: 3, spread: { n: 3 }, difference: null });
    expect(whole?.spread?.mean).toBeCloseTo(0.91, 12);
    expect(without).toMatchObject({ without: 'conv2', runs: 3, spread: { n: 2 }, difference: { n: 2 } });
    expect(without?.difference?.mean).toBeCloseTo(-0.095, 12);
  });

  it('a sweep is summarized by the values of a hyperparameter', () => {
    const sweep = [0.1, 0.01, 0.1, 0.01].map((rate, i) => ({
      id: `s${i}`,
      varied: { 'recipe.optimizer.learningRate': rate, 'recipe.seed': i },
      best: epoch(0.5 + i / 10, 4 - i),
    }));
    expect(variedKeys(sweep)).toEqual(['recipe.optimizer.learningRate', 'recipe.seed']);
    expect(measureFor(sweep)).toBe('accuracy');
    expect(bestOf(sweep, 'accuracy')?.id).toBe('s3');
    expect(bestOf(sweep, 'loss')?.id).toBe('s3');
    const [low, high] = summaryBy(sweep, 'recipe.optimizer.learningRate', 'loss');
    expect(low).toMatchObject({ value: 0.01, runs: 2, best: 1, spread: { n: 2, mean: 2 } });
    expect(high).toMatchObject({ value: 0.1, runs: 2, best: 2, spread: { n: 2, mean: 3 } });
    expect(measureFor([{ best: epoch(null, 1) }])).toBe('loss');
  });
});

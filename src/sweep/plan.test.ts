import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { recipeSchema } from '../graph/recipe.ts';
import { sweepFields, withField } from './fields.ts';
import { planSweep, pointName, shortId } from './plan.ts';
import { type Point, type SweepSpec, sweepPoints, sweepSize } from './points.ts';
import { readRange, readValues } from './values.ts';

function drawn(id: string): NetworkDocument {
  const template = templateOf(id);
  if (template === undefined) throw new Error(`no template ${id}`);
  return template.document;
}
const lenet = drawn('lenet');
const grid = (axes: Record<string, (string | number | boolean)[]>, seeds: number[] = []): SweepSpec => ({
  kind: 'grid',
  axes: Object.entries(axes).map(([id, values]) => ({ id, values })),
  seeds,
});

describe('fields', () => {
  it('lists training settings, dataset settings and the settings of every node, with their values', () => {
    const fields = new Map(sweepFields(lenet).map((field) => [field.id, field]));
    expect(fields.get('recipe.optimizer.learningRate')).toMatchObject({
      value: lenet.recipe.optimizer.learningRate,
      logarithmic: true,
      field: { kind: 'float' },
    });
    expect(fields.get('recipe.seed')?.value).toBe(lenet.recipe.seed);
    expect(fields.get('data.splitSeed')?.value).toBe(lenet.data.splitSeed);
    const conv = lenet.nodes.find(({ layer }) => layer === 'conv2d');
    expect(fields.get(`${conv?.name}.outChannels`)).toMatchObject({ value: conv?.config.outChannels });
    expect(fields.has('recipe.optimizer.nesterov')).toBe(false);
  });

  it('setting every listed field to its current value leaves the document valid', () => {
    for (const { id, value } of sweepFields(lenet)) {
      const changed = withField(lenet, id, value);
      expect(changed, id).toHaveProperty('document');
      if (!('document' in changed)) continue;
      expect(check(changed.document).graph, id).not.toBeNull();
      expect(recipeSchema.safeParse(changed.document.recipe).success, id).toBe(true);
    }
  });

  it.each([
    ['recipe.optimizer.nesterov', true, /“recipe.optimizer.nesterov” does not exist/],
    ['recipe.batchSize', 0, /must be a whole number/],
    ['data.split.fold', 2, /not split into folds/],
    ['nowhere.outChannels', 6, /no setting “nowhere.outChannels”/],
    ['recipe.clip.maxNorm', 1, /“recipe.clip.maxNorm” does not exist/],
  ])('explains why %s cannot be %s', (id, value, why) => {
    const changed = withField(lenet, id, value);
    expect('problem' in changed && changed.problem.en).toMatch(why);
  });
});

describe('points', () => {
  it('a grid is the product of all values and seeds', () => {
    const spec = grid({ 'recipe.batchSize': [32, 64], 'recipe.epochs': [1, 2, 3] }, [7, 8]);
    expect(sweepSize(spec)).toBe(12);
    const points = sweepPoints(spec);
    expect(points).toHaveLength(12);
    expect(points[1]).toEqual([
      ['recipe.batchSize', 32],
      ['recipe.epochs', 1],
      ['recipe.seed', 8],
    ]);
    expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(12);
  });

  const drawing = (seed: number, count: number): SweepSpec => ({
    kind: 'random',
    count,
    seed,
    seeds: [],
    axes: [
      { id: 'recipe.optimizer.learningRate', draw: { kind: 'logUniform', min: 1e-4, max: 1 } },
      { id: 'recipe.optimizer.momentum', draw: { kind: 'uniform', min: 0, max: 0.9 } },
      { id: 'recipe.batchSize', draw: { kind: 'integer', min: 16, max: 64 } },
      { id: 'act.kind', draw: { kind: 'choice', values: ['relu', 'tanh'] } },
    ],
  });

  it('the same seed results in the same points, another seed in others', () => {
    expect(sweepPoints(drawing(1, 20))).toEqual(sweepPoints(drawing(1, 20)));
    expect(sweepPoints(drawing(1, 20))).not.toEqual(sweepPoints(drawing(2, 20)));
  });

  it('a logarithmic range is sampled evenly over its powers, and no sample lies outside its range', () => {
    const points = sweepPoints(drawing(3, 200)).map((point) => Object.fromEntries(point));
    const rates = points.map((point) => point['recipe.optimizer.learningRate'] as number);
    const below = rates.filter((rate) => rate < 1e-2).length;
    expect(below).toBeGreaterThan(80);
    expect(below).toBeLessThan(120);
    for (const point of points) {
      expect(point['recipe.optimizer.learningRate']).toBeGreaterThanOrEqual(1e-4);
      expect(point['recipe.optimizer.momentum']).toBeLessThanOrEqual(0.9);
      expect(Number.isInteger(point['recipe.batchSize'])).toBe(true);
    }
    expect(new Set(points.map((point) => point['act.kind']))).toEqual(new Set(['relu', 'tanh']));
  });

  it('every point occurs once, even if fewer exist than requested', () => {
    const spec: SweepSpec = {
      kind: 'random',
      count: 10,
      seed: 1,
      seeds: [],
      axes: [{ id: 'recipe.batchSize', draw: { kind: 'choice', values: [16, 32, 64] } }],
    };
    expect(sweepPoints(spec)).toHaveLength(3);
  });

  it('a sweep above the limit is refused', () => {
    const many = Array.from({ length: 15 }, (_, i) => i + 1);
    expect(() => sweepPoints(grid({ 'recipe.batchSize': many, 'recipe.epochs': many }))).toThrow(/225/);
  });
});

describe('plan', () => {
  it('has a document for every point', () => {
    const points = sweepPoints(grid({ 'recipe.optimizer.learningRate': [0.01, 0.1], 'conv1.outChannels': [6, 16] }));
    const { runs, left } = planSweep(lenet, points);
    expect(left).toEqual([]);
    expect(runs.map(({ name }) => name)).toEqual([
      'learningRate 0.01 · conv1.outChannels 6',
      'learningRate 0.01 · conv1.outChannels 16',
      'learningRate 0.1 · conv1.outChannels 6',
      'learningRate 0.1 · conv1.outChannels 16',
    ]);
    const last = runs.at(-1)?.document;
    expect(last?.recipe.optimizer.learningRate).toBe(0.1);
    expect(last?.nodes.find(({ name }) => name === 'conv1')?.config.outChannels).toBe(16);
  });

  it('skips networks with errors and gives the reason', () => {
    const kernels = [3, 5, 31].map((size) => [size, size]);
    const points = kernels.map((kernel): Point => [['conv2.kernelSize', kernel]]);
    const { runs, left } = planSweep(lenet, points);
    expect(runs.map(({ varied }) => varied)).toEqual([{ 'conv2.kernelSize': 3 }, { 'conv2.kernelSize': 5 }]);
    expect(left).toHaveLength(1);
    expect(left[0]?.name).toBe('conv2.kernelSize 31');
    expect(left[0]?.reason.en).toContain('conv2');
  });

  it('shares the network among points that differ only in training settings', () => {
    const points = sweepPoints(grid({ 'recipe.batchSize': [16, 32], 'conv1.outChannels': [6, 8] }));
    const { runs } = planSweep(lenet, points);
    expect(runs[0]?.document.nodes).toBe(runs[2]?.document.nodes);
    expect(runs[0]?.document.nodes).not.toBe(runs[1]?.document.nodes);
    expect(runs.map(({ document }) => document.recipe.batchSize)).toEqual([16, 16, 32, 32]);
  });

  it('sets kinds before their other settings, in any written order', () => {
    const points = sweepPoints(
      grid({ 'recipe.optimizer.learningRate': [0.5], 'recipe.optimizer.kind': ['adam', 'sgd'] }),
    );
    const optimizers = planSweep(lenet, points).runs.map(({ document }) => document.recipe.optimizer);
    expect(optimizers).toMatchObject([
      { kind: 'adam', learningRate: 0.5, beta1: 0.9 },
      { kind: 'sgd', learningRate: 0.5 },
    ]);
  });

  it('reports a setting that the chosen kind does not have', () => {
    const points = sweepPoints(grid({ 'recipe.optimizer.kind': ['adam', 'sgd'], 'recipe.optimizer.momentum': [0.9] }));
    const { runs, left } = planSweep(lenet, points);
    expect(runs).toHaveLength(1);
    expect(left[0]?.reason.en).toContain('momentum');
  });

  it('removes and adds gradient clipping', () => {
    const points = sweepPoints(grid({ 'recipe.clip.kind': ['none', 'norm'] }));
    const clips = planSweep(lenet, points).runs.map(({ document }) => document.recipe.clip);
    expect(clips).toEqual([undefined, { kind: 'norm', maxNorm: 1 }]);
  });

  it('has short names for hyperparameters', () => {
    expect(shortId('recipe.optimizer.kind')).toBe('optimizer');
    expect(pointName({ 'recipe.optimizer.kind': 'adam', 'pool1.kernelSize': 2, 'recipe.seed': 3 })).toBe(
      'optimizer adam · pool1.kernelSize 2 · seed 3',
    );
  });
});

describe('written values', () => {
  const fieldOf = (id: string) => {
    const found = sweepFields(lenet).find((field) => field.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found.field;
  };

  it.each([
    ['recipe.optimizer.learningRate', '0.01, 0.03，1e-1', [0.01, 0.03, 0.1]],
    [
      'conv1.kernelSize',
      '3, 5x3, 5×3',
      [
        [3, 3],
        [5, 3],
      ],
    ],
    ['conv1.padding', 'same, 2', ['same', [2, 2]]],
    ['conv1.bias', 'true,false', [true, false]],
    ['recipe.optimizer.kind', 'adam', ['adam']],
  ])('reads %s=%s', (id, text, values) => {
    expect(readValues(fieldOf(id), text)).toEqual({ values });
  });

  it.each([
    ['recipe.batchSize', '32, many', /“many” must be a whole number/],
    ['recipe.batchSize', ' ', /at least one/],
    ['recipe.optimizer.kind', 'adamm', /one of sgd, adam/],
  ])('refuses %s=%s', (id, text, why) => {
    const read = readValues(fieldOf(id), text);
    expect('problem' in read && read.problem.en).toMatch(why);
  });

  it('reads ranges of numbers', () => {
    expect(readRange(fieldOf('recipe.optimizer.learningRate'), '0.001..0.1')).toEqual({ min: 0.001, max: 0.1 });
    expect(readRange(fieldOf('recipe.batchSize'), '16, 32')).toBeNull();
    expect(readRange(fieldOf('recipe.batchSize'), '64..16')).toHaveProperty('problem');
    expect(readRange(fieldOf('conv1.bias'), 'false..true')).toHaveProperty('problem');
  });
});

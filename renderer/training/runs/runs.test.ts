import { describe, expect, it } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { defaultRecipe } from '../../../src/graph/recipe.ts';
import { Curves } from '../../../src/runs/curves.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { sweepFields } from '../../../src/sweep/fields.ts';
import { templateOf } from '../../../templates/index.ts';
import { createRunsStore } from '../../state/stores/runsStore.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { columnsFor, fixedColumns } from './columns.ts';
import { differences, differingText, exceptSeed } from './differing.ts';
import { distinctNames } from './distinctNames.ts';
import { csvOfRuns, jsonOfRuns } from './exportRuns.ts';
import { merged, spanOf, trainPoints, validationPoints } from './overlay.ts';
import { axesOf, isInside, RESULT, ranks, withEnd } from './parallel.ts';
import { withColors } from './runColors.ts';
import { numberedName, runNumbers } from './runNumbers.ts';
import { readForm, type SweepForm, startValues } from './sweepForm.ts';
import { filtered, NO_FILTER, pressed, sorted } from './tableRows.ts';
import { seriesOf } from './useSeries.ts';

const epoch = (n: number, accuracy: number | null, loss = 1) => ({
  epoch: n,
  seconds: 2,
  train: { loss, accuracy },
  validation: { loss, accuracy },
});

const record = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
  id,
  name: `run ${id}`,
  group: null,
  network: 'LeNet',
  created: 0,
  state: 'done',
  message: null,
  source: 'mnist',
  dataSha256: null,
  samples: null,
  params: 100,
  recipe: defaultRecipe,
  varied: {},
  changes: [],
  from: null,
  step: 10,
  steps: 10,
  epoch: 2,
  epochs: 2,
  seconds: 4,
  waited: null,
  last: null,
  best: null,
  tested: 0,
  bytes: 1,
  ...change,
});

describe('the list of runs', () => {
  it('is kept up to date, newest first', () => {
    const store = createRunsStore();
    const ids = () => store.getState().runs.map(({ id }) => id);
    store.getState().setAll([record('a', { created: 1 }), record('b', { created: 3 })]);
    store.getState().change('c', record('c', { created: 2 }));
    expect(ids()).toEqual(['b', 'c', 'a']);
    store.getState().change('c', record('c', { created: 2, name: 'renamed' }));
    expect(store.getState().runs[1]?.name).toBe('renamed');
    store.getState().change('b', null);
    store.getState().change('unknown', null);
    expect(ids()).toEqual(['c', 'a']);
  });
});

describe('the rows of the table', () => {
  const runs = [
    record('a', { group: 'sweep', varied: { 'recipe.batchSize': 32 }, best: epoch(1, 0.9) }),
    record('b', { network: 'MLP', state: 'failed', name: 'wide' }),
    record('c', {
      group: 'sweep',
      varied: { 'recipe.batchSize': 8 },
      recipe: { ...defaultRecipe, batchSize: 8 },
      best: epoch(2, 0.95),
    }),
  ];
  const column = (id: string) => columnsFor(runs, true).find((each) => each.id === id);
  const idsOf = (list: readonly RunRecord[]) => list.map(({ id }) => id).join('');

  it.each([
    [{}, 'abc'],
    [{ text: 'WIDE' }, 'b'],
    [{ text: 'batchsize 8' }, 'c'],
    [{ text: 'lenet nothing' }, ''],
    [{ state: 'failed' }, 'b'],
    [{ network: 'LeNet' }, 'ac'],
    [{ group: 'sweep', text: '32' }, 'a'],
  ])('are filtered by %j', (filter, ids) => {
    expect(idsOf(filtered(runs, { ...NO_FILTER, ...filter }))).toBe(ids);
  });

  it.each([
    ['accuracy', true, 'cab'],
    ['accuracy', false, 'acb'],
    ['batchSize', false, 'cab'],
    ['network', false, 'acb'],
    ['nothing', true, 'abc'],
  ])('are sorted by %s, with missing values last', (id, down, ids) => {
    expect(idsOf(sorted(runs, column(id), down))).toBe(ids);
  });

  it('start with results and varied settings in a group', () => {
    const ids = columnsFor(runs, true).map(({ id }) => id);
    expect(ids.slice(0, 5)).toEqual(['name', 'accuracy', 'loss', 'state', 'batchSize']);
    expect(columnsFor(runs, false)).toBe(fixedColumns);
  });

  it.each([
    ['recipe.epochs', 3, 'epochs'],
    ['recipe.optimizer.kind', 'adam', 'optimizer'],
    ['recipe.optimizer.learningRate', 0.01, 'learningRate'],
    ['recipe.batchSize', 64, 'batchSize'],
    ['recipe.seed', 2, 'seed'],
    ['data.source', 'moons', 'source'],
    ['recipe.optimizer.momentum', 0.5, 'varied:recipe.optimizer.momentum'],
    ['conv1.outChannels', 8, 'varied:conv1.outChannels'],
  ])('have one column for the varied setting %s', (key, value, id) => {
    const sweep = [record('a', { varied: { [key]: 1 } }), record('b', { varied: { [key]: value } })];
    const columns = columnsFor(sweep, true);
    expect(columns[4]).toMatchObject({ id, usual: true });
    const heads = columns.map(({ head }) => (typeof head === 'string' ? textOf(head).en : head.en).toLowerCase());
    expect(heads.filter((head) => head === heads[4])).toHaveLength(1);
    expect(new Set(columns.map((column) => column.id)).size).toBe(columns.length);
  });

  it('are selected alone, one at a time or as a range', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const press = (before: string[], at: number, anchor: number, add: boolean, range: boolean) =>
      [...pressed(ids, new Set(before), { at, anchor, add, range })].join('');
    expect(press(['a', 'b'], 2, 0, false, false)).toBe('c');
    expect(press(['a'], 2, 0, true, false)).toBe('ac');
    expect(press(['a', 'c'], 2, 0, true, false)).toBe('a');
    expect(press(['a'], 3, 1, false, true)).toBe('bcd');
    expect(press(['d'], 0, 1, true, true)).toBe('dab');
  });

  it('are exported with all columns', () => {
    const text = new TextDecoder().decode(csvOfRuns(runs));
    const [head = '', first = ''] = text.split('\r\n');
    expect(head.split(',').at(-1)).toBe('recipe.batchSize');
    expect(first).toContain('1970-01-01T00:00:00.000Z');
    expect(first.split(',')).toHaveLength(head.split(',').length);
    expect(JSON.parse(new TextDecoder().decode(jsonOfRuns(runs)))).toEqual(runs);
  });
});

describe('parallel axes', () => {
  const sweep = [1e-4, 1e-2, 1].flatMap((rate, i) =>
    ['adam', 'sgd'].map((kind, k) =>
      record(`${i}${k}`, {
        varied: { rate, kind, fixed: 1 },
        best: i === 2 ? null : epoch(1, 0.5 + i / 10 + k / 100),
      }),
    ),
  );
  const axes = axesOf(sweep, 'accuracy');
  const axis = (id: string) => axes.find((each) => each.id === id);

  it('are the settings that differ, and the result', () => {
    expect(axes.map(({ id }) => id)).toEqual(['rate', 'kind', RESULT]);
  });

  it('have a logarithmic scale for values of several magnitudes', () => {
    expect(axis('rate')?.logarithmic).toBe(true);
    expect(axis('rate')?.ticks.map(({ value }) => value)).toEqual([1e-4, 1e-2, 1]);
    expect(axis('rate')?.place(sweep[2] as RunRecord)).toBeCloseTo(0.5, 12);
  });

  it('have one position per text value', () => {
    expect(axis('kind')?.ticks).toEqual([
      { at: 0.25, value: 'adam' },
      { at: 0.75, value: 'sgd' },
    ]);
  });

  it('end a line before the result of an unfinished run', () => {
    expect(axis(RESULT)?.place(sweep[5] as RunRecord)).toBeNull();
    expect(axis(RESULT)?.place(sweep[3] as RunRecord)).toBe(1);
    expect(axis(RESULT)?.place(sweep[0] as RunRecord)).toBe(0);
  });

  it('include runs inside all brushes, ends included', () => {
    const inside = (brushes: Parameters<typeof isInside>[2]) =>
      sweep.filter((run) => isInside(run, axes, brushes)).map(({ id }) => id);
    expect(inside({})).toHaveLength(6);
    expect(inside({ rate: { from: 0.5, to: 1 } })).toEqual(['10', '11', '20', '21']);
    expect(inside({ rate: { from: 0.5, to: 1 }, kind: { from: 0.6, to: 1 } })).toEqual(['11', '21']);
    expect(inside({ [RESULT]: { from: 0, to: 1 } })).toHaveLength(4);
  });

  it('move one end of a brush, not beyond the other, and drop a brush that covers the axis', () => {
    expect(withEnd(undefined, 'from', 0.3)).toEqual({ from: 0.3, to: 1 });
    expect(withEnd({ from: 0.3, to: 0.5 }, 'from', 0.9)).toEqual({ from: 0.5, to: 0.5 });
    expect(withEnd({ from: 0.3, to: 1 }, 'from', -1)).toBeNull();
  });

  it('rank runs from the worst to the best', () => {
    const order = ranks(sweep, 'accuracy');
    expect(order.get('00')).toBe(0);
    expect(order.get('11')).toBe(1);
    expect(order.has('20')).toBe(false);
  });
});

describe('the sweep form', () => {
  const mlp = templateOf('mlp')?.document as NetworkDocument;
  const fields = sweepFields(mlp);
  const form = (change: Partial<SweepForm>): SweepForm => ({
    kind: 'grid',
    rows: [],
    count: 5,
    seeds: 1,
    group: '',
    ...change,
  });
  const rate = 'recipe.optimizer.learningRate';

  it('makes a grid', () => {
    const rows = [
      { field: rate, values: '0.1, 0.2' },
      { field: 'fc1.outFeatures', values: '8,16,32' },
    ];
    const read = readForm(form({ rows, seeds: 2 }), fields, 7);
    expect(read.size).toBe(12);
    expect(read.spec).toMatchObject({ kind: 'grid', seeds: [7, 8] });
  });

  it('makes a random search with ranges', () => {
    const read = readForm(form({ kind: 'random', rows: [{ field: rate, values: '0.001..0.1' }] }), fields, 1);
    expect(read.spec).toMatchObject({ kind: 'random', count: 5, axes: [{ draw: { kind: 'logUniform' } }] });
  });

  it('reports the problem of a row, and rejects a repeated setting', () => {
    const rows = [
      { field: rate, values: '0.1..1' },
      { field: 'recipe.batchSize', values: 'many' },
      { field: rate, values: '0.1' },
    ];
    const read = readForm(form({ rows }), fields, 1);
    expect([...read.problems.keys()]).toEqual([0, 1, 2]);
    expect(read).toMatchObject({ size: null, spec: null });
  });

  it('counts too many runs but does not start them', () => {
    const values = Array.from({ length: 201 }, (_, i) => i + 1).join(',');
    expect(readForm(form({ rows: [{ field: 'recipe.batchSize', values }] }), fields, 1)).toMatchObject({
      size: 201,
      spec: null,
    });
  });

  it('suggests valid values for every setting', () => {
    for (const field of fields) {
      const rows = [{ field: field.id, values: startValues(field) }];
      expect(readForm(form({ rows }), fields, 1).problems, field.id).toEqual(new Map());
    }
  });
});

describe('overlaid curves', () => {
  const curves = new Curves();
  for (let step = 1; step <= 20; step++) {
    curves.add({ step, loss: 2 - step / 20, accuracy: 0.5, learningRate: 0.1, gradientNorm: 1, samplesPerSecond: 1 });
  }
  const mlp = templateOf('mlp')?.document as NetworkDocument;
  const read = {
    record: record('a', { step: 20, steps: 20, epochs: 2 }),
    document: mlp,
    history: [epoch(1, 0.6, 1.5), epoch(2, 0.7, 1.2)],
    changes: [],
    curves: curves.toArrays(),
    checkpoints: [],
  };

  it('have steps in epochs', () => {
    const { x, y } = trainPoints(read, 'loss');
    expect(x[9]).toBe(1);
    expect(x.at(-1)).toBe(2);
    expect(y.every((value, i) => i === 0 || (value as number) <= (y[i - 1] as number))).toBe(true);
    expect(validationPoints(read, 'accuracy')).toEqual({ x: [1, 2], y: [0.6, 0.7] });
  });

  it('share one x column', () => {
    const data = merged([
      { x: [1, 2], y: [5, 6] },
      { x: [0.5, 2], y: [7, 8] },
    ]);
    expect(data).toEqual([
      [0.5, 1, 2],
      [null, 5, 6],
      [7, null, 8],
    ]);
    expect(spanOf(data, 'loss')).toEqual([0, 8.4]);
    expect(
      spanOf(
        [
          [0, 1],
          [0.93, 0.97],
        ],
        'accuracy',
      ),
    ).toEqual([0.9, 1]);
  });
});

const rate = (learningRate: number) => ({
  ...defaultRecipe,
  optimizer: { ...defaultRecipe.optimizer, learningRate },
});

describe('differences between runs', () => {
  const changed = { step: 5, learningRate: { from: 0.1, to: 0.01 } };
  const runs = [
    record('a'),
    record('b', { created: 1 }),
    record('c', { created: 2, recipe: rate(0.05) }),
    record('d', { created: 3, recipe: { ...rate(0.05), seed: 7 } }),
    record('e', { created: 4, recipe: rate(0.01), changes: [changed], epochs: 9 }),
    record('f', { created: 5, network: 'MLP', params: 7 }),
  ];
  const words = (usual: boolean) => {
    const found = differences(runs, usual);
    return runs.map(({ id }) => differingText(found.get(id) ?? [], 'en'));
  };

  it('are the settings that differ from most other runs, without constants', () => {
    expect(words(true)).toEqual([
      '',
      '',
      'learning rate 0.05',
      'learning rate 0.05 · random seed 7',
      'learning rate 0.1 → 0.01 · epochs 9',
      '',
    ]);
  });

  it('include every differing setting in a comparison', () => {
    expect(words(false)[0]).toBe('learning rate 0.1 · epochs 2 · random seed 1');
    expect(differingText(differences(runs, false).get('c') ?? [], 'zh')).toBe('学习率 0.05 · 轮数 2 · 随机种子 1');
  });

  it('include transforms and mixing, so that no mean is taken over runs that differ in them', () => {
    const transforms: RunRecord['transforms'] = [
      { type: 'RandomCrop', size: 28, padding: 2 },
      { type: 'RandomHorizontalFlip', on: false },
    ];
    const plain = record('a');
    const mixed = record('b', { created: 1, transforms, mixing: { type: 'MixUp', alpha: 0.2 } });
    const found = differences([plain, mixed], false);
    expect(differingText(found.get('b') ?? [], 'en')).toBe(
      'transforms RandomCrop(size=28, padding=2) · mixing MixUp(alpha=0.2)',
    );
    expect(differingText(found.get('a') ?? [], 'zh')).toMatch(/^变换 \S+ · 样本混合 \S+$/);
    expect(exceptSeed(plain)).not.toBe(exceptSeed(mixed));
  });

  it('include the number of parameters if the network was edited', () => {
    const edited = [record('a'), record('b', { created: 1, params: 2500 })];
    expect(differingText(differences(edited, true).get('b') ?? [], 'en')).toBe('Parameters 2,500');
  });

  it('always include the varied settings of a sweep, in the selected language', () => {
    const swept = [8, 8, 16].map((value, i) => record(`${i}`, { varied: { 'conv1.outChannels': value } }));
    const found = differences(swept, true);
    expect(differingText(found.get('0') ?? [], 'en')).toBe('conv1 output channels 8');
    expect(differingText(found.get('2') ?? [], 'zh')).toMatch(/^conv1 .*16$/);
    expect(differingText(found.get('2') ?? [], 'zh')).not.toContain('outChannels');
  });

  it('give each run a unique name, with its time if nothing else differs', () => {
    const at = (created: number) => `at ${created}`;
    const [a, b, c] = runs as [RunRecord, RunRecord, RunRecord];
    const names = (list: readonly RunRecord[], seeds = true) =>
      distinctNames(list, { language: 'en', numbers: runNumbers(list), at, seeds });
    expect(names([a, c])).toEqual(['learning rate 0.1', 'learning rate 0.05']);
    expect(names([a, b])).toEqual(['run a', 'run b']);
    expect(names([a, { ...b, name: a.name }])).toEqual(['run a #1', 'run a #2']);
    expect(names([a, { ...b, name: a.name }, c])).toEqual([
      'run a #1 · learning rate 0.1',
      'run a #2 · learning rate 0.1',
      'learning rate 0.05',
    ]);
    const elsewhere = { ...b, name: a.name, network: 'another' };
    expect(names([a, elsewhere])).toEqual(['run a · at 0', 'run a · at 1']);
    const seeds = runs.slice(2, 4);
    expect(names(seeds)).toEqual(['random seed 1', 'random seed 7']);
    expect(names(seeds, false)).toEqual(['run c', 'run d']);
  });

  it('number runs of equal names in any order, the same in table, legend and comparison', () => {
    const [a, b, c] = runs as [RunRecord, RunRecord, RunRecord];
    const again = { ...b, name: a.name };
    for (const list of [
      [a, again, c],
      [c, again, a],
    ]) {
      const numbers = runNumbers(list);
      expect([...numbers].sort()).toEqual([
        ['a', 1],
        ['b', 2],
      ]);
      expect([a, again, c].map((run) => numberedName(run, numbers, 'zh'))).toEqual(['run a #1', 'run a #2', 'run c']);
    }
    expect(runNumbers([a, b, c]).size).toBe(0);
    expect(runNumbers([a, c]).size).toBe(0);
  });

  it('omit the seed in a mean over seeds', () => {
    const [a, b, c, d] = runs as [RunRecord, RunRecord, RunRecord, RunRecord];
    expect(exceptSeed(c)).toBe(exceptSeed(d));
    expect(exceptSeed(a)).toBe(exceptSeed(b));
    expect(exceptSeed(a)).not.toBe(exceptSeed(c));
  });
});

describe('a series', () => {
  const own = new Set(['a', 'b', 'c', 'd']);
  const of = (id: string, state: RunRecord['state'], group: string | null = 'sweep') => record(id, { state, group });

  it('has the active runs requested by this window', () => {
    const runs = [of('a', 'done'), of('b', 'running'), of('c', 'queued'), of('x', 'running'), of('d', 'done', 'old')];
    const series = seriesOf(runs, own);
    expect(series).toMatchObject({ group: 'sweep', all: 3 });
    expect(series?.underWay.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it.each([
    ['all are done', [of('a', 'done'), of('b', 'stopped')]],
    ['another window trains', [of('x', 'running')]],
  ])('is none when %s', (_, runs) => expect(seriesOf(runs, own)).toBeNull());
});

describe('the color of a run', () => {
  it('is constant, and unique among selected runs', () => {
    const one = withColors(new Map(), ['a', 'b']);
    const two = withColors(one, ['b', 'c']);
    expect(two.get('b')).toBe(one.get('b'));
    expect(new Set([two.get('b'), two.get('c')]).size).toBe(2);
    // 'a' had the color that 'c' has now: 'c' keeps it because it was selected first.
    const three = withColors(two, ['c', 'a', 'b']);
    expect(three.get('c')).toBe(two.get('c'));
    expect(new Set(['a', 'b', 'c'].map((run) => three.get(run))).size).toBe(3);
    const many = withColors(three, [...'abcdefghij']);
    expect([...'abcdefghij'].filter((run) => many.has(run))).toHaveLength(8);
  });
});

describe('the filter of runs', () => {
  const swept = { varied: { 'conv1.outChannels': 16, 'recipe.optimizer.learningRate': 0.05 }, recipe: rate(0.05) };
  const runs = [
    record('a', { name: 'LeNet', best: epoch(1, 0.975, 0.08), seconds: 30 }),
    record('b', { name: 'LeNet wide', best: epoch(1, 0.965, 0.2), params: 5000, ...swept }),
    record('c', {
      name: 'LeNet',
      best: null,
      recipe: rate(0.01),
      changes: [{ step: 1, learningRate: { from: 0.05, to: 0.01 } }],
    }),
  ];
  it.each([
    ['accuracy > 97', 'a'],
    ['accuracy>97', 'a'],
    ['accuracy >= 96.5 %', 'ab'],
    ['accuracy > 0.97', 'a'],
    ['精度 > 97', 'a'],
    ['精度＞97', 'a'],
    ['loss < 0.1', 'a'],
    ['rate = 0.05', 'bc'],
    ['learning rate=5e-2', 'bc'],
    ['学习率 = 0.05', 'bc'],
    ['lr != 0.05', 'ac'],
    ['wide accuracy > 90', 'b'],
    ['accuracy > 90 loss<0.1', 'a'],
    ['params ≥ 1000', 'b'],
    ['conv1 output channels = 16', 'b'],
    ['outChannels=16', 'b'],
    ['0.05', 'bc'],
    ['time < 60 accuracy>0', 'ab'],
    ['nonsense > 3', ''],
    ['accuracy >', ''],
    ['lenet', 'abc'],
  ])('finds by %s', (text, ids) => {
    const found = filtered(runs, { ...NO_FILTER, text });
    expect(found.map(({ id }) => id).join('')).toBe(ids);
  });
});

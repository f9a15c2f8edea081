import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { CPU_DEVICE } from '../session.ts';
import { openCases } from './cases.ts';
import { type CaseReport, runCase } from './run.ts';

const file = (name: string) => fileURLToPath(new URL(`../../../testdata/golden/${name}`, import.meta.url));

/** How many cases of a kind pass, at least: a new layer, loss or optimizer adds its row. */
const PASSING: Readonly<Record<string, number>> = {
  'layer conv2d': 29,
  'layer linear': 3,
  'layer relu': 3,
  'layer sigmoid': 2,
  'layer tanh': 2,
  'layer max_pool2d': 6,
  'layer avg_pool2d': 7,
  'layer flatten': 1,
  'block vgg': 1,
  'block nin': 1,
  'loss cross_entropy': 1,
  'optimizer sgd': 9,
  'optimizer adam': 5,
  'optimizer adamw': 2,
  'optimizer rmsprop': 4,
  'optimizer adagrad': 3,
  'schedule step': 1,
  'schedule multistep': 1,
  'schedule exponential': 1,
  'schedule cosine': 2,
  'schedule warmup_cosine': 2,
  'schedule one_cycle': 3,
  'schedule plateau': 2,
  'metric multiclass': 3,
  'metric binary': 1,
  'trajectory mlp': 2,
  'trajectory lenet_sigmoid_avg': 1,
  'trajectory lenet_relu_max': 1,
  'trajectory vgg': 1,
  'initialiser xavier_uniform': 3,
  'initialiser xavier_normal': 2,
  'initialiser kaiming_uniform': 5,
  'initialiser kaiming_normal': 5,
  'initialiser uniform': 1,
  'initialiser normal': 1,
  'initialiser zeros': 1,
  'initialiser constant': 1,
};

const reports: CaseReport[] = [];
beforeAll(async () => {
  const set = await openCases(file('cases.json'));
  for (const test of set.cases) reports.push(await runCase(test, set, CPU_DEVICE));
});

it('runs every case, and none fails', () => {
  expect(reports).toHaveLength(239);
  expect(reports.filter(({ status }) => status === 'fail')).toEqual([]);
});

it('passes no fewer cases of any kind than Netloom is known to have', () => {
  const passed: Record<string, number> = {};
  for (const { group, kind, status } of reports) {
    if (status === 'pass') passed[`${group} ${kind}`] = (passed[`${group} ${kind}`] ?? 0) + 1;
  }
  const fewer = Object.entries(PASSING).filter(([kind, count]) => (passed[kind] ?? 0) < count);
  expect(fewer).toEqual([]);
});

it('says what is missing for the others', () => {
  for (const { status, note } of reports) if (status === 'unsupported') expect(note).toMatch(/\w+/);
});

it('notices a wrong number', async () => {
  const set = await openCases(file('cases.json'));
  const test = set.cases.find(({ id }) => id === 'layer-linear-01');
  if (test === undefined) throw new Error('the case is gone');
  const exact = { ...test, tolerance: { rtol: 0, atol: 1e-12 } };
  expect(await runCase(exact, set, CPU_DEVICE)).toMatchObject({
    status: 'fail',
    note: expect.stringMatching(/out\.y|grad\./),
  });
});

it('says so when the file is no list of cases', async () => {
  await expect(openCases(file('README.md'))).rejects.toThrow(/README\.md' is no list of golden cases/);
  await expect(openCases(file('nothing.json'))).rejects.toThrow(/There is no file/);
});

import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CPU_DEVICE } from '../session.ts';
import { openCases } from './cases.ts';
import { type CaseReport, runCase } from './run.ts';

const file = (name: string) => fileURLToPath(new URL(`../../../testdata/golden/${name}`, import.meta.url));

it.each([
  ['cases.json', 239],
  ['more.json', 41],
  ['found.json', 11],
])('passes every case of %s', async (name, count) => {
  const set = await openCases(file(name));
  const reports: CaseReport[] = [];
  for (const test of set.cases) reports.push(await runCase(test, set, CPU_DEVICE));
  expect(reports).toHaveLength(count);
  expect(reports.filter(({ status }) => status !== 'pass')).toEqual([]);
});

it('detects a wrong value', async () => {
  const set = await openCases(file('cases.json'));
  const test = set.cases.find(({ id }) => id === 'layer-linear-01');
  if (test === undefined) throw new Error('the case is gone');
  const exact = { ...test, tolerance: { rtol: 0, atol: 1e-12 } };
  expect(await runCase(exact, set, CPU_DEVICE)).toMatchObject({
    status: 'fail',
    note: expect.stringMatching(/out\.y|grad\./),
  });
});

it('names unsupported settings', async () => {
  const set = await openCases(file('cases.json'));
  const test = set.cases.find(({ id }) => id === 'layer-relu-01');
  if (test?.group !== 'layer') throw new Error('the case is gone');
  const unknown = await runCase({ ...test, kind: 'maxout' }, set, CPU_DEVICE);
  expect(unknown).toMatchObject({ status: 'unsupported', note: "layer kind 'maxout'" });
  const more = await runCase({ ...test, hyper: { inplace: 2 } }, set, CPU_DEVICE);
  expect(more).toMatchObject({ status: 'unsupported', note: 'relu with inplace 2' });
});

it('refuses a file that is not a list of cases', async () => {
  await expect(openCases(file('README.md'))).rejects.toThrow(/README\.md” is not a list of golden cases/);
  await expect(openCases(file('nothing.json'))).rejects.toThrow(/There is no file/);
});

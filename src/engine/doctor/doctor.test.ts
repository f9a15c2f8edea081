import { describe, expect, it } from 'vitest';
import { check } from '../../check/check.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import type { Code, Finding } from '../../doctor/finding.ts';
import { repairEdits } from '../../doctor/repair.ts';
import { applyEdits } from '../../graph/edits.ts';
import { filesBeside, openDataset } from '../files.ts';
import { dataFaults } from './dataFaults.ts';
import { healthy } from './healthy.ts';
import { networkFaults } from './networkFaults.ts';
import { type Case, evidenceOf } from './trial.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);

interface Row {
  readonly case: Case;
  readonly said: readonly Finding[];
}

async function treated(cases: readonly Case[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const each of cases) rows.push({ case: each, said: diagnose(await evidenceOf(each)) });
  return rows;
}

const codesOf = ({ said }: Row): readonly Code[] => said.map(({ code }) => code);

/** What was said besides what is true. */
const wrong = (row: Row): readonly Code[] =>
  codesOf(row).filter((code) => code !== row.case.code && code !== row.case.also);

function print(rows: readonly Row[]): void {
  const lines = rows.map((row) => {
    const { code, name } = row.case;
    const named = code === null || codesOf(row).includes(code);
    const mark = named && wrong(row).length === 0 ? '  ' : '! ';
    return `${mark}${(code ?? 'healthy').padEnd(20)} ${name.padEnd(64)} ${codesOf(row).join(', ') || '–'}`;
  });
  console.info(lines.join('\n'));
}

const faults = [...networkFaults(), ...dataFaults()];
/** Trained once for all tests. */
let treatedFaults: Promise<Row[]> | null = null;
const faultRows = (): Promise<Row[]> => {
  treatedFaults ??= treated(faults);
  return treatedFaults;
};
const rowOf = async (name: string): Promise<Row> => (await faultRows()).find((row) => row.case.name === name) as Row;

describe('the doctor', () => {
  it('names faults, and nothing that is not there', async () => {
    const rows = await faultRows();
    print(rows);
    const missed = rows.filter((row) => !codesOf(row).includes(row.case.code as Code));
    // Other processors round otherwise, and what diverges is chaotic: one row may be missed there.
    expect(missed.length, missed.map((row) => row.case.name).join()).toBeLessThanOrEqual(1);
    const accused = rows.filter((row) => wrong(row).length > 0);
    expect(accused.length, accused.map((row) => row.case.name).join()).toBeLessThanOrEqual(1);
    expect(new Set(faults.map(({ code }) => code)).size).toBe(12);
  });

  it('is quiet about healthy runs', async () => {
    const rows = await treated(healthy(await openDataset('mnist', files)));
    print(rows);
    const alarms = rows.filter(({ said }) => said.length > 0);
    expect(alarms.length, alarms.map((row) => row.case.name).join()).toBeLessThanOrEqual(1);
  });

  it.each([
    'regression, rate 5',
    'pictures, Adam rate 0.3',
    'pictures, SGD rate 5e-4',
    'drowned ReLUs behind a convolution',
    'six sigmoids in a row, Adam',
    'ten tanh layers of small weights',
    'batch norm on batches of 2',
    'nine classes of pictures are rare',
    'a straight line for circles',
    'batch norm of momentum 1e-4',
    'dropout of nine in ten',
  ])('mends by its first fix: %s', async (name) => {
    const { case: fault, said } = await rowOf(name);
    const { weights: _, ...patient } = fault;
    const [fix] = said[0]?.fixes ?? [];
    if (fix === undefined) throw new Error('no fix');
    const document = applyEdits(fault.document, repairEdits(fault.document, fix));
    expect(document).not.toEqual(fault.document);
    // Trained on from weights that are dead, it would stay dead.
    expect(diagnose(await evidenceOf({ ...patient, document })).map(({ code }) => code)).not.toContain(fault.code);
  });

  it('offers only fixes that leave the network sound', async () => {
    for (const { case: fault, said } of await faultRows()) {
      for (const fix of said.flatMap(({ fixes }) => fixes)) {
        const after = check(applyEdits(fault.document, repairEdits(fault.document, fix)));
        expect([fault.name, fix.title.en, after.graph !== null]).toEqual([fault.name, fix.title.en, true]);
      }
    }
  });

  it('says what it measured in both languages', async () => {
    const message = (await rowOf('every picture twice')).said[0]?.message;
    expect(message?.en).toMatch(/^250 of 320 validation samples \(78 %\) are also in the training split/);
    expect(message?.zh).toMatch(/^320 个验证样本中有 250 个（78 %）也在训练集中/);
  });
});

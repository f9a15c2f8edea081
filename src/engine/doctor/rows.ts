import type { Dataset } from '../../data/dataset.ts';
import type { Code, Finding } from '../../doctor/finding.ts';
import { dataFaults } from './dataFaults.ts';
import { healthy } from './healthy.ts';
import { heldBackFaults } from './heldBackFaults.ts';
import { networkFaults } from './networkFaults.ts';
import { type CaseOutcome, isBetter, outcomeOf } from './outcome.ts';
import { recipeFaults } from './recipeFaults.ts';
import { type Case, diagnosed } from './trial.ts';

/**
 * The test table of the training doctor: runs with a seeded fault, and healthy ones. `digits`: the embedded MNIST
 * images.
 */
export const faultyRuns = (digits: Dataset): readonly Case[] => [
  ...networkFaults(),
  ...dataFaults(),
  ...recipeFaults(digits),
  ...heldBackFaults(digits),
];
export const healthyRuns = (digits: Dataset): readonly Case[] => healthy(digits);

/** The first case of each code. */
export const oneOfEach = (cases: readonly Case[]): readonly Case[] =>
  cases.filter(({ code }, i) => cases.findIndex((each) => each.code === code) === i);

export interface Row {
  readonly case: Case;
  readonly findings: readonly Finding[];
  /** Null if no fix was offered. */
  readonly outcome: CaseOutcome | null;
}

/** Trains a case, diagnoses it, and trains it again with the first fix. */
export async function rowOf(each: Case): Promise<Row> {
  const { findings, weights } = await diagnosed(each);
  return { case: each, findings, outcome: await outcomeOf(each, findings, weights) };
}

export const codesOf = ({ findings }: Row): readonly Code[] => findings.map(({ code }) => code);

/** Wrong findings. */
export const wrong = (row: Row): readonly Code[] =>
  codesOf(row).filter((code) => code !== row.case.code && code !== row.case.also);

export const isNamed = (row: Row): boolean => row.case.code === null || codesOf(row).includes(row.case.code);

const figures = ({ loss, recall }: CaseOutcome['before']): string =>
  `${loss.toPrecision(3)}${recall === null ? '' : ` (${Math.round(100 * recall)} %)`}`;

/** A row of the table: marks, code, name, findings, and loss and recall before and after the first fix. */
export function lineOf(row: Row): string {
  const { code, name } = row.case;
  const { outcome } = row;
  const marks = `${isNamed(row) && wrong(row).length === 0 ? ' ' : '!'}${outcome === null || isBetter(outcome) ? ' ' : '-'}`;
  const result = outcome === null ? '–' : `${outcome.fix}: ${figures(outcome.before)} → ${figures(outcome.after)}`;
  return `${marks} ${(code ?? 'healthy').padEnd(19)} ${name.padEnd(64)} ${(codesOf(row).join(', ') || '–').padEnd(20)} ${result}`;
}

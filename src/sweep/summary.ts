import type { RunRecord } from '../runs/record.ts';
import { WITHOUT } from './ablation.ts';
import type { VariedValues } from './plan.ts';
import { FOLD } from './recipeFields.ts';
import { type Difference, pairedDifference, type Spread, spreadOf } from './statistics.ts';

/** The fields of a run that a summary uses. */
export type Outcome = Pick<RunRecord, 'id' | 'varied' | 'best'>;

/** The validation metric of the best epoch, by which runs are compared. */
export type Measure = 'accuracy' | 'loss';

/** The result of a run; null before the first epoch. */
export const resultOf = ({ best }: Pick<RunRecord, 'best'>, measure: Measure): number | null => {
  const value = best?.validation[measure] ?? null;
  return value !== null && Number.isFinite(value) ? value : null;
};

/** The loss for regression networks, which have no accuracy; otherwise the accuracy. */
export const measureFor = (runs: readonly Pick<RunRecord, 'best'>[]): Measure =>
  runs.some(({ best }) => best !== null && best.validation.accuracy === null) ? 'loss' : 'accuracy';

export const isBetter = (a: number, b: number, measure: Measure): boolean => (measure === 'loss' ? a < b : a > b);

export function bestOf<R extends Pick<RunRecord, 'best'>>(runs: readonly R[], measure: Measure): R | null {
  let best: { run: R; value: number } | null = null;
  for (const run of runs) {
    const value = resultOf(run, measure);
    if (value !== null && (best === null || isBetter(value, best.value, measure))) best = { run, value };
  }
  return best?.run ?? null;
}

/** Hyperparameters with different values in the runs, or with a value in several runs. */
export const variedKeys = (runs: readonly Pick<RunRecord, 'varied'>[]): readonly string[] => [
  ...new Set(runs.flatMap(({ varied }) => Object.keys(varied))),
];

type Value = VariedValues[string];

/** The runs with one value of a hyperparameter. */
export interface ValueSummary {
  readonly value: Value;
  readonly runs: number;
  /** Null until a run has a result. */
  readonly spread: Spread | null;
  readonly best: number | null;
}

/** Mean and standard deviation per value of one hyperparameter, ordered by value. */
export function summaryBy(runs: readonly Outcome[], key: string, measure: Measure): readonly ValueSummary[] {
  const groups = new Map<Value, Outcome[]>();
  for (const run of runs) {
    const value = run.varied[key];
    if (value === undefined) continue;
    groups.set(value, [...(groups.get(value) ?? []), run]);
  }
  return [...groups]
    .sort(([a], [b]) => compareValues(a, b))
    .map(([value, group]) => {
      const results = group.flatMap((run) => resultOf(run, measure) ?? []);
      const best = bestOf(group, measure);
      return {
        value,
        runs: group.length,
        spread: spreadOf(results),
        best: best && resultOf(best, measure),
      };
    });
}

const SEED = 'recipe.seed';

/** The runs of one trial over its seeds and folds. */
export interface SettingSummary<R> {
  /** The values without seed and fold. */
  readonly varied: VariedValues;
  readonly runs: readonly R[];
  readonly spread: Spread;
}

/** Trials by their mean over seeds and folds, best first. Trials without a result are omitted. */
export function settingsBest<R extends Outcome>(runs: readonly R[], measure: Measure): readonly SettingSummary<R>[] {
  const settings = new Map<string, { varied: VariedValues; runs: R[] }>();
  for (const run of runs) {
    const { [SEED]: _, [FOLD]: __, ...varied } = run.varied;
    const key = JSON.stringify(Object.entries(varied).sort());
    const setting = settings.get(key) ?? { varied, runs: [] };
    setting.runs.push(run);
    settings.set(key, setting);
  }
  return [...settings.values()]
    .flatMap((setting) => {
      const spread = spreadOf(setting.runs.flatMap((run) => resultOf(run, measure) ?? []));
      return spread === null ? [] : [{ ...setting, spread }];
    })
    .sort((a, b) => (isBetter(a.spread.mean, b.spread.mean, measure) ? -1 : 1));
}

/** Orders null first, then numbers by size, then texts. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rank = (value: Value) => (value === null ? 0 : typeof value === 'number' ? 1 : 2);
  return rank(a) - rank(b) || String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** True for the folds of one network, where nothing else is varied. */
export const isFolds = (runs: readonly Pick<RunRecord, 'varied'>[]): boolean =>
  runs.length > 0 && runs.every(({ varied }) => Object.keys(varied).join() === FOLD);

export interface ArmSummary {
  /** Null for the original network. */
  readonly without: string | null;
  readonly runs: number;
  readonly spread: Spread | null;
  /** Difference from the original network over the seeds that both have finished; null for fewer than two seeds. */
  readonly difference: Difference | null;
}

export const isAblation = (runs: readonly Pick<RunRecord, 'varied'>[]): boolean =>
  runs.some(({ varied }) => WITHOUT in varied);

/** The variants of an ablation study, the original network first, paired by seed. */
export function ablationSummary(runs: readonly Outcome[], measure: Measure): readonly ArmSummary[] {
  const bySeed = (arm: readonly Outcome[]) =>
    new Map(
      arm.flatMap((run): [Value, number][] => {
        const value = resultOf(run, measure);
        return value === null ? [] : [[run.varied['recipe.seed'] ?? null, value]];
      }),
    );
  const whole = bySeed(runs.filter(({ varied }) => varied[WITHOUT] === null));
  return summaryBy(runs, WITHOUT, measure).map(({ value, runs: count, spread }) => {
    const arm = bySeed(runs.filter(({ varied }) => varied[WITHOUT] === value));
    const pairs = [...arm].flatMap(([seed, result]): [number, number][] => {
      const before = whole.get(seed);
      return before === undefined ? [] : [[before, result]];
    });
    return {
      without: value === null ? null : String(value),
      runs: count,
      spread,
      difference: value === null ? null : pairedDifference(pairs),
    };
  });
}

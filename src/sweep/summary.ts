import type { RunRecord } from '../runs/record.ts';
import { WITHOUT } from './ablation.ts';
import type { Varied } from './plan.ts';
import { type Difference, pairedDifference, type Spread, spreadOf } from './statistics.ts';

/** What a summary looks at of a run. */
export type Outcome = Pick<RunRecord, 'id' | 'varied' | 'best'>;

/** What runs are compared by: the validation of a run's best epoch. */
export type Measure = 'accuracy' | 'loss';

/** Null while there is none. */
export const resultOf = ({ best }: Pick<RunRecord, 'best'>, measure: Measure): number | null => {
  const value = best?.validation[measure] ?? null;
  return value !== null && Number.isFinite(value) ? value : null;
};

/** Accuracy, but where the networks predict numbers: those have none. */
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

/** Keys under which the runs say different things, or more than one run says something. */
export const variedKeys = (runs: readonly Pick<RunRecord, 'varied'>[]): readonly string[] => [
  ...new Set(runs.flatMap(({ varied }) => Object.keys(varied))),
];

type Value = Varied[string];

/** The runs with one value of a varied field. */
export interface ValueSummary {
  readonly value: Value;
  readonly runs: number;
  /** Null while none has a result. */
  readonly spread: Spread | null;
  readonly best: number | null;
}

/** Mean and spread by the values of one field, in their order. */
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

/** The runs of one setting, over its seeds. */
export interface SettingSummary<R> {
  /** Without the seed. */
  readonly varied: Varied;
  readonly runs: readonly R[];
  readonly spread: Spread;
}

/** Settings by the mean over their seeds, the best first; those without a result are left out. */
export function settingsBest<R extends Outcome>(runs: readonly R[], measure: Measure): readonly SettingSummary<R>[] {
  const settings = new Map<string, { varied: Varied; runs: R[] }>();
  for (const run of runs) {
    const { [SEED]: _, ...varied } = run.varied;
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

/** Numbers by size, then words; nothing comes first. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rank = (value: Value) => (value === null ? 0 : typeof value === 'number' ? 1 : 2);
  return rank(a) - rank(b) || String(a).localeCompare(String(b), 'en', { numeric: true });
}

export interface ArmSummary {
  /** Null for the network as it is. */
  readonly without: string | null;
  readonly runs: number;
  readonly spread: Spread | null;
  /** Of this arm against the network as it is, over the seeds that both have finished; null for fewer than two. */
  readonly difference: Difference | null;
}

export const isAblation = (runs: readonly Pick<RunRecord, 'varied'>[]): boolean =>
  runs.some(({ varied }) => WITHOUT in varied);

/** The arms of an ablation, the network as it is first; paired by seed. */
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

import type { RunRecord } from '../../../src/runs/record.ts';
import { spreadOf } from '../../../src/sweep/statistics.ts';
import {
  bestOf,
  isAblation,
  isFolds,
  type Measure,
  resultOf,
  settingsBest,
  summaryBy,
  variedKeys,
} from '../../../src/sweep/summary.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { figureOf } from './figures.ts';
import css from './RunDetails.module.css';
import { useRunsView } from './runsViewStore.ts';
import { settingName, settingText } from './settingWords.ts';

/** Summary of a sweep: its best run, and the results for each value of the hyperparameters. */
export function GroupSummary({ runs, measure }: { readonly runs: readonly RunRecord[]; readonly measure: Measure }) {
  const { say, pick } = useWords();
  const wordsOf = (varied: RunRecord['varied']): string =>
    Object.entries(varied)
      .map(([key, value]) => `${pick(settingName(key))} ${pick(settingText(key, value))}`)
      .join(' · ');
  const best = bestOf(runs, measure);
  if (best === null || isAblation(runs)) return null;
  if (isFolds(runs)) return <FoldSummary runs={runs} measure={measure} />;
  const [setting] = settingsBest(runs, measure);
  const tables = variedKeys(runs)
    .map((key) => ({ key, rows: summaryBy(runs, key, measure) }))
    .filter(({ rows }) => rows.length > 1 && rows.some(({ runs: count }) => count > 1));
  return (
    <>
      <button
        type="button"
        className={css.best}
        onClick={() => useRunsView.getState().select([best.id])}
        onPointerEnter={() => useRunsView.getState().point(best.id)}
        onPointerLeave={() => useRunsView.getState().point(null)}
      >
        <span>{say('runs.best', { name: wordsOf(best.varied) })}</span>
        <b>{figureOf(best.best?.validation[measure] ?? null, measure)}</b>
      </button>
      {setting !== undefined && setting.spread.n > 1 && (
        <button
          type="button"
          className={css.best}
          onClick={() => useRunsView.getState().select(setting.runs.map(({ id }) => id))}
        >
          <span>{say('runs.bestSetting', { name: wordsOf(setting.varied) })}</span>
          <b>
            {figureOf(setting.spread.mean, measure)}{' '}
            {say('runs.overSeeds', { sd: figureOf(setting.spread.sd, measure), count: setting.spread.n })}
          </b>
        </button>
      )}
      {tables.map(({ key, rows }) => (
        <section key={key} className={css.section}>
          <h4>{say('runs.byValue', { field: pick(settingName(key)) })}</h4>
          <table className={css.figures}>
            <thead>
              <tr>
                <th scope="col">{say('runs.value')}</th>
                <th scope="col">{say('runs.runs')}</th>
                <th scope="col">{say('runs.mean')}</th>
                <th scope="col">{say('runs.spread')}</th>
                <th scope="col">{say('runs.top')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ value, runs: count, spread, best: top }) => (
                <tr key={String(value)}>
                  <th scope="row">{pick(settingText(key, value))}</th>
                  <td>{count}</td>
                  <td>{figureOf(spread?.mean ?? null, measure)}</td>
                  <td>{figureOf(spread?.sd ?? null, measure)}</td>
                  <td>{figureOf(top, measure)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

/** Mean and standard deviation of the folds of a network. */
function FoldSummary({ runs, measure }: { readonly runs: readonly RunRecord[]; readonly measure: Measure }) {
  const { say } = useWords();
  const spread = spreadOf(runs.flatMap((run) => resultOf(run, measure) ?? []));
  if (spread === null) return null;
  return (
    <>
      <button
        type="button"
        className={css.best}
        onClick={() => useRunsView.getState().select(runs.map(({ id }) => id))}
      >
        <span>{say('runs.foldMean')}</span>
        <b>
          {figureOf(spread.mean, measure)}{' '}
          {say('runs.overSeeds', { sd: figureOf(spread.sd, measure), count: spread.n })}
        </b>
      </button>
      <p className={css.quiet}>{say('runs.foldMeanHelp')}</p>
    </>
  );
}

import type { RunRecord } from '../../../src/runs/record.ts';
import { type ArmSummary, ablationSummary, type Measure } from '../../../src/sweep/summary.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { figureOf, signedFigure } from './figures.ts';
import css from './Group.module.css';

/** Results of an ablation: the network with and without a layer or block, over the seeds. Updated as runs end. */
export function AblationTable({ runs, measure }: { readonly runs: readonly RunRecord[]; readonly measure: Measure }) {
  const { say } = useWords();
  return (
    <section className={css.group}>
      <h3>{say('runs.ablation')}</h3>
      <table className={css.ablation} aria-label={say('runs.ablation')}>
        <thead>
          <tr>
            <td />
            <th scope="col">{say('runs.runs')}</th>
            <th scope="col">{say(`runs.${measure}`)}</th>
            <th scope="col">{say('runs.spread')}</th>
            <th scope="col">{say('runs.difference')}</th>
            <th scope="col">{say('runs.interval')}</th>
          </tr>
        </thead>
        <tbody>
          {ablationSummary(runs, measure).map((arm) => (
            <ArmRow key={arm.without ?? ''} arm={arm} measure={measure} />
          ))}
        </tbody>
      </table>
      <p className={css.note}>{say('runs.ablationNote')}</p>
    </section>
  );
}

function ArmRow({ arm, measure }: { readonly arm: ArmSummary; readonly measure: Measure }) {
  const { say } = useWords();
  const { without, runs, spread, difference } = arm;
  const unit = (words: string) => (measure === 'accuracy' ? say('runs.points', { value: words }) : words);
  return (
    <tr>
      <th scope="row">{without === null ? say('runs.asIs') : say('runs.without', { names: without })}</th>
      <td>{say('runs.finished', { count: spread?.n ?? 0, all: runs })}</td>
      <td>{figureOf(spread?.mean ?? null, measure)}</td>
      <td>{figureOf(spread?.sd ?? null, measure)}</td>
      {without === null ? (
        <td colSpan={2} />
      ) : difference === null ? (
        <td colSpan={2} className={css.waiting}>
          {say('runs.ablationWaiting')}
        </td>
      ) : (
        <>
          <td>
            <b>{unit(signedFigure(difference.mean, measure))}</b>
          </td>
          <td>
            {signedFigure(difference.low, measure)} … {signedFigure(difference.high, measure)}
          </td>
        </>
      )}
    </tr>
  );
}

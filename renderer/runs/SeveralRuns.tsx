import { useMemo } from 'react';
import type { RunRecord } from '../../src/runs/record.ts';
import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { figureOf } from './figures.ts';
import { GroupField } from './GroupField.tsx';
import { OverlayChart } from './OverlayChart.tsx';
import css from './RunDetails.module.css';
import { compareRuns } from './runActions.ts';
import { coloured, distinctNames } from './runColours.ts';
import { useRunsView } from './runsViewStore.ts';
import { useReads } from './useReads.ts';

/** Runs beside each other: their curves in one picture, and the difference of two networks. */
export function SeveralRuns({ runs }: { readonly runs: readonly RunRecord[] }) {
  const { say } = useWords();
  const drawn = useMemo(() => coloured(runs), [runs]);
  const reads = useReads(useMemo(() => drawn.map(([run]) => run), [drawn]));
  const curves = useMemo(
    () =>
      drawn.flatMap(([run, colour]) => {
        const read = reads.get(run.id);
        return read == null ? [] : [[read, colour] as const];
      }),
    [drawn, reads],
  );
  const names = distinctNames(drawn.map(([run]) => run.name));
  const [a, b] = runs;
  const pair = a !== undefined && b !== undefined && runs.length === 2 ? ([a, b] as const) : null;
  return (
    <>
      <h3 className={css.name}>{say('runs.curvesOf', { count: runs.length })}</h3>
      <div className={css.actions}>
        {pair !== null && (
          <Button look="outlined" label={say('runs.compareTwo')} onClick={() => compareRuns(...pair)}>
            {say('runs.compareTwo')}
          </Button>
        )}
        <GroupField runs={runs} />
        <Button look="outlined" label={say('runs.delete')} onClick={() => useRunsView.getState().askDelete(true)}>
          {say('runs.delete')}
        </Button>
      </div>
      <ul className={css.legend}>
        {drawn.map(([run, colour], i) => (
          <li key={run.id} onPointerEnter={() => useRunsView.getState().point(run.id)}>
            <span className={css.swatch} style={{ background: `var(${colour})` }} aria-hidden="true" />
            <span className={css.legendName} title={run.name}>
              {names[i]}
            </span>
            <b>
              {run.best?.validation.accuracy == null
                ? figureOf(run.best?.validation.loss ?? null, 'loss')
                : figureOf(run.best.validation.accuracy, 'accuracy')}
            </b>
          </li>
        ))}
      </ul>
      {drawn.length < runs.length && <p className={css.quiet}>{say('runs.curvesFirst', { count: drawn.length })}</p>}
      {curves.length > 0 && <OverlayChart metric="loss" runs={curves} />}
      {runs.some(({ best }) => best !== null && best.validation.accuracy !== null) && curves.length > 0 && (
        <OverlayChart metric="accuracy" runs={curves} />
      )}
    </>
  );
}

import { useEffect } from 'react';
import { isAblation } from '../../../src/sweep/summary.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { AblationTable } from './AblationTable.tsx';
import { DeleteQuestion } from './DeleteQuestion.tsx';
import { ParallelAxes } from './ParallelAxes.tsx';
import { RunDetails } from './RunDetails.tsx';
import { RunsHead } from './RunsHead.tsx';
import { RunsTable } from './RunsTable.tsx';
import css from './RunsView.module.css';
import { readRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { openSweep } from './sweepStore.ts';
import { NO_FILTER } from './tableRows.ts';
import { useRunRows } from './useRunRows.ts';

/** View of all kept runs. A low panel shows only the table. */
export function RunsView() {
  const { say } = useWords();
  const known = useRuns((state) => state.known);
  const none = useRuns((state) => state.runs.length === 0);
  const shown = useRunRows();
  const { rows, group, measure, axes } = shown;

  useEffect(() => {
    readRuns().catch(console.error);
    return () => useRunsView.getState().leave();
  }, []);

  return (
    <section className={css.page} aria-label={say('runs.title')} tabIndex={-1}>
      <RunsHead shown={shown} />
      {none ? (
        <div className={css.empty}>
          <h2>{say(known ? 'runs.empty' : 'runs.loading')}</h2>
          {known && <p>{say('runs.emptyHint')}</p>}
          {known && (
            <Button look="outlined" label={say('command.sweep')} onClick={openSweep}>
              {say('command.sweep')}
            </Button>
          )}
        </div>
      ) : (
        <div className={css.body}>
          <div className={css.main}>
            <div className={css.above}>
              {group !== null && isAblation(group) && <AblationTable runs={group} measure={measure} />}
              {group !== null && !isAblation(group) && axes.length > 1 && (
                <ParallelAxes runs={group} axes={axes} measure={measure} />
              )}
            </div>
            {rows.length === 0 ? (
              <div className={css.nothing}>
                <p>{say('runs.noMatch')}</p>
                <Button
                  look="outlined"
                  label={say('runs.clearFilter')}
                  onClick={() => {
                    useRunsView.getState().setFilter(NO_FILTER);
                    useRunsView.getState().setBrushes({});
                  }}
                >
                  {say('runs.clearFilter')}
                </Button>
              </div>
            ) : (
              <RunsTable shown={shown} />
            )}
          </div>
          <RunDetails measure={measure} />
        </div>
      )}
      <DeleteQuestion />
    </section>
  );
}

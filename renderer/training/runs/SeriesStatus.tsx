import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { stopRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import css from './SeriesStatus.module.css';
import { useSeries } from './useSeries.ts';

/** Progress of the active series, visible in every workspace, with buttons to show and to stop it. */
export function SeriesStatus() {
  const { say } = useWords();
  const series = useSeries();
  if (series === null) return null;
  const { group, underWay, all } = series;
  const values = { name: group ?? say('runs.title'), done: all - underWay.length, all };
  return (
    <span className={css.series}>
      <button
        type="button"
        className={css.show}
        title={say('runs.showSeries')}
        onClick={() => useRunsView.getState().showGroup(group)}
      >
        <i className={css.bar} aria-hidden="true">
          <i style={{ transform: `scaleX(${values.done / all})` }} />
        </i>
        <span className={css.words}>{say('runs.series', values)}</span>
      </button>
      <Button icon="stop" label={say('runs.stopAll', { count: underWay.length })} onClick={() => stopRuns(underWay)} />
    </span>
  );
}

import { useMemo } from 'react';
import type { Measure } from '../../../src/sweep/summary.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { GroupSummary } from './GroupSummary.tsx';
import { OneRun } from './OneRun.tsx';
import css from './RunDetails.module.css';
import { useRunsView } from './runsViewStore.ts';
import { SeveralRuns } from './SeveralRuns.tsx';

/** Panel beside the table: the selected run, a comparison of several, or the summary of the group. */
export function RunDetails({ measure }: { readonly measure: Measure }) {
  const { say } = useWords();
  const runs = useRuns((state) => state.runs);
  const ids = useRunsView((state) => state.selected);
  const group = useRunsView((state) => state.filter.group);
  const selected = useMemo(() => runs.filter(({ id }) => ids.has(id)), [runs, ids]);
  const [first] = selected;
  return (
    <aside className={css.details} aria-label={say('runs.details')}>
      {first === undefined && (
        <>
          <p className={css.hint}>{say('runs.selectHint')}</p>
          {group !== null && <GroupSummary runs={runs.filter((run) => run.group === group)} measure={measure} />}
        </>
      )}
      {selected.length === 1 && first !== undefined && <OneRun key={first.id} run={first} />}
      {selected.length > 1 && <SeveralRuns runs={selected} />}
    </aside>
  );
}

import { useEffect, useRef } from 'react';
import { factsOf } from '../../src/data/known.ts';
import { readingKey } from '../../src/data/readingKey.ts';
import { useRetry } from '../state/data/dataReturn.ts';
import { cancelMeasuring, measureData, useStatistics } from '../state/data/statistics.ts';
import { useDocument, useRun } from '../state/stores/stores.ts';
import { Button } from '../ui/controls/Button.tsx';
import { EmptyState } from '../ui/controls/EmptyState.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { clock } from '../ui/i18n/numbers.ts';
import { ChannelHistograms } from './ChannelHistograms.tsx';
import { DuplicatePairs } from './DuplicatePairs.tsx';
import { OddImages } from './OddImages.tsx';
import { PointsPlane } from './PointsPlane.tsx';
import css from './StatisticsPanel.module.css';

/** Statistics of the dataset, computed when the panel is first shown: values, duplicates, sizes, odd images, points. */
export function StatisticsPanel() {
  const { say, pick } = useWords();
  const data = useDocument(({ root }) => root.data);
  const ready = useRun(({ engine }) => engine === 'ready');
  const state = useStatistics();
  const key = readingKey(data);
  const isKnown = factsOf(data) !== null;
  const isStale = state.key !== key;
  const retry = useRetry(state.problem !== null && !state.isCanceled);
  const retried = useRef(retry);
  useEffect(() => {
    const isNeeded = useStatistics.getState().key !== key || retried.current !== retry;
    retried.current = retry;
    if (ready && isKnown && isNeeded) void measureData();
  }, [ready, isKnown, key, retry]);
  if (!isKnown) return <EmptyState>{say('data.unknown')}</EmptyState>;
  const { measuring, description, problem } = state;
  if (isStale || measuring !== null) {
    return (
      <div className={css.measuring} role="status">
        <span>{say('data.measuring')}</span>
        <progress
          aria-label={say('data.measuring')}
          value={measuring === null || measuring.total === 0 ? undefined : measuring.done}
          max={Math.max(1, measuring?.total ?? 1)}
        />
        {measuring?.left != null && <span>{say('data.left', { time: clock(measuring.left) })}</span>}
        <Button label={say('data.cancel')} look="outlined" onClick={cancelMeasuring} />
      </div>
    );
  }
  if (problem !== null || description === null) {
    return (
      <EmptyState action={<Button label={say('data.measure')} look="outlined" onClick={() => void measureData()} />}>
        {problem === null ? say('data.measuring') : pick(problem)}
      </EmptyState>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className={css.panel} aria-label={say('panel.statistics')} tabIndex={0}>
      {description.points !== null && (
        <PointsPlane points={description.points} target={factsOf(data)?.targets[0] ?? null} />
      )}
      {description.isImages && <ChannelHistograms channels={description.channels} trained={description.trained} />}
      <DuplicatePairs duplicates={description.duplicates} isImages={description.isImages} />
      <OddImages description={description} />
    </section>
  );
}

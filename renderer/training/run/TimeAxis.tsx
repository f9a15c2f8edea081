import { useEffect, useRef, useState } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { PlayButton } from '../travel/PlayButton.tsx';
import { TimeSlider } from '../travel/TimeSlider.tsx';
import { useKeptCheckpoints } from '../travel/useKeptCheckpoints.ts';
import { useCharts } from './chartStore.ts';
import css from './TimeAxis.module.css';
import { ticksOf } from './timeAxis.ts';

/** Min distance between two tick labels, in pixels. */
const TICK = 48;
/** Max number of tick labels, in a window of any size. */
const MOST_TICKS = 20;

/** Time axis of all curves, with the checkpoints of the run and a slider. */
export function TimeAxis() {
  const { say } = useWords();
  const checkpoints = useKeptCheckpoints();
  const step = useRun((state) => state.step);
  const zoom = useCharts((state) => state.zoom);
  const end = useCharts((state) => state.end);
  const at = useCheckpoint((state) => state.at);
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(400);
  useEffect(() => {
    if (host.current === null) return;
    const resized = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    resized.observe(host.current);
    return () => resized.disconnect();
  }, []);
  const range = zoom ?? ([0, end] as const);
  return (
    <section className={css.axis} aria-label={say('travel.title')}>
      <div className={css.head}>
        {checkpoints.length > 0 && <PlayButton checkpoints={checkpoints} />}
        <span>{say('run.epochAxis')}</span>
      </div>
      <div ref={host} className={css.track}>
        <TimeSlider
          checkpoints={checkpoints}
          now={step}
          at={at?.step ?? null}
          range={range}
          ticks={ticksOf(range, Math.min(MOST_TICKS, width / TICK))}
        />
      </div>
    </section>
  );
}

import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { useTheme } from '../../ui/theme/useTheme.ts';
import { visitNear } from '../travel/visiting.ts';
import { scaleOf } from './chartData.ts';
import { shownPart, useCharts } from './chartStore.ts';
import { type CurveMetric, formatMetric, isEpochMetric } from './curveMetrics.ts';
import { livePlot } from './livePlot.ts';
import css from './RunPanel.module.css';
import { readoutAt } from './readout.ts';
import { windows } from './smooth.ts';
import { panned, zoomed } from './zoom.ts';

/** Crosshair movement per arrow key press, and with Shift, as shares of the visible range. */
const STEP = 0.01;
const STRIDE = 0.25;

/** Live chart of a metric. The plot subscribes to the store directly; React renders only the heading. */
export function Chart({ metric }: { readonly metric: CurveMetric }) {
  const { say } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const log = useCharts((state) => state.log.includes(metric));

  // biome-ignore lint/correctness/useExhaustiveDependencies: colors are read from the theme when the plot is created
  useEffect(() => {
    if (host.current === null) return;
    return livePlot(metric, host.current, {
      best: (epoch) => say('run.best', { epoch }),
      change: (what, from, to) => say(`run.change.${what}`, { from, to }),
    });
  }, [metric, say('run.best', { epoch: 0 }), log, theme]);

  return (
    <section className={css.chart} style={{ '--curve': `var(--curve-${metric})` } as CSSProperties}>
      <Heading metric={metric} log={log} />
      <Place metric={metric} frame={host} />
    </section>
  );
}

/**
 * Slider over the plot: arrow keys move the crosshair, Enter visits its checkpoint, + and − zoom, Shift with an arrow pans.
 */
function Place({
  metric,
  frame,
}: {
  readonly metric: CurveMetric;
  readonly frame: React.RefObject<HTMLDivElement | null>;
}) {
  const { say } = useWords();
  const at = useCharts((state) => state.pointed?.at ?? null);
  const smoothing = useCharts((state) => state.smoothing);
  const epochs = useCharts((state) => state.end);
  const epoch = useRun((state) => state.epoch);

  function point(to: number): void {
    const [from, end] = shownPart();
    const place = Math.min(end, Math.max(from, to));
    const box = frame.current?.querySelector('.u-over')?.getBoundingClientRect() ?? new DOMRect();
    useCharts.getState().point({ at: place, x: box.x + ((place - from) / (end - from)) * box.width, top: box.top });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { setZoom, zoom, point: lift } = useCharts.getState();
    const [from, to] = shownPart();
    const now = at ?? epoch;
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (way !== 0 && event.shiftKey) setZoom(zoom && panned(zoom, way * STRIDE, useCharts.getState().end));
    else if (way !== 0) point(now + way * STEP * (to - from));
    else if (event.key === 'Home') point(from);
    else if (event.key === 'End') point(to);
    else if (event.key === 'Enter') visitNear(scaleOf(useRun.getState()).stepOf(now));
    else if (event.key === '+' || event.key === '=') setZoom(zoomed([from, to], now, 0.5, useCharts.getState().end));
    else if (event.key === '-') setZoom(zoomed([from, to], now, 2, useCharts.getState().end));
    else if (event.key === 'Escape' && (zoom !== null || at !== null)) {
      setZoom(null);
      lift(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function words(): string {
    const read = readoutAt(useRun.getState(), at ?? epoch, windows[smoothing] ?? 0);
    if (read === null) return '';
    const values = read.values.map(({ metric: each, value, validation }) => {
      const write = formatMetric[each];
      const held = validation === null ? '' : `, ${say('run.validation')} ${write(validation)}`;
      return `${say(`run.${each}`)} ${write(value)}${held}`;
    });
    return [say('run.at', { step: whole(read.step), epoch: read.epoch.toFixed(2) }), ...values].join('; ');
  }

  return (
    <div
      ref={frame}
      className={css.plot}
      role="slider"
      tabIndex={0}
      aria-label={say(`run.${metric}Chart`)}
      aria-valuemin={0}
      aria-valuemax={Number(epochs.toFixed(2))}
      aria-valuenow={Number((at ?? epoch).toFixed(2))}
      aria-valuetext={words()}
      onKeyDown={onKeyDown}
      onBlur={() => useCharts.getState().point(null)}
    />
  );
}

function Heading({ metric, log }: { readonly metric: CurveMetric; readonly log: boolean }) {
  const { say } = useWords();
  const name = say(`run.${metric}`);
  return (
    <div className={css.heading}>
      <h2>{name}</h2>
      <button
        type="button"
        className={css.log}
        aria-pressed={log}
        aria-label={say('run.logOf', { name })}
        title={say('run.logOf', { name })}
        onClick={() => useCharts.getState().toggleLog(metric)}
      >
        {log && <Icon name="good" size={11} />}
        {say('run.log')}
      </button>
      {isEpochMetric(metric) ? <EpochKeys metric={metric} /> : <NowKey metric={metric} />}
    </div>
  );
}

/** Values of the last epoch. Those of single batches vary too much to be useful. */
function EpochKeys({ metric }: { readonly metric: Extract<CurveMetric, 'loss' | 'accuracy'> }) {
  const { say } = useWords();
  const epochs = useRun((state) => state.history.length);
  const last = useRun.getState().history[epochs - 1];
  // Regression networks have no accuracy.
  const shown = (value: number | null | undefined) =>
    value === undefined ? '' : value === null ? '–' : formatMetric[metric](value);
  return (
    <>
      <span className={css.key}>
        <i>{say('run.train')}</i> <b>{shown(last?.train[metric])}</b>
      </span>
      <span className={`${css.key} ${css.validation}`}>
        <i>{say('run.validation')}</i> <b>{shown(last?.validation[metric])}</b>
      </span>
    </>
  );
}

/** Latest value of the curve. */
function NowKey({ metric }: { readonly metric: CurveMetric }) {
  const { say } = useWords();
  const words = useRun(({ curves, revision }) => {
    const value = revision >= 0 ? curves.column(metric).at(-1) : undefined;
    return value === undefined || !Number.isFinite(value) ? '' : formatMetric[metric](value);
  });
  return words === '' ? null : (
    <span className={css.key}>
      <i>{say('run.now')}</i> <b>{words}</b>
    </span>
  );
}

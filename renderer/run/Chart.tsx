import 'uplot/dist/uPlot.min.css';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useWords } from '../i18n/i18n.ts';
import { percent } from '../i18n/numbers.ts';
import { useRun, useUi } from '../stores/stores.ts';
import { type ChartData, chartData, type Metric, rangeOf } from './chartData.ts';
import { plotOptions } from './plotOptions.ts';
import css from './RunPanel.module.css';

const format: Readonly<Record<Metric, (value: number) => string>> = {
  loss: (value) => value.toFixed(value < 0.1 ? 4 : 3),
  accuracy: percent,
};

/** The rows of the present run. */
function readRun(metric: Metric): ChartData {
  const { curves, steps, epochs } = useRun.getState();
  return chartData(curves[metric], curves.epochs, metric, steps > 0 && epochs > 0 ? steps / epochs : 1);
}

/** A live curve. The plot is fed from the store itself: React draws the heading alone. */
export function Chart({ metric }: { readonly metric: Metric }) {
  const { say } = useWords();
  const host = useRef<HTMLDivElement>(null);
  // Not asked for its value: a new one has new colours in it.
  const theme = useUi((state) => state.theme);
  const axis = say('run.epochAxis');

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the theme when the plot is made
  useEffect(() => {
    const frame = host.current;
    if (frame === null) return;
    let pending = 0;
    let data = readRun(metric);
    const plot = new uPlot(
      plotOptions({
        metric,
        axis,
        format: format[metric],
        epochs: () => useRun.getState().epochs || 1,
        range: () => rangeOf(data, metric),
      }),
      data as uPlot.AlignedData,
      frame,
    );
    const resize = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = frame;
      if (width > 0 && height > 0) plot.setSize({ width, height });
    });
    resize.observe(frame);
    const stop = useRun.subscribe((now, before) => {
      if (now.revision === before.revision && now.run === before.run) return;
      // One drawing for however many messages came since the last frame.
      pending ||= requestAnimationFrame(() => {
        pending = 0;
        data = readRun(metric);
        plot.setData(data as uPlot.AlignedData);
      });
    });
    return () => {
      stop();
      resize.disconnect();
      cancelAnimationFrame(pending);
      plot.destroy();
    };
  }, [metric, axis, theme]);

  return (
    <section className={css.chart} style={{ '--curve': `var(--curve-${metric})` } as CSSProperties}>
      <Heading metric={metric} />
      <div ref={host} className={css.plot} role="img" aria-label={say(`run.${metric}Chart`)} />
    </section>
  );
}

function Heading({ metric }: { readonly metric: Metric }) {
  const { say } = useWords();
  const revision = useRun((state) => state.revision);
  const [shown, setShown] = useState({ train: '', validation: '' });
  // The last epoch's figures: those of single batches jump about and mean little.
  useEffect(() => {
    const last = revision >= 0 ? useRun.getState().curves.epochs.at(-1) : undefined;
    // Networks that predict numbers have no accuracy.
    const shown = (value: number | null | undefined) =>
      value === undefined ? '' : value === null ? '–' : format[metric](value);
    const train = shown(last?.train[metric]);
    const validation = shown(last?.validation[metric]);
    setShown((before) => (before.train === train && before.validation === validation ? before : { train, validation }));
  }, [revision, metric]);
  return (
    <h2>
      {say(`run.${metric}`)}
      <span className={css.key}>
        {say('run.train')} <b>{shown.train}</b>
      </span>
      <span className={`${css.key} ${css.validation}`}>
        {say('run.validation')} <b>{shown.validation}</b>
      </span>
    </h2>
  );
}

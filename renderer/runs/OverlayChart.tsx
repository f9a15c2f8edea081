import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useWords } from '../i18n/i18n.ts';
import { percent } from '../i18n/numbers.ts';
import { colour } from '../run/plotOptions.ts';
import { useDark } from '../start/Thumbnail.tsx';
import { merged, type OverlayMetric, spanOf, trainPoints, validationPoints } from './overlay.ts';
import css from './RunDetails.module.css';
import type { RunRead } from './runsEngine.ts';

interface Props {
  readonly metric: OverlayMetric;
  /** With the custom property that has its colour. */
  readonly runs: readonly (readonly [run: RunRead, colour: string])[];
}

/** The curves of several runs in one picture: training solid, validation dashed, in the colour of the run. */
export function OverlayChart({ metric, runs }: Props) {
  const { say } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const axis = say('runs.epochAxis');

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the theme when the plot is made
  useEffect(() => {
    const frame = host.current;
    if (frame === null) return;
    // The validations over all else: there are few points of them.
    const data = merged([
      ...runs.map(([run]) => trainPoints(run, metric)),
      ...runs.map(([run]) => validationPoints(run, metric)),
    ]);
    const muted = colour('--muted');
    const font = `11px ${colour('--font-text')}`;
    const quiet = { stroke: muted, font, ticks: { show: false }, grid: { stroke: colour('--line'), width: 1 } };
    const plot = new uPlot(
      {
        width: Math.max(160, frame.clientWidth),
        height: Math.max(100, frame.clientHeight),
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: () => spanOf(data, metric) } },
        axes: [
          {
            ...quiet,
            grid: { show: false },
            label: axis,
            labelFont: font,
            labelSize: 15,
            labelGap: 0,
            size: 18,
            gap: 3,
          },
          {
            ...quiet,
            size: 44,
            gap: 5,
            space: 26,
            values: (_plot, ticks) =>
              ticks.map((tick) =>
                metric === 'accuracy' ? percent(tick).replace('.0', '') : String(Number(tick.toPrecision(3))),
              ),
          },
        ],
        series: [
          {},
          ...runs.map(([, name]): uPlot.Series => {
            return { stroke: colour(name), alpha: 0.55, width: 1.3, spanGaps: true, points: { show: false } };
          }),
          ...runs.map(([, name]): uPlot.Series => {
            const stroke = colour(name);
            const points = { show: true, size: 7, fill: colour('--panel'), stroke, width: 2 };
            return { stroke, width: 2, dash: [5, 4], spanGaps: true, points };
          }),
        ],
      },
      data as uPlot.AlignedData,
      frame,
    );
    const resize = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = frame;
      if (width > 0 && height > 0) plot.setSize({ width, height });
    });
    resize.observe(frame);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [metric, runs, axis, dark]);

  const name = say(`runs.chart.${metric}`);
  return (
    <figure className={css.chart}>
      <figcaption>
        {name} <span className={css.quiet}>{say('runs.chartHint')}</span>
      </figcaption>
      <div ref={host} className={css.plot} role="img" aria-label={name} />
    </figure>
  );
}

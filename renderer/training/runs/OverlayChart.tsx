import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import { useTheme } from '../../ui/theme/useTheme.ts';
import { color } from '../run/plotOptions.ts';
import { merged, type OverlayCurve, type OverlayMetric, spanOf } from './overlay.ts';
import css from './RunDetails.module.css';

interface Props {
  readonly metric: OverlayMetric;
  readonly curves: readonly OverlayCurve[];
}

/** Values at the crosshair. */
interface Reading {
  readonly at: number;
  /** One value per curve; null if the curve has no point nearby. */
  readonly values: readonly (number | null)[];
}

/** Key of the crosshair that all charts of runs share. */
const SYNC = 'runs';

/** Curves of several runs in one plot, one color per run: training thin, validation dashed with a ring per epoch. */
export function OverlayChart({ metric, curves }: Props) {
  const { say } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const shownPlot = useRef<uPlot | null>(null);
  const theme = useTheme();
  const [log, setLog] = useState(false);
  const [zoomed, setZoomed] = useState(false);
  const [read, setRead] = useState<Reading | null>(null);
  const axis = say('runs.epochAxis');

  // biome-ignore lint/correctness/useExhaustiveDependencies: colors are read from the theme when the plot is created
  useEffect(() => {
    const frame = host.current;
    if (frame === null) return;
    // Validation curves are drawn last, on top, because they have few points.
    const data = merged([...curves.map(({ train }) => train), ...curves.map(({ validation }) => validation)]);
    const plot = new uPlot(options(frame), data as uPlot.AlignedData, frame);
    shownPlot.current = plot;
    const resize = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = frame;
      if (width > 0 && height > 0) plot.setSize({ width, height });
    });
    resize.observe(frame);
    return () => {
      shownPlot.current = null;
      resize.disconnect();
      plot.destroy();
    };

    function options(room: HTMLElement): uPlot.Options {
      const font = `11px ${color('--font-text')}`;
      const line = color('--line');
      const quiet = { stroke: color('--muted'), font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
      const whole = [data[0]?.[0] ?? 0, data[0]?.at(-1) ?? 1];
      return {
        width: Math.max(160, room.clientWidth),
        height: Math.max(100, room.clientHeight),
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false }, sync: { key: SYNC } },
        scales: {
          x: { time: false },
          y: {
            range: ({ scales: { x } }) =>
              spanOf(data, metric, { from: x?.min ?? 0, to: x?.max ?? Number.POSITIVE_INFINITY, log }),
            ...(log ? { distr: 3, log: 10 } : {}),
          },
        },
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
            values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : tickText(tick, metric))),
          },
        ],
        series: [
          {},
          ...curves.map(({ color: name }): uPlot.Series => {
            return { stroke: color(name), alpha: 0.55, width: 1.3, spanGaps: true, points: { show: false } };
          }),
          ...curves.map(({ color: name }): uPlot.Series => {
            const stroke = color(name);
            const points = { show: true, size: 7, fill: color('--panel'), stroke, width: 2 };
            return { stroke, width: 2, dash: [5, 4], spanGaps: true, points };
          }),
        ],
        hooks: {
          setScale: [
            ({ scales: { x } }, key) => {
              if (key === 'x') setZoomed((x?.min ?? 0) > (whole[0] ?? 0) || (x?.max ?? 0) < (whole[1] ?? 1));
            },
          ],
          setCursor: [
            ({ cursor: { left = -1 }, posToVal }) => {
              setRead(left < 0 ? null : readAt(posToVal(left, 'x'), curves));
            },
          ],
        },
      };
    }
  }, [metric, curves, axis, theme, log]);

  function wholeRun(): void {
    const plot = shownPlot.current;
    const [xs] = plot?.data ?? [];
    if (xs !== undefined) plot?.setScale('x', { min: xs[0] ?? 0, max: xs.at(-1) ?? 1 });
  }

  const name = say(`runs.chart.${metric}`);
  return (
    <figure className={css.chart}>
      <figcaption>
        <b>{name}</b>
        <span className={css.quiet}>
          {read === null ? say('runs.chartHint') : say('runs.at', { epoch: read.at.toFixed(2) })}
        </span>
        {zoomed && (
          <Button label={say('run.wholeRun')} onClick={wholeRun}>
            {say('run.wholeRun')}
          </Button>
        )}
        <Button label={say('run.logOf', { name })} pressed={log} onClick={() => setLog(!log)}>
          {say('run.log')}
        </Button>
      </figcaption>
      <div ref={host} className={css.plot} role="img" aria-label={name} />
      {read !== null && (
        <ul className={css.read} aria-hidden="true">
          {curves.map(({ id, color: own }, i) => {
            const value = read.values[i] ?? null;
            return (
              <li key={id}>
                <i style={{ background: `var(${own})` }} />
                {value === null ? '–' : metric === 'accuracy' ? percent(value) : value.toFixed(4)}
              </li>
            );
          })}
        </ul>
      )}
    </figure>
  );
}

const tickText = (tick: number, metric: OverlayMetric): string =>
  metric === 'accuracy' ? percent(tick).replace('.0', '') : String(Number(tick.toPrecision(3)));

/** Validation values of each curve after the nearest epoch. */
function readAt(at: number, curves: readonly OverlayCurve[]): Reading {
  const values = curves.map(({ validation: { x, y } }) => {
    const nearest = x.reduce((best, each, i) => (Math.abs(each - at) < Math.abs((x[best] ?? 0) - at) ? i : best), 0);
    return Math.abs((x[nearest] ?? Number.POSITIVE_INFINITY) - at) <= 0.5 ? (y[nearest] ?? null) : null;
  });
  return { at, values };
}

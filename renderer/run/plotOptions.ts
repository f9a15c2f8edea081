import type uPlot from 'uplot';
import type { Metric } from './chartData.ts';

interface Settings {
  readonly metric: Metric;
  /** Label of the x axis. */
  readonly axis: string;
  format(value: number): string;
  epochs(): number;
  range(): [number, number];
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** How a curve is drawn: quiet axes, batches faint behind their mean, validation dashed with a dot for each epoch. */
export function plotOptions({ metric, axis, format, epochs, range }: Settings): uPlot.Options {
  const curve = colour(`--curve-${metric}`);
  const muted = colour('--muted');
  const line = colour('--line');
  const font = `11px ${colour('--font-text')}`;
  const quiet = { stroke: muted, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
  return {
    width: 300,
    height: 120,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      // The whole run from the start: the curve grows into it and nothing moves under the eye.
      x: { time: false, range: () => [0, epochs()] },
      y: { range },
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
        space: 36,
        incrs: [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      },
      {
        ...quiet,
        size: metric === 'loss' ? 36 : 44,
        gap: 5,
        space: 26,
        values: (_plot, ticks) =>
          ticks.map((tick) => (metric === 'loss' ? String(Number(tick.toFixed(2))) : format(tick).replace('.0', ''))),
      },
    ],
    series: [
      {},
      { stroke: curve, alpha: 0.14, width: 1, spanGaps: true, points: { show: false } },
      { stroke: curve, width: 2, spanGaps: true, points: { show: false } },
      {
        stroke: curve,
        width: 1.6,
        dash: [5, 4],
        spanGaps: true,
        points: { show: true, size: 6, fill: colour('--panel'), stroke: curve, width: 1.5 },
      },
    ],
  };
}

import type uPlot from 'uplot';
import { type CurveMetric, formatMetric } from './curveMetrics.ts';
import { drawBest, drawLines, type Marks } from './marks.ts';

export interface PlotSettings {
  readonly metric: CurveMetric;
  /** Label of the x axis; null if several charts share an axis below them. */
  readonly axis: string | null;
  readonly log: boolean;
  /** Scale factor of fonts and lines: 1 on the page, more in an exported image. */
  readonly scale: number;
  shown(): readonly [from: number, to: number];
  range(): [number, number];
  marks(): Marks;
}

/**
 * Distance between the edges of a chart and its plot, in pixels: room for the tick labels of the y axis, and for half a
 * label of the x axis.
 */
export const PLOT_LEFT = 46;
export const PLOT_RIGHT = 12;

/** Max number of tick labels on an axis, in a window of any size. */
const MOST_TICKS = 8;

export const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const tickText = (metric: CurveMetric, tick: number): string => {
  if (metric === 'loss' && tick >= 0.001) return String(Number(tick.toPrecision(3)));
  if (metric === 'samplesPerSecond' && tick >= 10_000) return `${tick / 1000}k`;
  return formatMetric[metric](tick).replace('.0%', '%');
};

/** Color of the validation curve: the curve color mixed with the text color, for contrast with the batches. */
export const validationColor = (curve: string): string => `color-mix(in oklab, ${curve} 50%, ${color('--text')})`;

/** Ticks at 1, 2 and 5 times the powers of ten between the two values; only at the powers if there are more than two. */
function logTicks(low: number, high: number): number[] {
  const powers = Math.log10(high / low);
  const heads = powers > 2 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    ticks.push(...heads.map((head) => head * 10 ** power));
  }
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.length > 0 ? inside : [low, high];
}

/** Options of a plot: plain axes, batches faint behind their mean, validation dashed with a dot per epoch. */
export function plotOptions({ metric, axis, log, scale, shown, range, marks }: PlotSettings): uPlot.Options {
  const curve = color(`--curve-${metric}`);
  const validation = validationColor(curve);
  const muted = color('--muted');
  const line = color('--line');
  const font = `${11 * scale}px ${color('--font-text')}`;
  const quiet = { stroke: muted, font, ticks: { show: false }, grid: { stroke: line, width: scale } };
  return {
    width: 300,
    height: 120,
    padding: [8 * scale, PLOT_RIGHT * scale, axis === null ? 6 * scale : 0, 0],
    legend: { show: false },
    cursor: {
      x: false,
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      // Disables the double click of uPlot. It resets the zoom, which the app does itself.
      bind: { dblclick: () => () => null },
    },
    scales: {
      // The x axis spans the visible range instead of the data, so that it stays still while the curve grows.
      x: { time: false, range: () => [...shown()] },
      y: { range, ...(log ? { distr: 3, log: 10 } : {}) },
    },
    axes: [
      {
        ...quiet,
        grid: { show: false },
        ...(axis === null
          ? { size: 0, values: () => [] }
          : { label: axis, labelFont: font, labelSize: 15 * scale, labelGap: 0, size: 18 * scale, gap: 3 * scale }),
        space: 36 * scale,
        incrs: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000],
      },
      {
        ...quiet,
        size: PLOT_LEFT * scale,
        gap: 5 * scale,
        space: (_plot, _axis, _min, _max, room) => Math.max(26 * scale, room / MOST_TICKS),
        ...(log ? { splits: (plot) => logTicks(plot.scales.y?.min ?? 0.1, plot.scales.y?.max ?? 1) } : {}),
        values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : tickText(metric, tick))),
      },
    ],
    series: [
      {},
      { stroke: curve, alpha: 0.18, width: scale, spanGaps: true, points: { show: false } },
      { stroke: curve, width: 2 * scale, spanGaps: true, points: { show: false } },
      {
        stroke: validation,
        width: 1.8 * scale,
        dash: [5 * scale, 3 * scale],
        spanGaps: true,
        points: { show: true, size: 7 * scale, fill: color('--panel'), stroke: validation, width: 2 * scale },
      },
    ],
    hooks: {
      drawAxes: [(plot) => drawLines(plot, marks(), scale, { line, warning: color('--warning'), font })],
      draw: [(plot) => drawBest(plot, marks(), scale, { curve: validation, text: color('--text'), font })],
    },
  };
}

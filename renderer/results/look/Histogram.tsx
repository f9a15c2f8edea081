import type { LookedWeight } from '../../../src/protocol/look.ts';
import css from './Histogram.module.css';

type Statistics = LookedWeight['now'];

const HEIGHT = 40;

/** Outline of a histogram. Heights are densities, so that two histograms are comparable. */
function outline({ histogram, min, max }: Statistics, highest: number): string {
  const width = (max - min) / histogram.length;
  const total = histogram.reduce((a, b) => a + b, 0) || 1;
  if (width === 0) return '';
  let path = `M${min} ${HEIGHT}`;
  histogram.forEach((count, i) => {
    path += `V${(HEIGHT * (1 - count / total / width / highest)).toFixed(2)}H${min + (i + 1) * width}`;
  });
  return `${path}V${HEIGHT}z`;
}

const density = ({ histogram, min, max }: Statistics): number => {
  const total = histogram.reduce((a, b) => a + b, 0) || 1;
  return max > min ? Math.max(...histogram) / total / ((max - min) / histogram.length) : 0;
};

interface Props {
  readonly now: Statistics;
  /** Histogram of the initial weights, drawn as a line. */
  readonly start: Statistics | null;
  readonly label: string;
}

/** Histogram of values, with a mark at zero. */
export function Histogram({ now, start, label }: Props) {
  const both = start === null ? [now] : [now, start];
  const low = Math.min(0, ...both.map(({ min }) => min));
  const high = Math.max(0, ...both.map(({ max }) => max));
  const span = high - low || 1;
  const highest = Math.max(...both.map(density)) || 1;
  return (
    <svg
      className={css.histogram}
      viewBox={`${low} 0 ${span} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className={css.now} d={outline(now, highest)} />
      {start !== null && <path className={css.start} d={outline(start, highest)} />}
      <path className={css.zero} d={`M0 0V${HEIGHT}`} />
    </svg>
  );
}

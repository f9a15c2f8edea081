import type { DataFacts } from '../../src/graph/document.ts';
import type { DataDescription } from '../state/data/statistics.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import css from './StatisticsPanel.module.css';

const SIZE = 400;
const MARGIN = 12;

/** Shapes of the classes around the origin, so that color is not needed to tell them apart. */
const SHAPES = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  'M-3.2-3.2h6.4v6.4h-6.4z',
  'M0-4.2L4 3H-4z',
  'M0-4.4L4.4 0 0 4.4-4.4 0z',
  'M-4-3H4L0 4.2z',
] as const;
const COLORS = ['convolution', 'linear', 'normalization', 'regularization', 'activation', 'pooling', 'blocks'] as const;

const shapeOf = (label: number): string => SHAPES[label % SHAPES.length] as string;
const colorOf = (label: number): string => `var(--category-${COLORS[label % COLORS.length]})`;

interface Props {
  readonly points: NonNullable<DataDescription['points']>;
  /** The target: a class, or a number, which is drawn as class 1 where it is above zero. */
  readonly target: DataFacts['targets'][number] | undefined;
}

/** Samples of two numbers in the plane, with a shape and a color for each class. Both axes have the same scale. */
export function PointsPlane({ points: { at, targets }, target }: Props) {
  const { say } = useWords();
  const isClass = target?.classes != null;
  const labels = Array.from(targets, (value) => (isClass ? value : Number(value > 0)));
  const [xs, ys] = [at.filter((_, i) => i % 2 === 0), at.filter((_, i) => i % 2 === 1)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
  const scale = (SIZE - 2 * MARGIN) / Math.max(right - left, top - bottom, 1e-9);
  const place = (x: number, y: number) =>
    `translate(${SIZE / 2 + (x - (left + right) / 2) * scale} ${SIZE / 2 - (y - (bottom + top) / 2) * scale})`;
  return (
    <section aria-label={say('data.points')}>
      <h2>{say('data.points')}</h2>
      <svg className={css.plane} viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={say('data.points')}>
        {labels.map((label, i) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: points have no identity except their position
            key={i}
            d={shapeOf(label)}
            fill={colorOf(label)}
            transform={place(xs[i] as number, ys[i] as number)}
          />
        ))}
      </svg>
      <ul className={css.key}>
        {[...new Set(labels)].sort().map((label) => (
          <li key={label}>
            <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
              <path d={shapeOf(label)} fill={colorOf(label)} />
            </svg>
            {isClass ? (target.names?.[label] ?? label) : label === 1 ? '> 0' : '≤ 0'}
          </li>
        ))}
      </ul>
    </section>
  );
}

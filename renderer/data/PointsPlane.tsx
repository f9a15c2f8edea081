import type { DataFacts } from '../../src/graph/document.ts';
import type { DataDescription } from '../state/data/statistics.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { PointKey, PointMark } from './PointMark.tsx';
import css from './StatisticsPanel.module.css';

const SIZE = 400;
const MARGIN = 12;

interface Props {
  readonly points: NonNullable<DataDescription['points']>;
  /** The target: a class, or a number, which is drawn as class 1 where it is above zero. Null: all samples get the same mark. */
  readonly target: DataFacts['targets'][number] | null;
}

/** Samples of two numbers in the plane, with a shape and a color for each class. Both axes have the same scale. */
export function PointsPlane({ points: { at, targets }, target }: Props) {
  const { say } = useWords();
  const isClass = target?.classes != null;
  const labels = Array.from(targets, (value) => (target === null ? 0 : isClass ? value : Number(value > 0)));
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
          // biome-ignore lint/suspicious/noArrayIndexKey: points have no identity except their position
          <PointMark key={i} label={label} transform={place(xs[i] as number, ys[i] as number)} />
        ))}
      </svg>
      {target !== null && (
        <ul className={css.key}>
          {[...new Set(labels)].sort().map((label) => (
            <li key={label}>
              <PointKey label={label} />
              {isClass ? (target.names?.[label] ?? label) : label === 1 ? '> 0' : '≤ 0'}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

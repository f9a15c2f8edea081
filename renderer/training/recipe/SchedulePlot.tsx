import { useMemo } from 'react';
import type { Recipe } from '../../../src/graph/recipe.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRun } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { formatMetric } from '../run/curveMetrics.ts';
import { useRunLength } from '../run/useRunLength.ts';
import css from './Recipe.module.css';
import { type RatePoint, scheduleCurve } from './scheduleCurve.ts';

/** Size of the SVG view box, in its own units. */
const [WIDTH, HEIGHT] = [240, 56];
const write = formatMetric.learningRate;

/** Plot of the learning rate over the run, with the current position during a run. */
export function SchedulePlot({ recipe }: { readonly recipe: Recipe }) {
  const { say } = useWords();
  const perEpoch = useRunLength()?.stepsPerEpoch ?? null;
  const { schedule, epochs } = recipe;
  const points = useMemo(() => (perEpoch === null ? [] : scheduleCurve(recipe, perEpoch)), [recipe, perEpoch]);
  if (schedule === undefined || schedule.kind === 'constant') return null;
  if (schedule.kind === 'plateau') {
    const { mode, patience, factor, minLr } = schedule;
    const values = { rate: write(recipe.optimizer.learningRate), patience, factor: write(factor), least: write(minLr) };
    return <p className={css.words}>{say(`recipe.plateau.${mode}`, values)}</p>;
  }
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return <p className={css.words}>{say('recipe.lengthUnknown')}</p>;
  const peak = Math.max(...points.map(({ rate }) => rate));
  const values = { from: write(first.rate), peak: write(peak), to: write(last.rate), epochs };
  const x = ({ at }: RatePoint) => (at / epochs) * WIDTH;
  const y = (rate: number) => HEIGHT - (rate / peak) * HEIGHT;
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point).toFixed(2)} ${y(point.rate).toFixed(2)}`);
  return (
    <figure className={css.schedule}>
      <span className={css.peak}>{write(peak)}</span>
      <span className={css.zero}>0</span>
      <svg
        role="img"
        aria-label={say('recipe.scheduleCurve', values)}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <path className={css.area} d={`${path.join('')}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}z`} />
        <path className={css.rate} d={path.join('')} />
      </svg>
      <Present />
      <figcaption>
        <span>0</span>
        <span>{say('recipe.epochCount', { count: epochs })}</span>
      </figcaption>
    </figure>
  );
}

/** Vertical line at the current step of the run. */
function Present() {
  const share = useRun(({ state, step, steps }) => (isActive(state) && steps > 0 ? step / steps : null));
  if (share === null) return null;
  return (
    <span className={css.track}>
      <span className={css.present} style={{ left: `${share * 100}%` }} />
    </span>
  );
}

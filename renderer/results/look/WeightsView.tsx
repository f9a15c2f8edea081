import type { WeightFacts } from '../../../src/protocol/look.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { figure } from './figures.ts';
import { Histogram } from './Histogram.tsx';
import css from './WeightsView.module.css';

interface Props {
  /** Path of the layer, where the weights of several layers may be in view. */
  readonly path?: string;
  readonly weights: readonly WeightFacts[];
  /** Label of the change; by default that since the start of the run. */
  readonly moved?: string;
}

/** Histograms of the weights of a layer, and how much the weights have changed. */
export function WeightsView({ path, weights, moved }: Props) {
  const { say } = useWords();
  return (
    <div className={css.weights}>
      {weights.map((weight) => (
        <One
          key={weight.param}
          label={path === undefined ? weight.param : `${path}/${weight.param}`}
          weight={weight}
          movedLabel={moved ?? say('look.moved')}
        />
      ))}
    </div>
  );
}

interface OneProps {
  readonly label: string;
  readonly weight: WeightFacts;
  readonly movedLabel: string;
}

function One({ label, weight, movedLabel }: OneProps) {
  const { say } = useWords();
  const { param, shape, now, start, moved, trained } = weight;
  const low = Math.min(0, now.min, start?.min ?? 0);
  const high = Math.max(0, now.max, start?.max ?? 0);
  return (
    <section className={css.one} aria-label={label}>
      <h3 className={css.title}>
        {param}
        <span>{shape.join('×')}</span>
        {!trained && <span>{say('look.notTrained')}</span>}
      </h3>
      <Histogram now={now} start={start} label={say('look.histogram', { param })} />
      <div className={css.axis}>
        <span>{figure(low)}</span>
        {low < 0 && high > 0 && <span>0</span>}
        <span>{figure(high)}</span>
      </div>
      <dl className={css.figures}>
        <Figure label={say('look.range')} value={`${figure(now.min)} … ${figure(now.max)}`} />
        <Figure label={say('look.mean')} value={figure(now.mean)} />
        <Figure label={say('look.std')} value={figure(now.std)} />
        {now.zeros > 0 && <Figure label={say('look.zeros')} value={percent(now.zeros)} />}
        {now.broken > 0 && <Figure label={say('look.broken')} value={whole(now.broken)} bad />}
        {moved !== null && <Figure label={movedLabel} value={percent(moved)} />}
      </dl>
      {now.every > 1 && <p className={css.note}>{say('look.every', { every: now.every })}</p>}
    </section>
  );
}

function Figure({
  label,
  value,
  bad = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly bad?: boolean;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={bad ? css.bad : undefined}>{value}</dd>
    </div>
  );
}

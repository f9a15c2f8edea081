import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import type { Bar } from './barsOf.ts';
import css from './Probabilities.module.css';

/** Max number of classes that are shown without scrolling. */
const FEW = 12;

interface Props {
  readonly bars: readonly Bar[];
  /** True before the first prediction. */
  readonly empty?: boolean;
}

/** Bar for each class. */
export function Probabilities({ bars, empty = false }: Props) {
  const { say } = useWords();
  return (
    <ul className={css.bars} data-many={bars.length > FEW || undefined}>
      {bars.map(({ label, value, best }) => (
        <li key={label} className={best ? css.best : ''}>
          <span>{label}</span>
          {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot be styled like this */}
          <div
            className={css.track}
            role="meter"
            aria-label={say('predict.probability', { label })}
            aria-valuenow={Number(value.toFixed(4))}
            aria-valuemin={0}
            aria-valuemax={1}
          >
            <div className={css.fill} style={{ transform: `scaleX(${value})` }} />
          </div>
          <span className={css.value}>{empty ? '–' : percent(value)}</span>
        </li>
      ))}
    </ul>
  );
}

import { useWords } from '../i18n/i18n.ts';
import { percent } from '../i18n/numbers.ts';
import css from './PredictPad.module.css';

const TEN = Array.from({ length: 10 }, (_, index) => index);

/** A bar for every class; empty ones while there is nothing to show. */
export function Probabilities({ values }: { readonly values: readonly number[] | null }) {
  const { say } = useWords();
  const known = values !== null && values.length > 0;
  const classes = known ? [...values.keys()] : TEN;
  const best = known ? values.indexOf(Math.max(...values)) : -1;
  return (
    <ul className={css.bars}>
      {classes.map((index) => {
        const value = values?.[index] ?? 0;
        return (
          <li key={index} className={index === best ? css.best : ''}>
            <span>{index}</span>
            {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn like this */}
            <div
              className={css.track}
              role="meter"
              aria-label={say('predict.probability', { label: index })}
              aria-valuenow={Number(value.toFixed(4))}
              aria-valuemin={0}
              aria-valuemax={1}
            >
              <div className={css.fill} style={{ transform: `scaleX(${value})` }} />
            </div>
            <span className={css.value}>{known ? percent(value) : '–'}</span>
          </li>
        );
      })}
    </ul>
  );
}

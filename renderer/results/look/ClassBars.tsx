import { useClassNames } from '../../state/data/classNames.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import css from './ClassBars.module.css';

/** Max number of classes. If there are more, only the most probable ones are shown. */
const MOST = 10;

interface Props {
  readonly values: ArrayLike<number>;
  readonly label: number | null;
}

/** Bars for the probabilities of the classes. The true class has a frame. */
export function ClassBars({ values, label }: Props) {
  const names = useClassNames();
  const all = Array.from(values, (value, index) => ({ value, index }));
  const shown = all.length <= MOST ? all : [...all].sort((a, b) => b.value - a.value).slice(0, MOST);
  const best = all.reduce((a, b) => (b.value > a.value ? b : a), { value: -1, index: -1 }).index;
  return (
    <span className={css.bars}>
      {shown.map(({ value, index }) => (
        <span
          key={index}
          className={[css.row, index === label && css.true, index === best && css.best].filter(Boolean).join(' ')}
        >
          <span className={css.label}>{names[index] ?? index}</span>
          <span className={css.track}>
            <span className={css.fill} style={{ transform: `scaleX(${Math.max(0, Math.min(1, value)) || 0})` }} />
          </span>
          <span className={css.value}>{percent(value)}</span>
        </span>
      ))}
    </span>
  );
}

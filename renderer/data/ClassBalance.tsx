import { MOST_CLASSES_SHOWN, ShownClasses } from '../ui/controls/ShownClasses.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './ClassBalance.module.css';

interface Props {
  /** Samples of every class. */
  readonly counts: readonly number[];
  /** Name of every class; absent: its number. */
  readonly names?: readonly string[] | undefined;
}

/** The balance of the classes, as one bar each. */
export function ClassBalance({ counts, names }: Props) {
  const { say } = useWords();
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return (
    <section aria-label={say('data.balance')}>
      <h2>{say('data.balance')}</h2>
      <ul className={css.bars}>
        {counts.slice(0, MOST_CLASSES_SHOWN).map((count, label) => {
          const name = names?.[label] ?? `${label}`;
          return (
            <li key={name} title={say('data.classCount', { name, count: whole(count) })}>
              <span className={css.name}>{name}</span>
              <span className={css.track} aria-hidden="true">
                <span className={css.bar} style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span className={css.count}>{whole(count)}</span>
            </li>
          );
        })}
      </ul>
      <ShownClasses count={counts.length} />
    </section>
  );
}

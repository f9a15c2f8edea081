import type { DataDescription } from '../state/data/statistics.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import { Side } from './DuplicatePairs.tsx';
import css from './StatisticsPanel.module.css';

/** Sizes and odd images that are listed. */
const SHOWN = 30;

/** Sizes of the files, and images that differ from most others. */
export function OddImages({
  description: { sizes, differentSizes, odd, oddCount },
}: {
  readonly description: DataDescription;
}) {
  const { say } = useWords();
  const most = Math.max(1, ...sizes.map(({ count }) => count));
  return (
    <>
      {sizes.length > 0 && (
        <section aria-label={say('data.sizes')}>
          <h2>{say('data.sizes')}</h2>
          {differentSizes > SHOWN && <p>{say('data.shownOf', { shown: SHOWN, count: whole(differentSizes) })}</p>}
          <ul className={css.sizes}>
            {sizes.slice(0, SHOWN).map(({ width, height, count }) => (
              <li key={`${width} ${height}`} className={css.figures}>
                <meter aria-label={say('data.pixels', { width, height })} value={count} max={most} /> {width} × {height}
                : {whole(count)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {oddCount > 0 && (
        <section aria-label={say('data.odd')}>
          <h2>{say('data.odd')}</h2>
          {oddCount > SHOWN && <p>{say('data.shownOf', { shown: SHOWN, count: whole(oddCount) })}</p>}
          <ul className={css.odd}>
            {odd.slice(0, SHOWN).map(({ index, reasons }) => (
              <li key={index}>
                <div className={css.sides}>
                  <Side index={index} />
                </div>
                <div className={css.caption}>{reasons.map((reason) => say(`data.odd.${reason}`)).join(' · ')}</div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

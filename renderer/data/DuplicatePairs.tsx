import { mainField } from '../../src/data/prepared.ts';
import type { DataDescription } from '../state/data/statistics.ts';
import { SampleImage } from '../state/samples/SampleImage.tsx';
import { targetText, useSample } from '../state/samples/sampleStore.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './StatisticsPanel.module.css';

interface Props {
  readonly duplicates: DataDescription['duplicates'];
  /** False for tables and points, which have no near-duplicates. */
  readonly isImages: boolean;
}

/** Pairs that are listed. */
const SHOWN = 30;

/** Copies and near-duplicates side by side, leaks between the parts of the split first. */
export function DuplicatePairs({ duplicates: { copies, near, leaked, pairs }, isImages }: Props) {
  const { say } = useWords();
  const count = copies + near;
  return (
    <section aria-label={say('data.duplicates')}>
      <h2>{say('data.duplicates')}</h2>
      {leaked > 0 && <p className={css.leak}>{say('data.leaked', { count: leaked })}</p>}
      {count === 0 ? (
        <p>{say(isImages ? 'data.noDuplicates' : 'data.noCopies')}</p>
      ) : (
        <p>
          {say('data.copies', { count: whole(copies) })}
          {isImages && ` · ${say('data.near', { count: whole(near) })}`}
          {count > SHOWN && ` · ${say('data.shownOf', { shown: SHOWN, count: whole(count) })}`}
        </p>
      )}
      {near > 0 && <p>{say('data.nearHelp')}</p>}
      <ul className={css.pairs}>
        {pairs.slice(0, SHOWN).map(({ first, second, kind, isLeak }) => (
          <li key={`${first} ${second}`}>
            <div className={css.sides}>
              <Side index={first} />
              <Side index={second} />
            </div>
            <div className={css.caption}>
              {say(`data.pair.${kind}`)}
              {isLeak && ` · ${say('data.pair.leak')}`}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One sample with its target and position. */
export function Side({ index }: { readonly index: number }) {
  const sample = useSample(index);
  const field = mainField(sample?.inputs ?? []);
  return (
    <div>
      {field !== undefined && <SampleImage field={field} />}
      <div>{sample !== null && targetText(sample)}</div>
      <div className={css.caption}>#{index}</div>
    </div>
  );
}

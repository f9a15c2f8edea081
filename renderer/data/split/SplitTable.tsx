import { useOwnData } from '../../state/data/ownData.ts';
import { useSplitCounts } from '../../state/data/splitCounts.ts';
import { MOST_CLASSES_SHOWN, ShownClasses } from '../../ui/controls/ShownClasses.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import css from './SplitForm.module.css';

const PARTS = ['train', 'validation', 'test'] as const;

interface Props {
  /** The dataset is known, so it can be read. */
  readonly isOpen: boolean;
  /** The form says already why the split cannot be used. */
  readonly hasProblem: boolean;
}

/** Samples of every class in every part, as the engine divides them. */
export function SplitTable({ isOpen, hasProblem }: Props) {
  const { say, pick } = useWords();
  const asked = useSplitCounts(isOpen && !hasProblem);
  // The form of the source says why its data cannot be opened.
  const isSaid = useOwnData((state) => state.problem !== null);
  if (asked === null || hasProblem) return null;
  if (asked.problem !== null) {
    if (isSaid) return null;
    return (
      <div className={css.problem} role="alert">
        {pick(asked.problem)}
      </div>
    );
  }
  if (asked.description === null) return null;
  const { samples, classes } = asked.description;
  return (
    <div className={css.frame}>
      <table className={css.table} aria-label={say('split.counts')}>
        <thead>
          <tr>
            <th scope="col">{say('split.class')}</th>
            {PARTS.map((part) => (
              <th key={part} scope="col">
                {say(`split.part.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.slice(0, MOST_CLASSES_SHOWN).map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {PARTS.map((part) => (
                <td key={part}>{whole(row[part])}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('split.all')}</th>
            {PARTS.map((part) => (
              <td key={part}>{whole(samples[part])}</td>
            ))}
          </tr>
        </tfoot>
      </table>
      <ShownClasses count={classes.length} />
      {samples.unused > 0 && <p>{say('split.unused', { count: samples.unused })}</p>}
    </div>
  );
}

import { useRun } from '../../state/stores/stores.ts';
import { type Say, useWords } from '../../ui/i18n/i18n.ts';
import css from './ChangeFlags.module.css';
import { changeMarks } from './changeMarks.ts';
import { useCharts } from './chartStore.ts';

/** Min share of the axis that the text of a flag needs. With less room before the next flag, only its number is shown. */
const WORDS = 0.16;

export const changeWords =
  (say: Say): Parameters<typeof changeMarks>[1] =>
  (what, from, to) =>
    say(`run.change.${what}`, { from, to });

/** Numbered flags above the curves, with the changes made during the run. */
export function ChangeFlags() {
  const { say } = useWords();
  useRun((state) => state.revision);
  const changes = useRun((state) => state.changes);
  const zoom = useCharts((state) => state.zoom);
  const end = useCharts((state) => state.end);
  if (changes.length === 0) return null;
  const [from, to] = zoom ?? [0, end];
  const flags = changeMarks(useRun.getState(), changeWords(say))
    .map((mark, i) => ({ ...mark, number: i + 1, share: (mark.at - from) / (to - from) }))
    .filter(({ share }) => share >= 0 && share <= 1);
  return (
    <ol className={css.flags} aria-label={say('run.changes')}>
      {flags.map(({ number, text, share }, i) => {
        const next = flags[i + 1]?.share ?? 1;
        return (
          <li
            key={number}
            className={css.flag}
            style={{ left: `${100 * share}%`, maxWidth: `${100 * (next - share)}%` }}
            title={text}
          >
            <b>{number}</b>
            <span className={next - share < WORDS ? css.hidden : ''}>{text}</span>
          </li>
        );
      })}
    </ol>
  );
}

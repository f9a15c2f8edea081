import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import css from './Answer.module.css';
import type { Bar } from './barsOf.ts';

/** The prediction in large letters, with its probability; its room is there before anything is drawn. */
export function Answer({ bars }: { readonly bars: readonly Bar[] | null }) {
  const { say } = useWords();
  const best = bars?.filter(({ best: isBest }) => isBest) ?? [];
  const [first] = best;
  // Several yes-or-no outputs have no one answer.
  if (best.length > 1) return null;
  return (
    <p className={css.answer}>
      {first !== undefined && <b>{first.label}</b>}
      <span>{first === undefined ? say('predict.nothing') : percent(first.value)}</span>
    </p>
  );
}

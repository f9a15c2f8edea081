import { percent } from '../../ui/i18n/numbers.ts';
import css from './Answer.module.css';
import type { Bar } from './barsOf.ts';

interface Props {
  readonly bars: readonly Bar[] | null;
  /** In its place before anything is predicted. */
  readonly nothing?: string;
}

/** The prediction in large letters, with its probability; its room is there before anything is drawn. */
export function Answer({ bars, nothing = '' }: Props) {
  const best = bars?.filter(({ best: isBest }) => isBest) ?? [];
  const [first] = best;
  // Several yes-or-no outputs have no one answer.
  if (best.length > 1) return null;
  return (
    <p className={css.answer}>
      {first !== undefined && <b>{first.label}</b>}
      <span>{first === undefined ? nothing : percent(first.value)}</span>
    </p>
  );
}

import { percent } from '../../ui/i18n/numbers.ts';
import type { Bar } from './barsOf.ts';
import css from './TopPrediction.module.css';

interface Props {
  readonly bars: readonly Bar[] | null;
  /** Text before the first prediction. */
  readonly nothing?: string;
}

/** Prediction in large type, with its probability. Its space is reserved before anything is drawn. */
export function TopPrediction({ bars, nothing = '' }: Props) {
  const best = bars?.filter(({ best: isBest }) => isBest) ?? [];
  const [first] = best;
  // Several binary outputs have no single prediction.
  if (best.length > 1) return null;
  return (
    <p className={css.answer}>
      {first !== undefined && <b>{first.label}</b>}
      <span>{first === undefined ? nothing : percent(first.value)}</span>
    </p>
  );
}

import { useWords } from '../i18n/i18n.ts';
import { whole } from '../i18n/numbers.ts';

/** Classes in a list or table of the window: more rows would take seconds to draw. */
export const MOST_CLASSES_SHOWN = 500;

/** Tells how many of `count` classes are shown; nothing where all are. */
export function ShownClasses({ count }: { readonly count: number }) {
  const { say } = useWords();
  if (count <= MOST_CLASSES_SHOWN) return null;
  return <p>{say('data.shownClasses', { shown: whole(MOST_CLASSES_SHOWN), count: whole(count) })}</p>;
}

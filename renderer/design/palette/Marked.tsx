import { highlight } from '../../ui/search/highlight.ts';
import css from './Palette.module.css';

/** A text with the matches of the query highlighted. */
export function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const ranges = highlight(text, query);
  const pieces = ranges.flatMap(([from, to], index) => {
    const before = text.slice(ranges[index - 1]?.[1] ?? 0, from);
    return [
      before,
      <mark key={from} className={css.mark}>
        {text.slice(from, to)}
      </mark>,
    ];
  });
  return (
    <span>
      {pieces}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </span>
  );
}

import css from './CompareTable.module.css';

interface FigureProps {
  readonly words: string;
  readonly head?: boolean;
  readonly wide?: boolean;
  /** The full number. */
  readonly hint?: string;
}

export function Figure({ words, head = false, wide = false, hint }: FigureProps) {
  const className = wide ? `${css.number} ${css.wide}` : head ? `${css.number} ${css.narrow}` : css.number;
  return head ? (
    <th scope="col" className={className}>
      {words}
    </th>
  ) : (
    <td className={className} title={hint}>
      {words}
    </td>
  );
}

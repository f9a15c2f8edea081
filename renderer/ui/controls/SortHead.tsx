import css from './SortHead.module.css';

interface Sorting<C extends string> {
  readonly column: C;
  readonly down: boolean;
}

interface Props<C extends string> {
  readonly words: string;
  /** Columns of numbers are right-aligned and sort descending first. */
  readonly number: boolean;
  readonly column: C;
  readonly sorting: Sorting<C | 'order'>;
  onSort(sorting: Sorting<C | 'order'>): void;
}

/** Header of a column that sorts its table; the third click restores the order of the data. */
export function SortHead<C extends string>({ words, number, column, sorting, onSort }: Props<C>) {
  const active = sorting.column === column;
  const order = active ? (sorting.down ? 'descending' : 'ascending') : 'none';
  function press(): void {
    if (!active) onSort({ column, down: number });
    else if (sorting.down === number) onSort({ column, down: !number });
    else onSort({ column: 'order', down: false });
  }
  return (
    <th scope="col" aria-sort={order} className={number ? css.number : undefined}>
      <button type="button" className={css.sort} onClick={press}>
        {words}
        <span aria-hidden="true" className={css.arrow}>
          {active ? (sorting.down ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}

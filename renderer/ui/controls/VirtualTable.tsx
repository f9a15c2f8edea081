import { type ComponentProps, type ReactNode, useRef } from 'react';
import { useRowsInSight } from './useRowsInSight.ts';
import css from './VirtualTable.module.css';

interface Props extends ComponentProps<'table'> {
  readonly label: string;
  readonly count: number;
  /** Height of every row, in pixels. */
  readonly rowHeight: number;
  /** Row to scroll into view, and the active row if `rowId` is given; -1 for none. */
  readonly at: number;
  /** Number of columns. */
  readonly columns: number;
  readonly head: ReactNode;
  readonly foot?: ReactNode;
  readonly frameClass?: string | undefined;
  /** Id of a row, for a table that has the focus itself. */
  rowId?(index: number): string;
  /** Renders a `tr`. */
  row(index: number): ReactNode;
}

/** A table of any length: head and foot are sticky, and only visible rows are mounted. */
export function VirtualTable(props: Props) {
  const { label, count, rowHeight, at, columns, head, foot, frameClass, rowId, row, className, style, ...table } =
    props;
  const frame = useRef<HTMLDivElement>(null);
  // The head moves the rows down by its own height.
  const hidden = foot === undefined ? rowHeight : 2 * rowHeight;
  const { rows, height } = useRowsInSight({ count, rowHeight, at, frame, over: [0, hidden] });
  const active = rowId !== undefined &&
    rows.some(({ index }) => index === at) && { 'aria-activedescendant': rowId(at) };
  const above = rows[0]?.start ?? 0;
  const below = height - (rows.at(-1)?.end ?? 0);
  return (
    <div className={`${css.frame} ${frameClass ?? ''}`} ref={frame}>
      <table
        aria-label={label}
        aria-rowcount={count + (foot === undefined ? 1 : 2)}
        {...active}
        {...table}
        className={`${css.table} ${className ?? ''}`}
        style={{ ...style, '--row-height': `${rowHeight}px` } as ComponentProps<'table'>['style']}
      >
        {head}
        <tbody>
          {above > 0 && <Gap height={above} columns={columns} />}
          {rows.map(({ index }) => row(index))}
          {below > 0 && <Gap height={below} columns={columns} />}
        </tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** Stands for the rows out of view. */
const Gap = ({ height, columns }: { readonly height: number; readonly columns: number }) => (
  <tr>
    <td colSpan={columns} style={{ height, padding: 0 }} />
  </tr>
);

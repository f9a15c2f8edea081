import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { rowAfter } from '../keys/rowKeys.ts';
import { useRowsInSight } from './useRowsInSight.ts';
import css from './VirtualList.module.css';

interface Props {
  readonly label: string;
  readonly count: number;
  /** In pixels; the same for all rows. */
  readonly rowHeight: number;
  /** Row of the arrow keys; -1 before they are used. */
  readonly active: number;
  isSelected(index: number): boolean;
  /** Called by arrow keys and presses. */
  onMove(index: number): void;
  /** Called by Enter and presses. */
  onEnter(index: number): void;
  /** Content of a row. */
  row(index: number): ReactNode;
}

/** A list box of any length; only visible rows are mounted. */
export function VirtualList({ label, count, rowHeight, active, isSelected, onMove, onEnter, row }: Props) {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const { rows, height } = useRowsInSight({ count, rowHeight, at: active, frame });

  function onKeyDown(event: KeyboardEvent): void {
    const to = rowAfter(event.key, active, count);
    if (to !== null) onMove(to);
    else if (event.key === 'Enter' && active >= 0) onEnter(active);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={frame}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={rows.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
      className={css.frame}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={css.all} style={{ height: height }}>
        {rows.map(({ index, start }) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list handles focus and keys
          <div
            key={index}
            id={`${id}-${index}`}
            role="option"
            aria-selected={isSelected(index)}
            aria-setsize={count}
            aria-posinset={index + 1}
            data-active={index === active || undefined}
            className={css.row}
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            onClick={() => {
              onMove(index);
              onEnter(index);
            }}
          >
            {row(index)}
          </div>
        ))}
      </div>
    </div>
  );
}

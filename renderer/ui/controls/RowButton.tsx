import { useEffect, useRef } from 'react';
import type { RowWalk } from '../keys/useRowWalk.ts';
import css from './RowButton.module.css';

interface Props {
  /** Id of the row. */
  readonly id: string;
  readonly name: string;
  /** True for the one row that is in the tab order. */
  readonly tabStop: boolean;
  readonly walk: RowWalk;
  readonly className?: string | undefined;
  onChoose(): void;
}

/** The name of a row as a button that covers the nearest positioned element, usually the whole row. */
export function RowButton({ id, name, tabStop, walk: { focusNext, onKey }, className = '', onChoose }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusNext.current !== id || !tabStop) return;
    focusNext.current = null;
    button.current?.focus({ preventScroll: true });
  }, [tabStop, focusNext, id]);
  return (
    <button
      ref={button}
      type="button"
      className={`${css.choose} ${className}`}
      tabIndex={tabStop ? 0 : -1}
      title={name}
      onClick={onChoose}
      onKeyDown={onKey}
    >
      {name}
    </button>
  );
}

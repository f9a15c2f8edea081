import { useEffect, useRef } from 'react';
import css from './RunsTable.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  /** What is written; null when it stays as it is. */
  onDone(name: string | null): void;
}

/** A name written in its place: Enter or leaving takes it, Escape does not. */
export function NameField({ label, value, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  function finish(taken: boolean): void {
    if (done.current) return;
    done.current = true;
    const name = field.current?.value.trim() ?? '';
    onDone(taken && name !== '' && name !== value ? name : null);
  }
  return (
    <input
      ref={field}
      className={css.naming}
      aria-label={label}
      defaultValue={value}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        finish(event.key === 'Enter');
      }}
    />
  );
}

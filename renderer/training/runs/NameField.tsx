import { useEffect, useRef } from 'react';
import css from './RunsTable.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Called with the new name; null if the name is unchanged. */
  onDone(name: string | null): void;
}

/** Field that replaces a name while it is edited. Enter or loss of focus saves, Escape cancels. */
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

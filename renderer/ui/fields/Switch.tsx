import { useEffect, useRef } from 'react';
import css from './FieldRow.module.css';

interface Props {
  readonly id: string;
  readonly describedBy?: string;
  /** Undefined if the selected layers differ. */
  readonly value: boolean | undefined;
  onChange(value: boolean): void;
}

/** A switch that takes effect at once. */
export function Switch({ id, describedBy, value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = value === undefined;
  }, [value]);
  return (
    <span className={css.switchRow}>
      <input
        ref={input}
        id={id}
        type="checkbox"
        aria-describedby={describedBy}
        className={css.switch}
        checked={value ?? false}
        onChange={({ target }) => onChange(target.checked)}
      />
    </span>
  );
}

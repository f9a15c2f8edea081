import { useId } from 'react';
import css from './Choice.module.css';

interface Props<V extends string | number> {
  readonly label: string;
  /** For options that need no visible label. */
  readonly unlabeled?: boolean;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly disabled?: boolean }[];
  onChange(value: V): void;
}

/** One choice of a few options, all of them visible. */
export function Choice<V extends string | number>({ label, unlabeled = false, value, options, onChange }: Props<V>) {
  const name = useId();
  return (
    <fieldset className={css.choice} aria-label={unlabeled ? label : undefined}>
      {!unlabeled && <legend>{label}</legend>}
      <div className={css.options}>
        {options.map((option) => (
          <label key={option.value} className={css.option}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Id of a text that explains the option. */
  readonly describedBy?: string;
  onChange(checked: boolean): void;
}

export function Check({ label, checked, disabled, describedBy, onChange }: CheckProps) {
  return (
    <label className={css.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

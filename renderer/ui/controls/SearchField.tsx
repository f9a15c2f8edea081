import type { ComponentProps } from 'react';
import { Icon } from '../icons/Icon.tsx';
import css from './SearchField.module.css';

interface Props extends Omit<ComponentProps<'input'>, 'onChange'> {
  /** Name for screen readers; shown while the field is empty. */
  readonly label: string;
  /** Placeholder of the empty field instead of the label. */
  readonly hint?: string;
  readonly value: string;
  /** `bare` has no border, for a bar that looks like one field. */
  readonly look?: 'boxed' | 'bare';
  onSearch(text: string): void;
}

/** A field that searches while the user types. */
export function SearchField({ label, hint = label, look = 'boxed', className, onSearch, ...input }: Props) {
  return (
    <label className={[css.field, css[look], className].filter(Boolean).join(' ')}>
      <Icon name="search" size={14} />
      <input
        type="search"
        placeholder={hint}
        aria-label={label}
        onChange={({ target }) => onSearch(target.value)}
        {...input}
      />
    </label>
  );
}

import type { ComponentProps } from 'react';
import { Icon } from '../icons/Icon.tsx';
import css from './SearchField.module.css';

interface Props extends Omit<ComponentProps<'input'>, 'onChange'> {
  /** Said to screen readers, and shown while the field is empty. */
  readonly label: string;
  /** Shown while the field is empty, in place of the label. */
  readonly hint?: string;
  readonly value: string;
  /** `bare` where it lies in a bar that looks like a field as a whole. */
  readonly look?: 'boxed' | 'bare';
  onSearch(text: string): void;
}

/** A field that searches what is below it as one types. */
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

import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';
import css from './Button.module.css';

interface Props {
  /** Name for screen readers and, with `hint`, the tooltip; shown when there are no children. */
  readonly label: string;
  readonly icon?: IconName;
  readonly children?: ReactNode;
  /** A key or a longer explanation, for the tooltip. */
  readonly hint?: string;
  readonly look?: 'plain' | 'outlined' | 'filled';
  readonly pressed?: boolean;
  /** For a button that opens and closes something: it is open. */
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** Looks disabled, but a click shows the reason. */
  readonly blocked?: boolean;
  onClick(): void;
}

export function Button({
  label,
  icon,
  children,
  hint,
  look = 'plain',
  pressed,
  expanded,
  disabled,
  blocked,
  onClick,
}: Props) {
  const classes = [css.button, css[look], children === undefined && css.iconOnly, blocked && css.blocked];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      aria-label={children === undefined || icon !== undefined ? label : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-disabled={blocked || undefined}
      title={hint === undefined ? label : children === undefined ? `${label} (${hint})` : hint}
      disabled={disabled}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span className={css.words}>{children}</span>}
    </button>
  );
}

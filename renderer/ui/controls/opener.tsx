import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';
import css from './Button.module.css';

interface Opener {
  /** Said to screen readers and on hover; shown when there is nothing else to show. */
  readonly label: string;
  readonly icon: IconName | undefined;
  readonly look: 'plain' | 'outlined' | 'filled';
  readonly shown: ReactNode;
}

/** Props of a button that opens a menu or surface. */
export function opener({ label, icon, look, shown }: Opener) {
  const bare = shown === undefined && icon !== undefined;
  return {
    className: [css.button, css[look], bare && css.iconOnly].filter(Boolean).join(' '),
    'aria-label': bare ? label : undefined,
    title: label,
    children: (
      <>
        {icon && <Icon name={icon} />}
        {shown ?? (bare ? null : label)}
      </>
    ),
  };
}

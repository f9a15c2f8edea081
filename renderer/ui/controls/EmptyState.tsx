import type { ReactNode } from 'react';
import css from './EmptyState.module.css';

interface Props {
  /** One sentence: content of this place, or the reason why there is none. */
  readonly children: ReactNode;
  /** The one button that gets there. */
  readonly action?: ReactNode;
  /** A line in small letters below the sentence. */
  readonly more?: ReactNode;
}

/** Stands in the middle of a panel that has nothing to show yet. */
export function EmptyState({ children, action, more }: Props) {
  return (
    <div className={css.empty} role="status">
      <p>{children}</p>
      {more !== undefined && <p className={css.more}>{more}</p>}
      {action}
    </div>
  );
}

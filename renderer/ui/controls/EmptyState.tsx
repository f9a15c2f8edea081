import type { ReactNode } from 'react';
import css from './EmptyState.module.css';

interface Props {
  /** One sentence: the future content of this panel, or the reason why it is empty. */
  readonly children: ReactNode;
  /** The button that fills the panel. */
  readonly action?: ReactNode;
  /** A line in small letters below the sentence. */
  readonly more?: ReactNode;
}

/** Placeholder in the middle of an empty panel. */
export function EmptyState({ children, action, more }: Props) {
  return (
    <div className={css.empty} role="status">
      <p>{children}</p>
      {more !== undefined && <p className={css.more}>{more}</p>}
      {action}
    </div>
  );
}

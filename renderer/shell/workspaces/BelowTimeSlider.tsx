import type { ReactNode } from 'react';
import css from './BelowTimeSlider.module.css';

/** A panel below the checkpoint slider of the run. */
export function BelowTimeSlider({ bar, children }: { readonly bar: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={css.frame}>
      {bar}
      <div className={css.content}>{children}</div>
    </div>
  );
}

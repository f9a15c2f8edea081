import { type ReactNode, useId } from 'react';
import css from '../../design/inspector/Inspector.module.css';
import { useUi } from '../../state/stores/stores.ts';

interface Props {
  /** By which it is remembered whether it is open. */
  readonly name: string;
  readonly title: string;
  /** A heading of its own, or a line within a section. */
  readonly look: 'section' | 'more';
  readonly startOpen?: boolean;
  readonly children: ReactNode;
}

/** What can be folded away, and stays so. */
export function Fold({ name, title, look, startOpen = look === 'section', children }: Props) {
  const id = useId();
  const open = useUi(({ folds }) => folds[`inspector.${name}`] ?? startOpen);
  const button = (
    <button
      type="button"
      className={css.foldButton}
      aria-expanded={open}
      aria-controls={open ? id : undefined}
      onClick={() => useUi.getState().setFold(`inspector.${name}`, !open)}
    >
      <svg aria-hidden="true" width="8" height="8" viewBox="0 0 8 8" className={css.caret}>
        <path d="M2 1l4 3-4 3z" fill="currentColor" />
      </svg>
      {title}
    </button>
  );
  return (
    <section className={look === 'section' ? css.section : css.more} aria-label={title}>
      {look === 'section' ? <h2>{button}</h2> : button}
      {open && <div id={id}>{children}</div>}
    </section>
  );
}

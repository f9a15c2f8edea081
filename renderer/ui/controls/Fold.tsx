import { createContext, type ReactNode, useContext, useId } from 'react';
import css from './Fold.module.css';

/** Open or closed, by name of the section; a section without an entry has its initial state. */
export interface FoldMemory {
  readonly folds: Readonly<Record<string, boolean>>;
  setFold(name: string, open: boolean): void;
}

export const Folds = createContext<FoldMemory>({ folds: {}, setFold: () => {} });

interface Props {
  /** Key under which the state is remembered. */
  readonly name: string;
  readonly title: string;
  /** A section with a heading, or a line within a section. */
  readonly look: 'section' | 'more';
  readonly startOpen?: boolean;
  readonly children: ReactNode;
}

/** A section that can be folded; its state is remembered. */
export function Fold({ name, title, look, startOpen = look === 'section', children }: Props) {
  const id = useId();
  const { folds, setFold } = useContext(Folds);
  const open = folds[`inspector.${name}`] ?? startOpen;
  const button = (
    <button
      type="button"
      className={css.foldButton}
      aria-expanded={open}
      aria-controls={open ? id : undefined}
      onClick={() => setFold(`inspector.${name}`, !open)}
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

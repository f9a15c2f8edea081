import type { ReactNode } from 'react';
import type { Category as Name } from '../../../src/layers/layer.ts';
import type { Offer } from '../../../src/layers/presets.ts';
import { useUi } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './Palette.module.css';

/** Layers by category, and the blocks that users made. */
export type Section = Name | NonNullable<Offer['from']>;
export const sectionOf = ({ from, layer }: Offer): Section => from ?? layer.category;

interface Props {
  readonly category: Section;
  readonly open: boolean;
  readonly children: ReactNode;
}

/** A foldable category with its layers. Its state is remembered. */
export function Category({ category, open, children }: Props) {
  const { say } = useWords();
  const title = say(`category.${category}`);
  const set = (next: boolean) => useUi.getState().setFold(`palette.${category}`, next);
  return (
    <section>
      <h2 className={css.heading}>
        <button
          type="button"
          data-fold=""
          aria-expanded={open}
          className={css.category}
          onClick={() => set(!open)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowLeft') set(false);
            if (event.key === 'ArrowRight') set(true);
          }}
        >
          <svg aria-hidden="true" width="8" height="8" viewBox="0 0 8 8" className={css.caret}>
            <path d="M2 1l4 3-4 3z" fill="currentColor" />
          </svg>
          {title}
        </button>
      </h2>
      {open && (
        <div role="listbox" aria-label={title}>
          {children}
        </div>
      )}
    </section>
  );
}

import type { ReactNode } from 'react';
import { useDocument } from '../stores/stores.ts';
import css from './Inspector.module.css';

/** Fields of what is drawn; inside a built-in block they are to be read. */
export function Editable({ children }: { readonly children: ReactNode }) {
  const looking = useDocument(({ levels }) => levels.at(-1)?.block === null);
  return (
    <fieldset className={css.form} disabled={looking}>
      {children}
    </fieldset>
  );
}

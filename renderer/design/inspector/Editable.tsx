import type { ReactNode } from 'react';
import { useDrawing } from './drawing.ts';
import css from './Inspector.module.css';

/** Fields of the network; read-only inside a built-in block. */
export function Editable({ children }: { readonly children: ReactNode }) {
  const looking = useDrawing(({ levels }) => levels.at(-1)?.block === null);
  return (
    <fieldset className={css.form} disabled={looking}>
      {children}
    </fieldset>
  );
}

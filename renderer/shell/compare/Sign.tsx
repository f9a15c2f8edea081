import type { RowState } from '../../../src/compare/compare.ts';
import { SIGNS } from '../../../src/compare/words.ts';
import css from './Sign.module.css';

/** The sign of a state, in its color. */
export const Sign = ({ state }: { readonly state: RowState }) => (
  <span aria-hidden="true" className={`${css.sign} ${css[state]}`}>
    {state === 'same' ? '' : SIGNS[state]}
  </span>
);

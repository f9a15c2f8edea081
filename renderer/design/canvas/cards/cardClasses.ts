import type { InnerCard } from '../scene/insideContent.ts';
import css from './LayerNode.module.css';

type State = Pick<InnerCard, 'severity' | 'category' | 'frozen' | 'repeat'> & { readonly inside: unknown };

/** Class names of a card, on the canvas or inside an open block. */
export const cardClasses = (
  { severity, category, frozen, repeat, inside }: State,
  { selected, found }: { readonly selected: boolean; readonly found: boolean },
): string =>
  [
    css.card,
    selected && css.selected,
    found && css.found,
    severity && css[severity],
    category === 'unknown' && css.unknown,
    frozen === 'all' && css.frozen,
    category === 'blocks' && css.block,
    repeat > 1 && css.repeated,
    inside !== null && css.open,
  ]
    .filter(Boolean)
    .join(' ');

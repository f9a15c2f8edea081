/**
 * How much of the network is drawn. `card`: real cards. `name` and `bar`: the network is painted, with icons and names or
 * as bars of color, and only what is being used is a real card.
 */
export type Detail = 'card' | 'name' | 'bar';

/** Zoom below which cards are painted with icon and name alone, and below which they are bars. */
export const NAME_BELOW = 0.5;
export const BAR_BELOW = 0.25;
/** Most real cards that can be rendered in one frame. */
export const MOST_CARDS = 400;

/** `seen`: cards in the view and near it. The one that is painted stays so until clearly fewer are seen. */
export function detailAt(zoom: number, seen: number, before: Detail): Detail {
  if (zoom < BAR_BELOW) return 'bar';
  const most = before === 'card' ? MOST_CARDS : MOST_CARDS * 0.8;
  return zoom < NAME_BELOW || seen > most ? 'name' : 'card';
}

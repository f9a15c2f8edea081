/**
 * Level of detail. `card`: all cards are elements. `name` and `bar`: the network is painted, with icons and names or as
 * bars of color, and only cards in use are elements.
 */
export type Detail = 'card' | 'name' | 'bar';

/** Zoom below which cards show only icon and name, and zoom below which they are bars. */
export const NAME_BELOW = 0.5;
export const BAR_BELOW = 0.25;
/** Maximum number of cards that React can render in one frame. */
export const MOST_CARDS = 400;

/** `seen`: number of cards in and near the view. A painted network stays painted until clearly fewer are seen. */
export function detailAt(zoom: number, seen: number, before: Detail): Detail {
  if (zoom < BAR_BELOW) return 'bar';
  const most = before === 'card' ? MOST_CARDS : MOST_CARDS * 0.8;
  return zoom < NAME_BELOW || seen > most ? 'name' : 'card';
}

import type { AreaId } from '../../state/workspaces/layout.ts';

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** Heights of the title bar and of the status bar, and the least that the centre keeps, in pixels (App.module.css). */
export const [TITLE, STATUS, CENTRE] = [46, 27, 120] as const;
/** Height of a bar of tabs. */
export const TAB_BAR = 36;

export type Side = Exclude<AreaId, 'centre'>;

const least: Readonly<Record<Side, number>> = { left: 168, right: 248, bottom: 120 };
/** Share of the window's width that a side takes at most: beside a large canvas, and elsewhere. */
const share = { left: [0.2, 0.3], right: [0.3, 0.42] } as const;

/**
 * Least and greatest size of an area in a window of that size, in pixels; `canvas`: the network is in the centre, where it
 * keeps half of the window's width.
 */
export function limitsOf(
  area: Side,
  { width, height }: Room,
  canvas: boolean,
): { readonly min: number; readonly max: number } {
  const room = area === 'bottom' ? height - TITLE - STATUS - CENTRE : share[area][canvas ? 0 : 1] * width;
  const max = Math.max(0, Math.round(room));
  return { min: Math.min(least[area], max), max };
}

/** The size that an area has: the user's, as far as there is room. */
export function sizeIn(area: Side, wanted: number, room: Room, canvas: boolean): number {
  const { min, max } = limitsOf(area, room, canvas);
  return Math.min(max, Math.max(min, wanted));
}

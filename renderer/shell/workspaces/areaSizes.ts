import type { AreaId } from '../../state/workspaces/layout.ts';

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** Heights of the title bar and the status bar, and minimum height of the center, in pixels (App.module.css). */
export const [TITLE, STATUS, CENTER] = [46, 27, 120] as const;
/** Height of a tab bar, in pixels. */
export const TAB_BAR = 36;

export type Side = Exclude<AreaId, 'centre'>;

const least: Readonly<Record<Side, number>> = { left: 168, right: 248, bottom: 120 };
/** Largest share of the window's width for a side area: beside a large canvas, and otherwise. */
const share = { left: [0.2, 0.3], right: [0.3, 0.42] } as const;

/**
 * Minimum and maximum size of an area in a window of the given size, in pixels. `canvas`: the network is in the center,
 * where it keeps half of the window's width.
 */
export function limitsOf(
  area: Side,
  { width, height }: Room,
  canvas: boolean,
): { readonly min: number; readonly max: number } {
  const room = area === 'bottom' ? height - TITLE - STATUS - CENTER : share[area][canvas ? 0 : 1] * width;
  const max = Math.max(0, Math.round(room));
  return { min: Math.min(least[area], max), max };
}

/** Size of an area: the user's size within the limits of the window. */
export function sizeIn(area: Side, wanted: number, room: Room, canvas: boolean): number {
  const { min, max } = limitsOf(area, room, canvas);
  return Math.min(max, Math.max(min, wanted));
}

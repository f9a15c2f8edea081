import { type Panel, panelLimits } from '../../state/stores/uiStore.ts';

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** Heights of the title bar and of the status bar, and the least that the canvas keeps, in pixels (App.module.css). */
export const [TITLE, STATUS, CANVAS] = [46, 27, 120] as const;
/** Height of the bottom panel's bar of tabs. */
export const DOCK_BAR = 36;

/** Between which sizes a panel can be moved in a window of that size, in pixels; open panels leave the canvas half its width. */
export function limitsOf(panel: Panel, { width, height }: Room): { readonly min: number; readonly max: number } {
  const room = { palette: 0.2 * width, inspector: 0.3 * width, dock: height - TITLE - STATUS - CANVAS }[panel];
  const max = Math.round(Math.min(panelLimits[panel].max, room));
  return { min: Math.min(panelLimits[panel].min, max), max };
}

/** The size that a panel has: the user's, as far as there is room. */
export function sizeIn(panel: Panel, wanted: number, room: Room): number {
  const { min, max } = limitsOf(panel, room);
  return Math.min(max, Math.max(min, wanted));
}

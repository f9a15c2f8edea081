import { type MouseEvent, type PointerEvent, useMemo } from 'react';
import type { Position } from '../../../../src/graph/document.ts';
import { openMenuAt } from './contextMenus.ts';

/** Distance in pixels from which a right press pans the view instead of opening the menu. */
const SLACK = 4;

/**
 * A right click opens the menu of the item under the pointer, a right drag pans the view. Depending on the system, the
 * contextmenu event comes with the press or with the release of the button; the menu always opens at the release.
 */
export function useContextMenu() {
  return useMemo(() => {
    let start: Position | null = null;
    let asked = false;
    let moved = false;
    const isMenuButton = ({ button, ctrlKey }: PointerEvent): boolean => button === 2 || (button === 0 && ctrlKey);
    return {
      onPointerDown(event: PointerEvent): void {
        if (!isMenuButton(event)) return;
        start = { x: event.clientX, y: event.clientY };
        [asked, moved] = [false, false];
      },
      onPointerMove({ clientX, clientY }: PointerEvent): void {
        if (start !== null) moved ||= Math.hypot(clientX - start.x, clientY - start.y) >= SLACK;
      },
      onPointerUp({ target, clientX, clientY }: PointerEvent): void {
        if (asked && !moved) openMenuAt(target, { x: clientX, y: clientY });
        start = null;
        asked = false;
      },
      onContextMenu(event: MouseEvent): void {
        event.preventDefault();
        if (start !== null) asked = true;
        else if (!moved) openMenuAt(event.target, { x: event.clientX, y: event.clientY });
        moved = false;
      },
    };
  }, []);
}

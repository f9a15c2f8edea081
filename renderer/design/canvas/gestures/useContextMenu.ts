import { type MouseEvent, type PointerEvent, useMemo } from 'react';
import type { Position } from '../../../../src/graph/document.ts';
import { openMenuAt } from './contextMenus.ts';

/** A press that moves this far moves the view instead, in pixels. */
const SLACK = 4;

/**
 * Right click opens the menu of what is under the pointer, right drag moves the view. Some systems ask for the menu when
 * the button goes down, some when it comes up: the menu opens when it is up.
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

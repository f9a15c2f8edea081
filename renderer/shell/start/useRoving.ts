import { type RefObject, useEffect } from 'react';

/**
 * Roving tab index: the buttons inside an element are one stop of the Tab key, at the last focused or the first one.
 * The page's arrow keys reach all of them.
 */
export function useRoving(frame: RefObject<HTMLElement | null>): void {
  // Runs after each render, because a search or a new file changes the buttons.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const stops = () => [...element.querySelectorAll<HTMLElement>('button:not(:disabled)')];
    const rove = (to: HTMLElement | undefined): void => {
      for (const stop of stops()) stop.tabIndex = stop === to ? 0 : -1;
    };
    const onFocus = ({ target }: FocusEvent): void => {
      const stop = stops().find((each) => each === target);
      if (stop !== undefined) rove(stop);
    };
    rove(
      stops().find((stop) => stop === document.activeElement || stop.getAttribute('tabindex') === '0') ?? stops()[0],
    );
    element.addEventListener('focusin', onFocus);
    return () => element.removeEventListener('focusin', onFocus);
  });
}

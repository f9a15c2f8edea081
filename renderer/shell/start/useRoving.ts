import { type RefObject, useEffect } from 'react';

/**
 * Makes the buttons inside an element one stop of the Tab key: the one that had the focus last, or the first. The arrow
 * keys of the page lead to all of them.
 */
export function useRoving(frame: RefObject<HTMLElement | null>): void {
  // After each rendering: a search, or a file more, brings other buttons.
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

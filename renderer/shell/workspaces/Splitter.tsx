import type { KeyboardEvent, PointerEvent } from 'react';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import type { Side } from './areaSizes.ts';
import css from './Splitter.module.css';
import { useAreaSize } from './useAreaSize.ts';

/** Axis and pointer direction that enlarge the area. */
const grows: Readonly<Record<Side, { readonly axis: 'x' | 'y'; readonly sign: 1 | -1 }>> = {
  left: { axis: 'x', sign: 1 },
  right: { axis: 'x', sign: -1 },
  bottom: { axis: 'y', sign: -1 },
};
/** Pixels per key press. */
const KEY_STEP = 16;

/** The movable edge of an area: by pointer or arrow keys; a double-click closes the area. */
export function Splitter({ area }: { readonly area: Side }) {
  const { say } = useWords();
  const { size, min, max } = useAreaSize(area);
  const { axis, sign } = grows[area];
  const { resizeArea, toggleArea } = useWorkspaces.getState();

  const resize = (to: number): void => resizeArea(area, Math.min(max, Math.max(min, to)));

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    const handle = event.currentTarget;
    // Visible size, which may be less than the stored one.
    const start = axis === 'x' ? event.clientX : event.clientY;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => resize(size + sign * ((axis === 'x' ? move.clientX : move.clientY) - start));
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
    };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const end = { Home: min, End: max }[event.key];
    if (end !== undefined) resize(end);
    const back = axis === 'x' ? 'ArrowLeft' : 'ArrowUp';
    const on = axis === 'x' ? 'ArrowRight' : 'ArrowDown';
    if (end === undefined && event.key !== back && event.key !== on) return;
    event.preventDefault();
    if (end !== undefined) return;
    resize(size + sign * (event.key === on ? KEY_STEP : -KEY_STEP));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: no HTML element is a focusable separator
    <div
      role="separator"
      tabIndex={0}
      className={`${css.splitter} ${css[area]}`}
      aria-label={say('view.resize', { panel: say(`area.${area}`) })}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onDoubleClick={() => toggleArea(area)}
      onKeyDown={onKeyDown}
    />
  );
}

import type { KeyboardEvent, PointerEvent } from 'react';
import { useUi } from '../../state/stores/stores.ts';
import type { Panel } from '../../state/stores/uiStore.ts';
import { type Key, useWords } from '../../ui/i18n/i18n.ts';
import css from './Splitter.module.css';
import { usePanelSize } from './usePanelSize.ts';

/** Where the panel grows to: the sign of a pointer's way that makes it larger. */
const grows: Readonly<Record<Panel, { readonly axis: 'x' | 'y'; readonly sign: 1 | -1 }>> = {
  palette: { axis: 'x', sign: 1 },
  inspector: { axis: 'x', sign: -1 },
  dock: { axis: 'y', sign: -1 },
};
const names: Readonly<Record<Panel, Key>> = {
  palette: 'palette.title',
  inspector: 'inspector.title',
  dock: 'dock.title',
};
const KEY_STEP = 16;

/** The movable edge of a panel: by pointer or arrow keys; a double-click closes the panel. */
export function Splitter({ panel }: { readonly panel: Panel }) {
  const { say } = useWords();
  const { size, min, max } = usePanelSize(panel);
  const { axis, sign } = grows[panel];
  const { resizePanel, togglePanel } = useUi.getState();

  const resize = (to: number): void => resizePanel(panel, Math.min(max, Math.max(min, to)));

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    const handle = event.currentTarget;
    // The size in the window, which may be less than the one that is remembered.
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
    // biome-ignore lint/a11y/useSemanticElements: a separator that takes focus is a window splitter, which no element is
    <div
      role="separator"
      tabIndex={0}
      className={`${css.splitter} ${css[panel]}`}
      aria-label={say('view.resize', { panel: say(names[panel]) })}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onDoubleClick={() => togglePanel(panel)}
      onKeyDown={onKeyDown}
    />
  );
}

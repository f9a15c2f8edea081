import type { KeyboardEvent } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { Outline } from '../outline/Outline.tsx';
import { Palette } from '../palette/Palette.tsx';
import { useUi } from '../stores/stores.ts';
import type { SideTab } from '../stores/uiStore.ts';
import css from './SidePanel.module.css';

const tabs: readonly SideTab[] = ['layers', 'outline'];

/** What can be added, or what is there. */
export function SidePanel() {
  const { say } = useWords();
  const shown = useUi((state) => state.sideTab);
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = shown === 'layers' ? 'outline' : 'layers';
    useUi.getState().showSide(next);
    document.getElementById(`side-${next}`)?.focus();
  }
  return (
    <div className={css.side}>
      <div role="tablist" aria-label={say('side.title')} className={css.tabs}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`side-${tab}`}
            aria-selected={tab === shown}
            aria-controls="side-body"
            tabIndex={tab === shown ? 0 : -1}
            className={css.tab}
            onClick={() => useUi.getState().showSide(tab)}
            onKeyDown={onKeyDown}
          >
            {say(`side.${tab}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="side-body" aria-labelledby={`side-${shown}`} className={css.body}>
        {shown === 'layers' ? <Palette /> : <Outline />}
      </div>
    </div>
  );
}

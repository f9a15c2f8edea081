import { type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { MenuButton } from './MenuButton.tsx';
import css from './Tabs.module.css';
import { useOverflows } from './useOverflows.ts';

interface Props<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly words: string }[];
  /** Null: none is open. */
  readonly shown: Id | null;
  /** Element beside the tabs. */
  readonly aside?: ReactNode;
  /** Content of the shown tab. */
  readonly children: ReactNode;
  onShow(id: Id): void;
  onDoubleClick?(id: Id): void;
  onContextMenu?(id: Id, event: MouseEvent): void;
  /** Makes the tabs draggable. */
  onDragStart?(id: Id, event: DragEvent): void;
}

/**
 * Tabs above their content. One tab is in the tab order; arrow keys, Home and End show the others. If they do not all
 * fit, a menu beside them lists all.
 */
export function Tabs<Id extends string>({
  label,
  tabs,
  shown,
  aside,
  children,
  onShow,
  onDoubleClick,
  onContextMenu,
  onDragStart,
}: Props<Id>) {
  const { say } = useWords();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const overflows = useOverflows(list, tabs.map(({ words }) => words).join());
  const tabId = (tab: Id): string => `${id}-${tab}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the tab or the room changes
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown, overflows]);

  function onKeyDown(event: KeyboardEvent): void {
    const at = Math.max(
      0,
      tabs.findIndex((tab) => tab.id === shown),
    );
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1 + tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = steps[event.key];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onShow(next.id);
    document.getElementById(tabId(next.id))?.focus();
  }

  return (
    <div className={css.frame}>
      <div className={css.head}>
        <div ref={list} role="tablist" aria-label={label} className={css.tabs}>
          {tabs.map((tab, i) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={tabId(tab.id)}
              aria-selected={tab.id === shown}
              aria-controls={shown === null ? undefined : `${id}-panel`}
              tabIndex={tab.id === shown || (shown === null && i === 0) ? 0 : -1}
              className={css.tab}
              onClick={() => onShow(tab.id)}
              draggable={onDragStart !== undefined}
              onDragStart={(event) => onDragStart?.(tab.id, event)}
              onDoubleClick={() => onDoubleClick?.(tab.id)}
              onContextMenu={(event) => onContextMenu?.(tab.id, event)}
              onKeyDown={onKeyDown}
            >
              {tab.words}
            </button>
          ))}
        </div>
        {overflows && (
          <MenuButton
            label={say('controls.allTabs')}
            icon="down"
            entries={() =>
              tabs.map((tab) => ({ label: tab.words, checked: tab.id === shown, run: () => onShow(tab.id) }))
            }
          />
        )}
        {aside}
      </div>
      {shown !== null && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={tabId(shown)} className={css.panel}>
          {children}
        </div>
      )}
    </div>
  );
}

import { Tabs as Base } from '@base-ui/react/tabs';
import { type DragEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
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
  const list = useRef<HTMLDivElement>(null);
  const overflows = useOverflows(list, tabs.map(({ words }) => words).join());

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the tab or the room changes
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown, overflows]);

  return (
    <Base.Root className={css.frame} value={shown} onValueChange={onShow}>
      <div className={css.head}>
        {/* Where none is open, the focus alone opens none. */}
        <Base.List ref={list} activateOnFocus={shown !== null} aria-label={label} className={css.tabs}>
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.id}
              value={tab.id}
              className={css.tab}
              draggable={onDragStart !== undefined}
              onDragStart={(event) => onDragStart?.(tab.id, event)}
              onDoubleClick={() => onDoubleClick?.(tab.id)}
              onContextMenu={(event) => onContextMenu?.(tab.id, event)}
            >
              {tab.words}
            </Base.Tab>
          ))}
        </Base.List>
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
        <Base.Panel value={shown} tabIndex={undefined} className={css.panel}>
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  );
}

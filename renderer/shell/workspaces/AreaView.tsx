import { type DragEvent, type MouseEvent, useState } from 'react';
import { type AreaId, areaIds, areaOf, type PanelId } from '../../state/workspaces/layout.ts';
import { useLayout, useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { openContextMenu } from '../../ui/controls/ContextMenu.tsx';
import type { MenuEntry } from '../../ui/controls/menuEntry.ts';
import { Tabs } from '../../ui/controls/Tabs.tsx';
import { type Say, useWords } from '../../ui/i18n/i18n.ts';
import { DrawBoundary } from '../boundary/DrawBoundary.tsx';
import css from './AreaView.module.css';
import { CanvasPlace } from './CanvasPlace.tsx';
import { panels } from './panels.tsx';
import { Splitter } from './Splitter.tsx';
import { usePanelTitles } from './usePanelTitles.ts';

/** MIME type of a dragged panel. */
const DRAGGED = 'application/x-netloom-panel';
/** The panel that is being dragged; drag data cannot be read before the drop. */
let dragged: PanelId | null = null;

/** An area of the current workspace: a tab bar and the shown panel. */
export function AreaView({ area }: { readonly area: AreaId }) {
  const { say } = useWords();
  const layout = useLayout();
  const maximized = useWorkspaces((state) => state.maximized);
  const titles = usePanelTitles();
  const [over, setOver] = useState(false);
  const { panels: ids, shown, open } = layout[area];
  const { showPanel, toggleArea, toggleMaximized } = useWorkspaces.getState();
  if (ids.length === 0 || (!open && area !== 'bottom')) return null;
  // A canvas alone in the center needs no title.
  const bare = area === 'centre' && ids.length === 1 && shown === 'canvas' && maximized === null;
  const { Body } = panels[shown ?? 'canvas'];
  const full = shown !== null && maximized === shown;

  const takes = (event: DragEvent): boolean =>
    event.dataTransfer.types.includes(DRAGGED) && dragged !== null && areaOf(layout, dragged) !== area;
  const drop = {
    onDragOver(event: DragEvent) {
      if (!takes(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false);
      if (!takes(event) || dragged === null) return;
      event.preventDefault();
      useWorkspaces.getState().movePanel(dragged, area);
    },
  };
  const body = (
    <div className={css.body} data-panel={shown} data-full={full || undefined}>
      <DrawBoundary>{shown === 'canvas' ? <CanvasPlace /> : <Body />}</DrawBoundary>
    </div>
  );
  return (
    <div
      className={[css.area, css[area], full && css.full, over && css.over].filter(Boolean).join(' ')}
      data-pane={area}
      {...drop}
    >
      {bare ? (
        body
      ) : (
        <Tabs
          label={say(`area.${area}`)}
          tabs={ids.map((id) => ({ id, words: titles[id] }))}
          shown={open ? shown : null}
          aside={
            <div className={css.aside}>
              <span className={css.maximize}>
                <Button
                  icon={full ? 'restore' : 'maximize'}
                  label={say(full ? 'panel.restore' : 'panel.maximize')}
                  hint={say('panel.maximizeHint')}
                  onClick={() => shown !== null && toggleMaximized(shown)}
                />
              </span>
              {area !== 'centre' && !full && (
                <Button
                  icon={area === 'bottom' && !open ? 'up' : area === 'bottom' ? 'down' : 'close'}
                  label={say(open ? 'area.close' : 'area.open', { area: say(`area.${area}`) })}
                  onClick={() => toggleArea(area)}
                />
              )}
            </div>
          }
          onShow={showPanel}
          onDoubleClick={toggleMaximized}
          onContextMenu={(id, event) => openTabMenu(say, id, event)}
          onDragStart={(id, event) => {
            dragged = id;
            event.dataTransfer.setData(DRAGGED, id);
            event.dataTransfer.effectAllowed = 'move';
          }}
        >
          {body}
        </Tabs>
      )}
      {area !== 'centre' && open && !full && <Splitter area={area} />}
    </div>
  );
}

function openTabMenu(say: Say, id: PanelId, event: MouseEvent): void {
  event.preventDefault();
  const { workspace, layouts, maximized, movePanel, toggleMaximized, resetWorkspace } = useWorkspaces.getState();
  const layout = layouts[workspace];
  const from = areaOf(layout, id);
  const stays = from === 'centre' && layout.centre.panels.length === 1;
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  const entries: readonly MenuEntry[] = [
    ...areaIds
      .filter((to) => to !== from)
      .map((to) => ({ label: say(`panel.move.${to}`), disabled: stays, run: () => movePanel(id, to) })),
    '-',
    { label: say(maximized === id ? 'panel.restore' : 'panel.maximize'), run: () => toggleMaximized(id) },
    '-',
    { label: say('command.resetWorkspace'), run: resetWorkspace },
  ];
  openContextMenu(say('panel.menu'), { x: left, y: bottom }, entries);
}

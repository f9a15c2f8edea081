import type { CSSProperties } from 'react';
import css from './App.module.css';
import { ArrangeProgress } from './arrange/ArrangeProgress.tsx';
import { BlockDialog } from './blocks/BlockDialog.tsx';
import { AllDrawn, DrawBoundary } from './boundary/DrawBoundary.tsx';
import { GraphCanvas } from './canvas/GraphCanvas.tsx';
import { CommandPalette } from './commandPalette/CommandPalette.tsx';
import { CompareView } from './compare/CompareView.tsx';
import { useComparing } from './compare/compareStore.ts';
import { ContextMenu } from './controls/ContextMenu.tsx';
import { Dock } from './dock/Dock.tsx';
import { ExportDialog } from './export/ExportDialog.tsx';
import { FileDrop } from './files/FileDrop.tsx';
import { RemarksDialog } from './files/RemarksDialog.tsx';
import { FindBar } from './find/FindBar.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { KeysDialog } from './keys/KeysDialog.tsx';
import { DOCK_BAR, sizeIn } from './layout/panelSizes.ts';
import { Splitter } from './layout/Splitter.tsx';
import { useRoom } from './layout/usePanelSize.ts';
import { Breadcrumbs } from './levels/Breadcrumbs.tsx';
import { LicencesDialog } from './licences/LicencesDialog.tsx';
import { Notices } from './notices/Notices.tsx';
import { PictureDialog } from './picture/PictureDialog.tsx';
import { AblationDialog } from './runs/AblationDialog.tsx';
import { RunsView } from './runs/RunsView.tsx';
import { useRunsView } from './runs/runsViewStore.ts';
import { SweepDialog } from './runs/SweepDialog.tsx';
import { SidePanel } from './sidePanel/SidePanel.tsx';
import { StartPage } from './start/StartPage.tsx';
import { StatusBar } from './status/StatusBar.tsx';
import { useUi } from './stores/stores.ts';
import type { Panel } from './stores/uiStore.ts';
import { TitleBar } from './titlebar/TitleBar.tsx';

export function App() {
  const { palette, inspector, dock } = useUi((state) => state.panels);
  const startPage = useUi((state) => state.startPage);
  const comparing = useComparing();
  const runs = useRunsView((state) => state.open);
  const covered = startPage || comparing || runs;
  const full = useUi((state) => state.dockFull);
  const room = useRoom();
  const size = (panel: Panel, open: boolean, closed = 0): string =>
    `${open ? sizeIn(panel, useUi.getState().panels[panel].size, room) : closed}px`;
  const sizes = {
    '--palette': size('palette', palette.open),
    '--inspector': size('inspector', inspector.open),
    '--dock': size('dock', dock.open, DOCK_BAR),
  } as CSSProperties;
  return (
    <div className={css.app} style={sizes}>
      <DrawBoundary>
        <TitleBar />
      </DrawBoundary>
      <main className={[css.main, covered && css.covered, full && css.full].filter(Boolean).join(' ')}>
        {palette.open && (
          <div className={css.palette} data-pane="palette">
            <DrawBoundary>
              <SidePanel />
            </DrawBoundary>
            <Splitter panel="palette" />
          </div>
        )}
        <div className={css.canvas} data-pane="canvas">
          <DrawBoundary>
            <GraphCanvas />
          </DrawBoundary>
          <DrawBoundary>
            <ArrangeProgress />
            <Breadcrumbs />
            <FindBar />
          </DrawBoundary>
          {!covered && !full && <Notices />}
        </div>
        <div className={css.dock} data-pane="dock">
          <DrawBoundary>
            <Dock />
          </DrawBoundary>
          {dock.open && !full && <Splitter panel="dock" />}
        </div>
        {inspector.open && (
          <div className={css.inspector} data-pane="inspector">
            <DrawBoundary>
              <Inspector />
            </DrawBoundary>
            <Splitter panel="inspector" />
          </div>
        )}
        <DrawBoundary>
          {runs && !comparing && !startPage && <RunsView />}
          {comparing && !startPage && <CompareView />}
          {startPage && <StartPage />}
        </DrawBoundary>
        {(covered || full) && (
          <div className={css.over}>
            <Notices />
          </div>
        )}
      </main>
      <DrawBoundary>
        <StatusBar />
      </DrawBoundary>
      <DrawBoundary>
        <CommandPalette />
        <KeysDialog />
        <LicencesDialog />
        <ContextMenu />
        <BlockDialog />
        <ExportDialog />
        <PictureDialog />
        <SweepDialog />
        <AblationDialog />
        <RemarksDialog />
        <FileDrop />
      </DrawBoundary>
      <AllDrawn />
    </div>
  );
}

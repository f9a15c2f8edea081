import { type CSSProperties, useMemo } from 'react';
import css from './App.module.css';
import { ArrangeProgress } from './design/arrange/ArrangeProgress.tsx';
import { BlockDialog } from './design/blocks/BlockDialog.tsx';
import { GraphCanvas } from './design/canvas/GraphCanvas.tsx';
import { FindBar } from './design/find/FindBar.tsx';
import { Inspector } from './design/inspector/Inspector.tsx';
import { Breadcrumbs } from './design/levels/Breadcrumbs.tsx';
import { PictureDialog } from './design/picture/PictureDialog.tsx';
import { AllDrawn, DrawBoundary } from './shell/boundary/DrawBoundary.tsx';
import { CommandPalette } from './shell/commandPalette/CommandPalette.tsx';
import { CompareView } from './shell/compare/CompareView.tsx';
import { Dock } from './shell/dock/Dock.tsx';
import { ExportDialog } from './shell/export/ExportDialog.tsx';
import { FileDrop } from './shell/files/FileDrop.tsx';
import { RemarksDialog } from './shell/files/RemarksDialog.tsx';
import { KeysDialog } from './shell/keys/KeysDialog.tsx';
import { DOCK_BAR, sizeIn } from './shell/layout/panelSizes.ts';
import { Splitter } from './shell/layout/Splitter.tsx';
import { useRoom } from './shell/layout/usePanelSize.ts';
import { LicencesDialog } from './shell/licences/LicencesDialog.tsx';
import { Notices } from './shell/notices/Notices.tsx';
import { SidePanel } from './shell/sidePanel/SidePanel.tsx';
import { StartPage } from './shell/start/StartPage.tsx';
import { StatusBar } from './shell/status/StatusBar.tsx';
import { TitleBar } from './shell/titlebar/TitleBar.tsx';
import { useComparing } from './state/stores/compareStore.ts';
import { useUi } from './state/stores/stores.ts';
import type { Panel } from './state/stores/uiStore.ts';
import { RecipeForm } from './training/recipe/RecipeForm.tsx';
import { RunSettings } from './training/recipe/RunSettings.tsx';
import { AblationDialog } from './training/runs/AblationDialog.tsx';
import { RunsView } from './training/runs/RunsView.tsx';
import { useRunsView } from './training/runs/runsViewStore.ts';
import { SweepDialog } from './training/runs/SweepDialog.tsx';
import { ContextMenu } from './ui/controls/ContextMenu.tsx';
import { type FoldMemory, Folds } from './ui/controls/Fold.tsx';

export function App() {
  const { palette, inspector, dock } = useUi((state) => state.panels);
  const startPage = useUi((state) => state.startPage);
  const comparing = useComparing();
  const runs = useRunsView((state) => state.open);
  const covered = startPage || comparing || runs;
  const full = useUi((state) => state.dockFull);
  const room = useRoom();
  const folds = useFolds();
  const size = (panel: Panel, open: boolean, closed = 0): string =>
    `${open ? sizeIn(panel, useUi.getState().panels[panel].size, room) : closed}px`;
  const sizes = {
    '--palette': size('palette', palette.open),
    '--inspector': size('inspector', inspector.open),
    '--dock': size('dock', dock.open, DOCK_BAR),
  } as CSSProperties;
  return (
    <Folds value={folds}>
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
                <Inspector>
                  <RecipeForm />
                  <RunSettings />
                </Inspector>
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
    </Folds>
  );
}

function useFolds(): FoldMemory {
  const folds = useUi((state) => state.folds);
  return useMemo(() => ({ folds, setFold: useUi.getState().setFold }), [folds]);
}

import { type CSSProperties, useMemo } from 'react';
import css from './App.module.css';
import { BlockDialog } from './design/blocks/BlockDialog.tsx';
import { PictureDialog } from './design/picture/PictureDialog.tsx';
import { AllDrawn, DrawBoundary } from './shell/boundary/DrawBoundary.tsx';
import { CommandPalette } from './shell/commandPalette/CommandPalette.tsx';
import { CompareView } from './shell/compare/CompareView.tsx';
import { ExportDialog } from './shell/export/ExportDialog.tsx';
import { FileDrop } from './shell/files/FileDrop.tsx';
import { ImportProgress } from './shell/files/ImportProgress.tsx';
import { RemarksDialog } from './shell/files/RemarksDialog.tsx';
import { KeysDialog } from './shell/keys/KeysDialog.tsx';
import { ModelLibrary } from './shell/library/ModelLibrary.tsx';
import { LicensesDialog } from './shell/licenses/LicensesDialog.tsx';
import { Notices } from './shell/notices/Notices.tsx';
import { StartPage } from './shell/start/StartPage.tsx';
import { StatusBar } from './shell/status/StatusBar.tsx';
import { TitleBar } from './shell/titlebar/TitleBar.tsx';
import { AreaView } from './shell/workspaces/AreaView.tsx';
import { type Side, sizeIn, TAB_BAR } from './shell/workspaces/areaSizes.ts';
import { Canvas } from './shell/workspaces/CanvasPlace.tsx';
import { useRoom } from './shell/workspaces/useAreaSize.ts';
import { useEscape } from './shell/workspaces/useEscape.ts';
import { useComparing } from './state/stores/compareStore.ts';
import { useUi } from './state/stores/stores.ts';
import { areaIds, type Layout } from './state/workspaces/layout.ts';
import { useLayout, useWorkspaces } from './state/workspaces/workspaceStore.ts';
import { StartWeightsDialog } from './training/fineTuning/StartWeightsDialog.tsx';
import { AblationDialog } from './training/runs/AblationDialog.tsx';
import { SweepDialog } from './training/runs/SweepDialog.tsx';
import { ContextMenu } from './ui/controls/ContextMenu.tsx';
import { type FoldMemory, Folds } from './ui/controls/Fold.tsx';

export function App() {
  const layout = useLayout();
  const workspace = useWorkspaces((state) => state.workspace);
  const maximized = useWorkspaces((state) => state.maximized);
  const startPage = useUi((state) => state.startPage);
  const comparing = useComparing();
  const covered = startPage || comparing;
  const sizes = useSizes(layout);
  useEscape();
  return (
    <Folds value={useFolds()}>
      <div className={css.app} style={sizes}>
        <DrawBoundary>
          <TitleBar />
        </DrawBoundary>
        <main className={[css.main, covered && css.covered, maximized && css.full].filter(Boolean).join(' ')}>
          {areaIds.map((area) => (
            <AreaView key={`${workspace} ${area}`} area={area} />
          ))}
          <Canvas />
          <DrawBoundary>
            {comparing && !startPage && <CompareView />}
            {startPage && <StartPage />}
          </DrawBoundary>
          <ImportProgress />
          <div className={css.over}>
            <Notices />
          </div>
        </main>
        <DrawBoundary>
          <StatusBar />
        </DrawBoundary>
        <DrawBoundary>
          <CommandPalette />
          <KeysDialog />
          <LicensesDialog />
          <ModelLibrary />
          <ContextMenu />
          <BlockDialog />
          <ExportDialog />
          <PictureDialog />
          <SweepDialog />
          <StartWeightsDialog />
          <AblationDialog />
          <RemarksDialog />
          <FileDrop />
        </DrawBoundary>
        <AllDrawn />
      </div>
    </Folds>
  );
}

/** Sizes of the areas around the center; a closed side leaves a track without width, a closed bottom its bar. */
function useSizes(layout: Layout): CSSProperties {
  const room = useRoom();
  const canvas = layout.centre.panels.includes('canvas');
  const sizeOf = (area: Side): string => {
    const { open, size, panels } = layout[area];
    if (open) return `${sizeIn(area, size, room, canvas)}px`;
    return area === 'bottom' && panels.length > 0 ? `${TAB_BAR}px` : '0px';
  };
  return { '--left': sizeOf('left'), '--right': sizeOf('right'), '--bottom': sizeOf('bottom') } as CSSProperties;
}

function useFolds(): FoldMemory {
  const folds = useUi((state) => state.folds);
  return useMemo(() => ({ folds, setFold: useUi.getState().setFold }), [folds]);
}

import { z } from 'zod';
import { create } from 'zustand';
import { type Memory, remembered } from '../stores/remembered.ts';
import {
  type AreaId,
  areaOf,
  homeOf,
  type Layout,
  type Layouts,
  layoutsSchema,
  type PanelId,
  startLayouts,
  type WorkspaceId,
  withMoved,
  withShown,
  withSize,
  withToggled,
  workspaceIds,
} from './layout.ts';

const rememberedWorkspaces = z.object({ workspace: z.enum(workspaceIds), layouts: layoutsSchema });

interface WorkspaceState {
  readonly workspace: WorkspaceId;
  readonly layouts: Layouts;
  /** A panel of the present workspace that has the whole window for a while. */
  readonly maximised: PanelId | null;
  showWorkspace(workspace: WorkspaceId): void;
  /** Brings a panel into sight, in its home workspace where the present one does not have it. */
  showPanel(panel: PanelId): void;
  toggleArea(area: AreaId): void;
  /** Size in pixels; the view fits it to the window (shell/workspaces/areaSizes.ts). */
  resizeArea(area: AreaId, size: number): void;
  movePanel(panel: PanelId, to: AreaId): void;
  /** Gives a panel the whole window, or takes that back. */
  toggleMaximised(panel: PanelId): void;
  /** Brings a panel into sight and gives it the whole window. */
  maximise(panel: PanelId): void;
  /** Gives the window back to all panels. */
  restore(): void;
  /** The present workspace as it started. */
  resetWorkspace(): void;
}

export const WORKSPACE_KEY = 'netloom.workspaces';

export const createWorkspaceStore = (storage?: Memory) => {
  const memory = remembered(
    WORKSPACE_KEY,
    rememberedWorkspaces,
    { workspace: 'design', layouts: startLayouts },
    storage,
  );
  const store = create<WorkspaceState>()((set, get) => {
    const change = (to: (layout: Layout) => Layout) =>
      set(({ workspace, layouts }) => ({ layouts: { ...layouts, [workspace]: to(layouts[workspace]) } }));
    return {
      ...memory.read(),
      maximised: null,
      showWorkspace: (workspace) =>
        set((state) => (state.workspace === workspace ? {} : { workspace, maximised: null })),
      showPanel: (panel) =>
        set(({ workspace: present, layouts, maximised }) => {
          const workspace = areaOf(layouts[present], panel) === null ? homeOf(panel) : present;
          return {
            workspace,
            layouts: { ...layouts, [workspace]: withShown(layouts[workspace], panel) },
            maximised: maximised === panel ? panel : null,
          };
        }),
      toggleArea(area) {
        set({ maximised: null });
        change((layout) => withToggled(layout, area));
      },
      resizeArea: (area, size) => change((layout) => withSize(layout, area, Math.round(size))),
      movePanel(panel, to) {
        set({ maximised: null });
        change((layout) => withMoved(layout, panel, to));
      },
      toggleMaximised(panel) {
        change((layout) => withShown(layout, panel));
        set(({ maximised }) => ({ maximised: maximised === panel ? null : panel }));
      },
      maximise(panel) {
        get().showPanel(panel);
        set({ maximised: panel });
      },
      restore: () => set({ maximised: null }),
      resetWorkspace: () =>
        set(({ workspace, layouts }) => ({
          layouts: { ...layouts, [workspace]: startLayouts[workspace] },
          maximised: null,
        })),
    };
  });
  store.subscribe(memory.write);
  return store;
};

export const useWorkspaces = createWorkspaceStore();

/** The layout of the present workspace. */
export const useLayout = (): Layout => useWorkspaces(({ workspace, layouts }) => layouts[workspace]);

export const showPanel = (panel: PanelId): void => useWorkspaces.getState().showPanel(panel);

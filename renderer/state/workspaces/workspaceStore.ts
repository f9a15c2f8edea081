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
  /** Panel of the current workspace that temporarily fills the window. */
  readonly maximized: PanelId | null;
  showWorkspace(workspace: WorkspaceId): void;
  /** Shows a panel, in its home workspace if the current one does not have it. */
  showPanel(panel: PanelId): void;
  toggleArea(area: AreaId): void;
  /** Sets a size in pixels; the view limits it to the window (shell/workspaces/areaSizes.ts). */
  resizeArea(area: AreaId, size: number): void;
  movePanel(panel: PanelId, to: AreaId): void;
  /** Maximizes a panel or restores it. */
  toggleMaximized(panel: PanelId): void;
  /** Shows a panel and maximizes it. */
  maximize(panel: PanelId): void;
  /** Restores the maximized panel. */
  restore(): void;
  /** Resets the current workspace to its initial layout. */
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
      maximized: null,
      showWorkspace: (workspace) =>
        set((state) => (state.workspace === workspace ? {} : { workspace, maximized: null })),
      showPanel: (panel) =>
        set(({ workspace: present, layouts, maximized }) => {
          const workspace = areaOf(layouts[present], panel) === null ? homeOf(panel) : present;
          return {
            workspace,
            layouts: { ...layouts, [workspace]: withShown(layouts[workspace], panel) },
            maximized: maximized === panel ? panel : null,
          };
        }),
      toggleArea(area) {
        set({ maximized: null });
        change((layout) => withToggled(layout, area));
      },
      resizeArea: (area, size) => change((layout) => withSize(layout, area, Math.round(size))),
      movePanel(panel, to) {
        set({ maximized: null });
        change((layout) => withMoved(layout, panel, to));
      },
      toggleMaximized(panel) {
        change((layout) => withShown(layout, panel));
        set(({ maximized }) => ({ maximized: maximized === panel ? null : panel }));
      },
      maximize(panel) {
        get().showPanel(panel);
        set({ maximized: panel });
      },
      restore: () => set({ maximized: null }),
      resetWorkspace: () =>
        set(({ workspace, layouts }) => ({
          layouts: { ...layouts, [workspace]: startLayouts[workspace] },
          maximized: null,
        })),
    };
  });
  store.subscribe(memory.write);
  return store;
};

export const useWorkspaces = createWorkspaceStore();

/** The layout of the current workspace. */
export const useLayout = (): Layout => useWorkspaces(({ workspace, layouts }) => layouts[workspace]);

export const showPanel = (panel: PanelId): void => useWorkspaces.getState().showPanel(panel);

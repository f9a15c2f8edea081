import type { Cover } from '../state/commands/command.ts';
import { isComparing, useCompare } from '../state/stores/compareStore.ts';
import { useUi } from '../state/stores/stores.ts';
import { useWorkspaces } from '../state/workspaces/workspaceStore.ts';

/** The views that lie over the canvas. */
export const covers: readonly Cover[] = [
  { isOpen: () => useUi.getState().startPage, close: () => useUi.getState().showStartPage(false) },
  { isOpen: isComparing, close: () => useCompare.getState().close() },
  {
    isOpen: () => ![null, 'canvas'].includes(useWorkspaces.getState().maximized),
    close: () => useWorkspaces.getState().restore(),
    isPanel: true,
  },
];

import type { Command, Commands } from '../../state/commands/command.ts';
import { uncover } from '../../state/commands/commands.ts';
import type { AreaId, PanelId, WorkspaceId } from '../../state/workspaces/layout.ts';
import { showPanel, useWorkspaces } from '../../state/workspaces/workspaceStore.ts';

/** Shows a workspace and closes the views over it. */
export function showWorkspace(id: WorkspaceId): void {
  uncover();
  useWorkspaces.getState().showWorkspace(id);
}

const workspace = (id: WorkspaceId, key: string): Command => ({
  title: `command.workspace.${id}`,
  group: 'view',
  keys: [key],
  whileTyping: true,
  checked: () => useWorkspaces.getState().workspace === id,
  run: () => showWorkspace(id),
});

const area = (id: Exclude<AreaId, 'centre'>, keys: readonly string[]): Command => ({
  title: `command.area.${id}`,
  group: 'view',
  keys,
  whileTyping: true,
  run: () => useWorkspaces.getState().toggleArea(id),
});

const panel = (title: Command['title'], id: PanelId): Command => ({
  title,
  group: 'view',
  run() {
    uncover();
    showPanel(id);
  },
});

/** The focused panel, otherwise the one in the center. */
function panelInUse(): PanelId | null {
  const { workspace: present, layouts } = useWorkspaces.getState();
  const focused = document.activeElement?.closest<HTMLElement>('[data-panel]')?.dataset.panel;
  return (focused as PanelId | undefined) ?? layouts[present].centre.shown;
}

function toggleMaximized(): void {
  const { maximized, toggleMaximized: toggle } = useWorkspaces.getState();
  const wanted = maximized ?? panelInUse();
  if (wanted !== null) toggle(wanted);
}

export const workspaceCommands = {
  designWorkspace: workspace('design', 'Mod+1'),
  dataWorkspace: workspace('data', 'Mod+2'),
  trainWorkspace: workspace('train', 'Mod+3'),
  resultsWorkspace: workspace('results', 'Mod+4'),
  resetWorkspace: {
    title: 'command.resetWorkspace',
    group: 'view',
    run: () => useWorkspaces.getState().resetWorkspace(),
  },
  toggleLeft: area('left', ['Mod+B']),
  toggleBottom: area('bottom', ['Mod+J']),
  toggleRight: area('right', ['Mod+Alt+B']),
  maximisePanel: {
    title: 'command.maximisePanel',
    group: 'view',
    keys: ['Mod+Shift+J'],
    whileTyping: true,
    run: toggleMaximized,
  },
  showSettings: panel('command.showSettings', 'settings'),
  showCurves: panel('command.showCurves', 'curves'),
  showResults: panel('command.showResults', 'results'),
  showPredict: panel('command.showPredict', 'predict'),
  showSamples: panel('command.showSamples', 'samples'),
  showInspector: panel('command.showInspector', 'inspector'),
} satisfies Commands;

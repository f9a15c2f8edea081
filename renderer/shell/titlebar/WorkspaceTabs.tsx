import { keysText } from '../../state/commands/commands.ts';
import { workspaceIds } from '../../state/workspaces/layout.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { showWorkspace } from '../commands/workspaceCommands.ts';
import css from './WorkspaceTabs.module.css';

/** The workspaces by name; the present one is marked. */
export function WorkspaceTabs() {
  const { say } = useWords();
  const present = useWorkspaces((state) => state.workspace);
  return (
    <nav className={css.tabs} aria-label={say('workspace.title')}>
      {workspaceIds.map((id) => (
        <button
          key={id}
          type="button"
          className={css.tab}
          aria-current={id === present ? 'page' : undefined}
          title={`${say(`workspace.${id}`)} (${keysText(`${id}Workspace`)})`}
          onClick={() => showWorkspace(id)}
        >
          {say(`workspace.${id}`)}
        </button>
      ))}
    </nav>
  );
}

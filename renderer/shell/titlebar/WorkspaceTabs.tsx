import type { KeyboardEvent } from 'react';
import { keysText } from '../../state/commands/commands.ts';
import { workspaceIds } from '../../state/workspaces/layout.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { showWorkspace } from '../commands/workspaceCommands.ts';
import css from './WorkspaceTabs.module.css';

/** Tabs of the workspaces. One is in the tab order; arrow keys show the others. */
export function WorkspaceTabs() {
  const { say } = useWords();
  const present = useWorkspaces((state) => state.workspace);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = workspaceIds.indexOf(present) + step + workspaceIds.length;
    showWorkspace(workspaceIds[at % workspaceIds.length] ?? present);
    event.currentTarget.querySelectorAll('button')[at % workspaceIds.length]?.focus();
  }

  return (
    <div role="tablist" className={css.tabs} aria-label={say('workspace.title')} onKeyDown={onKeyDown}>
      {workspaceIds.map((id) => (
        <button
          key={id}
          type="button"
          role="tab"
          className={css.tab}
          aria-selected={id === present}
          tabIndex={id === present ? 0 : -1}
          title={keysText(`${id}Workspace`)}
          onClick={() => showWorkspace(id)}
        >
          {say(`workspace.${id}`)}
        </button>
      ))}
    </div>
  );
}

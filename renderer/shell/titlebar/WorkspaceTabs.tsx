import { Tabs } from '@base-ui/react/tabs';
import { keysText } from '../../state/commands/commands.ts';
import { workspaceIds } from '../../state/workspaces/layout.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { showWorkspace } from '../commands/workspaceCommands.ts';
import css from './WorkspaceTabs.module.css';

/** Tabs of the workspaces. One is in the tab order; arrow keys, Home and End show the others. */
export function WorkspaceTabs() {
  const { say } = useWords();
  const present = useWorkspaces((state) => state.workspace);

  return (
    <Tabs.Root className={css.root} value={present} onValueChange={showWorkspace}>
      <Tabs.List activateOnFocus aria-label={say('workspace.title')} className={css.tabs}>
        {workspaceIds.map((id) => (
          <Tabs.Tab key={id} value={id} className={css.tab} title={keysText(`${id}Workspace`)}>
            {say(`workspace.${id}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs.Root>
  );
}

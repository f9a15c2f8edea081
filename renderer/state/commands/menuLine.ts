import type { MenuAction, MenuEntry } from '../../ui/controls/menuEntry.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { useUi } from '../stores/stores.ts';
import type { CommandId } from './command.ts';
import { commandOf, keysText, runCommand } from './commands.ts';

/** A menu entry, or the command for which it is created. */
export type MenuLine = CommandId | MenuEntry;

/** Menu entry of a command: title, keys and enabled state. */
function commandEntry(id: CommandId): MenuAction {
  const { title, hint, enabled, checked } = commandOf(id);
  const { language } = useUi.getState();
  return {
    label: textOf(title)[language],
    keys: keysText(id),
    ...(hint && { hint: textOf(hint)[language] }),
    disabled: enabled?.() === false,
    ...(checked && { checked: checked() }),
    run: () => runCommand(id),
  };
}

export const menuEntry = (line: MenuLine): MenuEntry =>
  typeof line === 'object' || line === '-' ? line : commandEntry(line);

import { type CommandId, commandOf, keysText, runCommand } from '../../state/commands/commands.ts';
import { useUi } from '../../state/stores/stores.ts';
import { textOf } from '../i18n/i18n.ts';
import type { IconName } from '../icons/Icon.tsx';

/** A line of a menu. A command brings its title, its key and whether it can be run now. */
export type MenuEntry =
  | CommandId
  | '-'
  | {
      readonly label: string;
      readonly icon?: IconName;
      readonly keys?: string;
      /** A second line. */
      readonly hint?: string;
      /** One of several choices: marked when it is the present one. */
      readonly checked?: boolean;
      readonly disabled?: boolean;
      run(): void;
    }
  | { readonly label: string; readonly entries: readonly MenuEntry[] };

/** What a line shows and does. */
export type ShownEntry = Exclude<MenuEntry, CommandId | '-'>;

export function shownEntry(entry: Exclude<MenuEntry, '-'>): ShownEntry {
  if (typeof entry === 'object') return entry;
  const { title, hint, enabled, checked } = commandOf(entry);
  const { language } = useUi.getState();
  return {
    label: textOf(title)[language],
    keys: keysText(entry),
    ...(hint && { hint: textOf(hint)[language] }),
    disabled: enabled?.() === false,
    ...(checked && { checked: checked() }),
    run: () => runCommand(entry),
  };
}

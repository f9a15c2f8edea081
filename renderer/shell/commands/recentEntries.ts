import { callDesktop } from '../../state/desktop/desktop.ts';
import { openFrom } from '../../state/files/opening.ts';
import { readRecentFiles, useRecentFiles } from '../../state/files/recentFiles.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { MenuEntry } from '../../ui/controls/menuEntry.ts';
import { textOf, textWith } from '../../ui/i18n/i18n.ts';

/** Menu entries for recent files, and one that clears the list. */
export function recentEntries(): readonly MenuEntry[] {
  const { files } = useRecentFiles.getState();
  const { language } = useUi.getState();
  if (files.length === 0) return [{ label: textOf('command.noRecent')[language], disabled: true, run() {} }];
  return [
    ...files.map(
      ({ id, name, missing }): MenuEntry => ({
        label: missing ? textWith('start.missing', { name: { en: name, zh: name } })[language] : name,
        disabled: missing,
        run: () => openFrom({ kind: 'recent', id }).catch(console.error),
      }),
    ),
    '-',
    {
      label: textOf('command.clearRecent')[language],
      run: () => callDesktop('forgetRecent', null).then(readRecentFiles, console.error),
    },
  ];
}

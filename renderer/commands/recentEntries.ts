import type { MenuEntry } from '../controls/menuEntry.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { openFrom } from '../files/opening.ts';
import { readRecentFiles, useRecentFiles } from '../files/recentFiles.ts';
import { textOf, textWith } from '../i18n/i18n.ts';
import { useUi } from '../stores/stores.ts';

/** Recent files as lines of a menu, and one that empties the list. */
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

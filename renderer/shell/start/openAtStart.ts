import { HANDED } from '../../../src/desktopCalls.ts';
import type { Language } from '../../../src/text.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { isBlank } from '../../state/files/blank.ts';
import { openFrom } from '../../state/files/opening.ts';
import { useUi } from '../../state/stores/stores.ts';
import { textWith } from '../../ui/i18n/i18n.ts';

/**
 * Opens the file with which the app was started, otherwise the start page if the user wants it. Unsaved work from a
 * crash is on the start page; if that stays closed, a notice announces it.
 */
export async function openAtStart(): Promise<void> {
  const { startPageFirst, showStartPage, notify } = useUi.getState();
  const handed = location.hash === `#${HANDED}`;
  if (startPageFirst && !handed) showStartPage(true);
  // Always requested: a file may have arrived while the page was loading.
  const opened = await openFrom({ kind: 'handed' });
  if (handed && !opened && startPageFirst) showStartPage(true);
  const { lost, damaged } = await callDesktop('startPage');
  if (damaged.length > 0) {
    const list = (language: Language): string =>
      damaged.map(({ file, reason }) => `${file}: ${reason[language]}`).join('; ');
    const message = textWith('start.damaged', { list: { en: list('en'), zh: list('zh') } });
    notify({ tone: 'bad', about: 'damaged', message });
  }
  if (lost.length === 0 || useUi.getState().startPage) return;
  if (opened || !isBlank()) notify({ tone: 'info', message: { key: 'start.lostNotice' } });
  else showStartPage(true);
}

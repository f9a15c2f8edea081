import { callDesktop } from '../desktop/desktop.ts';
import { openFrom } from '../files/opening.ts';
import { useUi } from '../stores/stores.ts';

/** What the window begins with: a file that main has for it, or else the start page, if only for what was lost. */
export async function begin(): Promise<void> {
  const opened = await openFrom({ kind: 'handed' });
  const { lost } = await callDesktop('startPage');
  const { startPage, startPageFirst, showStartPage, notify } = useUi.getState();
  if (lost.length === 0 || startPage) return;
  if (opened) notify({ tone: 'info', message: { key: 'start.lostNotice' } });
  else if (!startPageFirst) showStartPage(true);
}

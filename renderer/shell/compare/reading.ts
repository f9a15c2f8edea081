import type { DesktopArgs } from '../../../src/desktopCalls.ts';
import { same } from '../../../src/text.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { beginComparison, useCompare } from '../../state/stores/compareStore.ts';
import { useUi } from '../../state/stores/stores.ts';

/** Compares with a file without opening it. */
export async function compareWithFile(source: DesktopArgs<'readNetwork'>[0]): Promise<void> {
  const { notify, settle } = useUi.getState();
  const isNewest = beginComparison();
  const answer = await callDesktop('readNetwork', source);
  if (!answer.ok) notify({ tone: 'bad', about: 'compare', message: answer.message });
  if (!answer.ok || answer.file === null || !isNewest()) return;
  settle('compare');
  const { document, name, remarks } = answer.file;
  const [remark] = remarks;
  if (remark !== undefined) notify({ tone: 'info', message: remark });
  useCompare.getState().compareWith(document, same(name));
}

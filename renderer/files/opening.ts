import type { DesktopResult, OpenedFile, OpenSource } from '../../src/desktopCalls.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import { stopRun } from '../commands/runCommands.ts';
import { callDesktop, openDropped } from '../desktop/desktop.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';
import { mayLeave } from './saving.ts';

const { notify, select, showRemarks, showStartPage } = useUi.getState();

function show({ document, path, name, hasWeights, remarks, unsaved }: OpenedFile): void {
  stopRun();
  select({});
  useDocument.getState().load(document, path, unsaved.document);
  useRun.getState().reset(hasWeights, unsaved.weights);
  showStartPage(false);
  showRemarks(remarks.length > 0 ? { name, remarks } : null);
}

/** Returns whether another network was opened. */
async function open(ask: () => Promise<DesktopResult<'open'>>): Promise<boolean> {
  if (!(await mayLeave())) return false;
  const answer = await ask();
  if (!answer.ok) notify({ tone: 'bad', about: 'open', message: answer.message });
  if (!answer.ok || answer.file === null) return false;
  show(answer.file);
  return true;
}

export const openFrom = (source: OpenSource): Promise<boolean> => open(() => callDesktop('open', source));
export const openFiles = (files: readonly File[]): Promise<boolean> => open(() => openDropped(files));

/** A network without a file and with fresh weights: an empty one, or a template. */
export async function startFrom(document: NetworkDocument): Promise<void> {
  if (!(await mayLeave())) return;
  stopRun();
  await callDesktop('reset');
  select({});
  useDocument.getState().load(document, null);
  useRun.getState().reset(false);
  showStartPage(false);
  showRemarks(null);
}

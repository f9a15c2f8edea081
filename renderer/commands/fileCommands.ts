import { emptyDocument, type NetworkDocument } from '../../src/graph/document.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { bytes } from '../i18n/numbers.ts';
import { isUnsaved, useDocument, useRun, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';
import { stopRun } from './runCommands.ts';

const { notify, select } = useUi.getState();

/** Ends what is being typed or dragged, so that it is part of what is saved. */
function settle(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  useDocument.getState().commit();
}

/** Returns whether it was saved: the user may have thought better of it. */
export async function saveFile(as: boolean): Promise<boolean> {
  settle();
  const { document } = useDocument.getState();
  const answer = await callDesktop('save', document, { as });
  if (!answer.ok) notify({ tone: 'bad', message: answer.message });
  if (!answer.ok || answer.path === null) return false;
  useDocument.getState().markSaved(document, answer.path);
  useRun.getState().weightsSaved();
  notify({ tone: 'good', message: { key: 'file.saved', values: { path: answer.path } } });
  return true;
}

async function mayLeave(): Promise<boolean> {
  settle();
  if (!isUnsaved()) return true;
  const answer = await callDesktop('askUnsaved');
  if (answer === 'save') return saveFile(false);
  return answer === 'discard';
}

/** A network without a file and with fresh weights: an empty one, or a template. */
export async function startFrom(document: NetworkDocument): Promise<void> {
  if (!(await mayLeave())) return;
  stopRun();
  await callDesktop('reset');
  select({});
  useDocument.getState().load(document, null);
  useRun.getState().reset(false);
}

const newFile = (): Promise<void> => startFrom(emptyDocument);

async function openFile(): Promise<void> {
  if (!(await mayLeave())) return;
  const answer = await callDesktop('open');
  if (!answer.ok) notify({ tone: 'bad', message: answer.message });
  if (!answer.ok || answer.file === null) return;
  const { document, path, hasWeights } = answer.file;
  stopRun();
  select({});
  useDocument.getState().load(document, path);
  useRun.getState().reset(hasWeights);
}

async function exportOnnx(): Promise<void> {
  settle();
  const { document, check } = useDocument.getState();
  if (check.graph === null) {
    useUi.getState().showDock('problems');
    return;
  }
  const answer = await callDesktop('exportOnnx', document);
  if (!answer.ok) notify({ tone: 'bad', message: answer.message });
  if (!answer.ok || answer.written === null) return;
  const { path, bytes: size, ops, proof } = answer.written;
  const list = Object.entries(ops).map(([op, count]) => (count === 1 ? op : `${count} ${op}`));
  const values = { bytes: bytes(size), ops: list.join(', '), error: proof.maxError.toExponential(1) };
  notify({
    tone: 'good',
    message: { key: 'file.exported', values: { path } },
    detail: { key: 'file.exportedDetail', values },
  });
}

export const fileCommands = {
  new: { title: 'command.new', group: 'file', keys: ['Mod+N'], whileTyping: true, run: newFile },
  open: { title: 'command.open', group: 'file', keys: ['Mod+O'], whileTyping: true, run: openFile },
  save: { title: 'command.save', group: 'file', keys: ['Mod+S'], whileTyping: true, run: () => saveFile(false) },
  saveAs: {
    title: 'command.saveAs',
    group: 'file',
    keys: ['Mod+Shift+S'],
    whileTyping: true,
    run: () => saveFile(true),
  },
  export: { title: 'command.export', group: 'file', keys: ['Mod+E'], whileTyping: true, run: exportOnnx },
} satisfies Commands;

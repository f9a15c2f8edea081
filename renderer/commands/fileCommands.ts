import { emptyDocument } from '../../src/graph/document.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { openFrom, startFrom } from '../files/opening.ts';
import { saveFile, settle } from '../files/saving.ts';
import { bytes } from '../i18n/numbers.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

async function exportOnnx(): Promise<void> {
  settle();
  const { root: document, rootCheck: check } = useDocument.getState();
  if (check.graph === null) {
    useUi.getState().showDock('problems');
    return;
  }
  const { notify } = useUi.getState();
  const answer = await callDesktop('exportOnnx', document);
  if (!answer.ok) notify({ tone: 'bad', about: 'export', message: answer.message });
  if (!answer.ok || answer.written === null) return;
  const { path, bytes: size, ops, proof, initial, untrained } = answer.written;
  const list = Object.entries(ops).map(([op, count]) => (count === 1 ? op : `${count} ${op}`));
  const values = { bytes: bytes(size), ops: list.join(', '), error: proof.maxError.toExponential(1) };
  const key = untrained ? 'file.exportedUntrained' : initial.length > 0 ? 'file.exportedPartly' : 'file.exported';
  notify({
    tone: initial.length > 0 ? 'info' : 'good',
    about: 'export',
    message: { key, values: { path, names: initial.slice(0, 3).join(', ') } },
    detail: { key: 'file.exportedDetail', values },
  });
}

export const fileCommands = {
  new: { title: 'command.new', group: 'file', keys: ['Mod+N'], whileTyping: true, run: () => startFrom(emptyDocument) },
  templates: {
    title: 'command.templates',
    group: 'file',
    run: () => useUi.getState().showStartPage(true),
  },
  newWindow: {
    title: 'command.newWindow',
    group: 'file',
    keys: ['Mod+Shift+N'],
    whileTyping: true,
    run: () => callDesktop('newWindow', null),
  },
  open: {
    title: 'command.open',
    group: 'file',
    keys: ['Mod+O'],
    whileTyping: true,
    run: () => openFrom({ kind: 'dialog' }),
  },
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

import type { ExportPreview } from '../../../src/protocol/exported.ts';
import { exportLines } from '../../../src/protocol/exportText.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { engine } from '../../state/desktop/engine.ts';
import { recovered } from '../../state/run/recovering.ts';
import { useUi } from '../../state/stores/stores.ts';
import { shownCheck, shownNetwork } from '../../state/travel/shownNetwork.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { bytes, whole } from '../../ui/i18n/numbers.ts';
import { choicesOf, type Outcome, useExport } from './exportStore.ts';

/** Time between two questions for the progress, in ms. */
const ASK_EVERY = 300;

/** Facts about the chosen export of the shown network. */
export async function askPreview(): Promise<ExportPreview> {
  const shown = shownNetwork();
  if (shownCheck().graph === null) return { problem: textOf('file.exportBlocked'), model: null, preprocessing: null };
  await recovered();
  return engine.call('previewExport', { ...shown, ...choicesOf(shown.document, useExport.getState(), null) });
}

/** Asks for a file name or folder, writes the network in the chosen format and shows the result. */
export async function exportNetwork(): Promise<void> {
  if (useExport.getState().outcome.state === 'busy') return;
  show({ state: 'busy', part: null });
  const asking = setInterval(() => {
    engine.call('exportProgress', {}).then(({ part }) => {
      if (useExport.getState().outcome.state === 'busy') show({ state: 'busy', part });
    }, console.error);
  }, ASK_EVERY);
  let outcome: Outcome = { state: 'none' };
  try {
    outcome = await exported();
  } finally {
    clearInterval(asking);
    show(outcome);
  }
  // The dialog shows the outcome itself.
  if (useExport.getState().open || (outcome.state !== 'done' && outcome.state !== 'failed')) return;
  const { state, message } = outcome;
  useUi.getState().notify({ tone: state === 'failed' ? 'bad' : 'good', about: 'export', message });
}

const show = (outcome: Outcome): void => useExport.setState({ outcome });

let isCanceled = false;

async function exported(): Promise<Outcome> {
  isCanceled = false;
  // At an earlier checkpoint, exports the shown network.
  const { document, at = null } = shownNetwork();
  const preview = await askPreview();
  if (preview.problem !== null) return { state: 'failed', message: preview.problem };
  const choices = choicesOf(document, useExport.getState(), preview);
  const answer = await callDesktop('exportNetwork', document, { ...choices, at });
  if (!answer.ok) return { state: isCanceled ? 'canceled' : 'failed', message: answer.message };
  if (answer.written === null) return { state: 'none' };
  const { path, bytes: size, report } = answer.written;
  const values = { path, bytes: bytes(size), step: whole(at?.step ?? 0) };
  const message = { key: at === null ? 'file.exported' : 'file.exportedStep', values } as const;
  return { state: 'done', message, lines: exportLines(report) };
}

/** Ends the export that is under way. */
export function cancelExport(): void {
  isCanceled = true;
  engine.call('cancelExport', {}).catch(console.error);
}

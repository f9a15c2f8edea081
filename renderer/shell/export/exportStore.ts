import { create } from 'zustand';
import { OPSETS } from '../../../src/opsets.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { settle } from '../../state/files/saving.ts';
import { recovered } from '../../state/run/recovering.ts';
import { useUi } from '../../state/stores/stores.ts';
import { shownCheck, shownNetwork } from '../../state/travel/shownNetwork.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { bytes, whole } from '../../ui/i18n/numbers.ts';

interface ExportState {
  readonly open: boolean;
  /** True from the file dialog until the file is written and verified. */
  readonly busy: boolean;
  readonly opset: number;
  /** Folds batch normalization into the layer before it. */
  readonly fold: boolean;
  choose(choices: { readonly opset?: number; readonly fold?: boolean }): void;
  close(): void;
}

/** The options are kept until the window closes. */
export const useExport = create<ExportState>()((set) => ({
  open: false,
  busy: false,
  opset: OPSETS.standard,
  fold: false,
  choose: (choices) => set(choices),
  close: () => set({ open: false }),
}));

/** Opens the export dialog; with errors in the network, shows these instead. */
export function askExport(): void {
  settle();
  if (shownCheck().graph === null) showPanel('problems');
  else useExport.setState({ open: true });
}

/** Asks for a file name, writes the network as ONNX and reports the result. */
export async function exportOnnx(): Promise<void> {
  const { opset, fold, busy } = useExport.getState();
  if (busy) return;
  useExport.setState({ busy: true });
  const { notify } = useUi.getState();
  try {
    // At an earlier checkpoint, exports the shown network.
    const { document, at = null } = shownNetwork();
    await recovered();
    const answer = await callDesktop('exportOnnx', document, { opset, fold, at });
    if (!answer.ok) notify({ tone: 'bad', about: 'export', message: answer.message });
    if (!answer.ok || answer.written === null) return;
    useExport.setState({ open: false });
    const { path, bytes: size, ops, proof, initial, untrained } = answer.written;
    const list = Object.entries(ops).map(([op, count]) => (count === 1 ? op : `${count} ${op}`));
    const values = { bytes: bytes(size), ops: list.join(', '), error: proof.maxError.toExponential(1) };
    const trained = at === null ? 'file.exported' : 'file.exportedStep';
    const key = untrained ? 'file.exportedUntrained' : initial.length > 0 ? 'file.exportedPartly' : trained;
    const step = whole(at?.step ?? 0);
    notify({
      tone: initial.length > 0 ? 'info' : 'good',
      about: 'export',
      message: { key, values: { path, step, names: initial.slice(0, 3).join(', ') } },
      detail: { key: 'file.exportedDetail', values },
    });
  } finally {
    useExport.setState({ busy: false });
  }
}

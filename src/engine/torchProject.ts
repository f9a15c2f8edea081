import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Text } from '../text.ts';
import type { OpenedProject } from './projectFile.ts';
import { importTorch, projectOf, type TorchImport } from './torchImport.ts';

/** True for the folder of a PyTorch project that Netloom exported, and for its files with weights. */
export async function isTorchProject(path: string): Promise<boolean> {
  if (/\.safetensors$/i.test(path)) return (await projectOf(path)) !== null;
  const found = await Promise.all(
    ['names.json', 'network.json'].map((name) => stat(join(path, name)).catch(() => null)),
  );
  return found.every((file) => file !== null);
}

/** Reads a PyTorch project with its trained weights and curves. Throws UserError. */
export async function readTorchProject(path: string): Promise<OpenedProject> {
  const imported = await importTorch(path);
  const { document, weights, run } = imported;
  return { document, weights, others: run, remarks: [], notice: null, lost: false, imported: [weightsLine(imported)] };
}

function weightsLine({ source, progress }: TorchImport): Text {
  const file = basename(source);
  if (progress === null) return { en: `Weights of “${file}”`, zh: `权重来自“${file}”` };
  const { epochs, of } = progress;
  const accuracy = epochs.at(-1)?.validation.accuracy ?? null;
  const share = accuracy === null ? '' : `${(accuracy * 100).toFixed(2)}%`;
  return {
    en: `Weights and curves of “${file}” after epoch ${epochs.length} of ${of}${share && `, validation accuracy ${share}`}`,
    zh: `权重和曲线来自“${file}”，第 ${epochs.length}/${of} 轮之后${share && `，验证精度 ${share}`}`,
  };
}

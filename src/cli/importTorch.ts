import { stat } from 'node:fs/promises';
import { importTorch } from '../engine/torchImport.ts';
import { projectParts } from '../graph/file.ts';
import type { ExitCode } from './command.ts';
import { countOf, type Output, percent } from './output.ts';
import { writeOutput } from './outputFile.ts';

/** True for a folder and for weights in safetensors: what a PyTorch project consists of. */
export const isTorchInput = async (path: string): Promise<boolean> =>
  /\.safetensors$/i.test(path) || (await stat(path).catch(() => null))?.isDirectory() === true;

/** Brings weights and curves of a PyTorch project back into its document. Throws UserError. */
export async function importTorchProject(input: string, path: string, output: Output): Promise<ExitCode> {
  const { document, weights, run, progress, source } = await importTorch(input);
  await writeOutput(path, projectParts({ document, weights, others: run }));
  const validation = progress?.epochs.at(-1)?.validation ?? null;
  output.printJson({
    output: path,
    source,
    epochs: progress?.epochs.length ?? null,
    steps: progress?.step ?? null,
    validation,
  });
  if (progress === null) {
    output.print(output.words({ en: `${path}: weights of ${source}`, zh: `${path}：权重来自 ${source}` }));
    return 0;
  }
  const { epochs, of } = progress;
  const accuracy = percent(validation?.accuracy ?? null);
  output.print(
    output.words({
      en: `${path}: weights of ${source} after ${countOf(epochs.length, 'epoch')} of ${of}, validation accuracy ${accuracy}`,
      zh: `${path}：权重来自 ${source}，第 ${epochs.length}/${of} 轮之后，验证精度 ${accuracy}`,
    }),
  );
  return 0;
}

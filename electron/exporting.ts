import { basename, dirname, extname, join } from 'node:path';
import { dialog } from 'electron';
import { isOwn } from '../src/data/known.ts';
import type { DesktopArgs, DesktopResult } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { explain } from '../src/engine/fileReason.ts';
import type { DialogFolder } from './dialogFolder.ts';
import { withExtension } from './fileNames.ts';
import { ask } from './question.ts';
import type { Surroundings } from './surroundings.ts';
import { texts } from './texts.ts';

export interface Exporting {
  exportOnnx(...args: DesktopArgs<'exportOnnx'>): Promise<DesktopResult<'exportOnnx'>>;
  saveFile(file: DesktopArgs<'saveFile'>[0]): Promise<DesktopResult<'saveFile'>>;
}

/** Writes ONNX models, and files that the page has made. */
export function createExporting({ window, engine, language }: Surroundings, folder: DialogFolder): Exporting {
  /** Asks if an export may hold samples of the user's own data; null if the user cancels. */
  async function maySampleOwn(source: string): Promise<boolean | null> {
    const words = texts[language()];
    const response = await ask(window, {
      type: 'question',
      message: words.samplesQuestion(basename(source)),
      detail: words.samplesDetail,
      buttons: [words.samplesOut, words.samplesIn, words.cancel],
    });
    return response === 2 ? null : response === 1;
  }

  return {
    async exportOnnx(document, { opset, fold, at }) {
      const { filePath } = await dialog.showSaveDialog(window, {
        defaultPath: folder.suggest(`${document.name}.onnx`),
        filters: [{ name: 'ONNX', extensions: ['onnx'] }],
      });
      if (!filePath) return { ok: true, written: null };
      const target = withExtension(filePath, 'onnx');
      try {
        const ownSamples = isOwn(document.data) ? await maySampleOwn(document.data.source) : false;
        if (ownSamples === null) return { ok: true, written: null };
        const { model, external, ...rest } = await engine.call('export', {
          document,
          opset,
          fold,
          fileName: basename(target),
          ownSamples,
          ...(at !== null && { at }),
        });
        // Weights first: until the model is replaced, the old model must not point into a new file written in part.
        if (external !== null)
          await writeAtomically(join(dirname(target), external.name), Buffer.concat(external.parts));
        await writeAtomically(target, model);
        folder.remember(target);
        return { ok: true, written: { ...rest, path: target, bytes: model.length } };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotExport(name, reason)) };
      }
    },

    async saveFile({ suggestedName, filters, bytes }) {
      const { filePath } = await dialog.showSaveDialog(window, { defaultPath: folder.suggest(suggestedName), filters });
      if (!filePath) return { ok: true, path: null };
      const extensions = filters.flatMap((filter) => filter.extensions);
      const fits = extensions.includes(extname(filePath).slice(1).toLowerCase());
      const target = fits ? filePath : `${filePath}.${extensions[0]}`;
      try {
        await writeAtomically(target, bytes);
        folder.remember(target);
        return { ok: true, path: target };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotWrite(name, reason)) };
      }
    },
  };
}

import { basename, extname } from 'node:path';
import { dialog } from 'electron';
import type { DesktopArgs, DesktopResult } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { sizeOf, writeExport } from '../src/engine/exports.ts';
import { explain } from '../src/engine/fileReason.ts';
import { type FormatName, formatOf } from '../src/exportFormats.ts';
import type { DialogFolder } from './dialogFolder.ts';
import { emptyFolder } from './emptyFolder.ts';
import { fileName, withExtension } from './fileNames.ts';
import type { Surroundings } from './surroundings.ts';
import { texts } from './texts.ts';

export interface Exporting {
  exportNetwork(...args: DesktopArgs<'exportNetwork'>): Promise<DesktopResult<'exportNetwork'>>;
  saveFile(file: DesktopArgs<'saveFile'>[0]): Promise<DesktopResult<'saveFile'>>;
}

/** Exports networks, and writes files that the page has made. */
export function createExporting({ window, engine, language }: Surroundings, folder: DialogFolder): Exporting {
  /** Asks for the file or folder of an export; null if the user cancels. */
  async function target(name: string, format: FormatName): Promise<string | null> {
    const { title, extension } = formatOf(format);
    if (extension === null) {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: title[language()],
        defaultPath: folder.path(),
        properties: ['openDirectory', 'createDirectory'],
      });
      const chosen = filePaths[0];
      return chosen === undefined ? null : emptyFolder(chosen, fileName(name));
    }
    const { filePath } = await dialog.showSaveDialog(window, {
      defaultPath: folder.suggest(`${name}.${extension}`),
      filters: [{ name: title[language()], extensions: [extension] }],
    });
    return filePath ? withExtension(filePath, extension) : null;
  }

  return {
    async exportNetwork(document, { at, ...choices }) {
      const { format } = choices;
      const path = await target(document.name, format);
      if (path === null) return { ok: true, written: null };
      const name = basename(path);
      try {
        const { files, report } = await engine.call('export', {
          ...choices,
          document,
          fileName: name,
          ...(at !== null && { at }),
        });
        await writeExport({ format, path, files });
        folder.remember(path);
        return { ok: true, written: { report, path, bytes: sizeOf(files) } };
      } catch (error) {
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

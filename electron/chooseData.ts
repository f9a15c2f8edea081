import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { DesktopArgs } from '../src/desktopCalls.ts';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

/** Endings of files that are data, not networks; of several endings (`.csv.gz`) the last counts. */
const DATA_ENDINGS = ['csv', 'tsv', 'zip', 'npz', 'npy', 'safetensors', 'bin', 'gz', 'idx', 'idx3-ubyte', 'idx1-ubyte'];

/** Endings of files with weights. */
const WEIGHT_ENDINGS = ['netloom', 'onnx', 'safetensors'];

/** Endings that other files have, too. */
const MAYBE_DATA = ['txt', 'data'];

/** Asks the user for a folder or a file with data, or for a file with weights; null if the user cancels. */
export async function chooseData(
  window: BrowserWindow,
  folder: string,
  kind: DesktopArgs<'chooseData'>[0],
  language: Language,
): Promise<string | null> {
  const words = texts[language];
  const { filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: folder,
    ...(kind === 'folder'
      ? { properties: ['openDirectory'] as const }
      : {
          properties: ['openFile'] as const,
          filters: [
            kind === 'weights'
              ? { name: words.weights, extensions: WEIGHT_ENDINGS }
              : { name: words.data, extensions: [...DATA_ENDINGS, ...MAYBE_DATA] },
            { name: words.allFiles, extensions: ['*'] },
          ],
        }),
  });
  return filePaths[0] ?? null;
}

/** True for a folder, and for a file whose ending networks do not have. */
export async function isData(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true || DATA_ENDINGS.includes(extname(path).slice(1).toLowerCase());
}

import { type BrowserWindow, dialog } from 'electron';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

/** Asks the user for a file with a network; null if the user cancels. */
export async function chooseNetwork(window: BrowserWindow, folder: string, language: Language): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    defaultPath: folder,
    filters: [
      { name: texts[language].networks, extensions: ['netloom', 'json', 'svg', 'png', 'onnx', 'safetensors'] },
      { name: texts[language].allFiles, extensions: ['*'] },
    ],
  });
  return filePaths[0] ?? null;
}

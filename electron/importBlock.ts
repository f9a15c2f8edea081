import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { dialog } from 'electron';
import type { DesktopResult } from '../src/desktopCalls.ts';
import { explain } from '../src/engine/fileReason.ts';
import { BLOCK_EXTENSION, readSharedBlock } from '../src/graph/blockFile.ts';
import { LARGEST_TEXT } from '../src/graph/document.ts';
import type { DialogFolder } from './dialogFolder.ts';
import type { Surroundings } from './surroundings.ts';
import { texts } from './texts.ts';

/** Text of the file; empty if the file is larger than any block. */
async function textOf(file: string): Promise<string> {
  const { size } = await stat(file);
  return size > LARGEST_TEXT ? '' : readFile(file, 'utf8');
}

/** Asks for a block's file and reads it. */
export async function importBlock(
  { window, language }: Surroundings,
  folder: DialogFolder,
): Promise<DesktopResult<'importBlock'>> {
  const words = texts[language()];
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    defaultPath: folder.suggest(''),
    filters: [
      { name: words.blocks, extensions: [BLOCK_EXTENSION, 'json'] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  });
  const [chosen] = filePaths;
  if (chosen === undefined) return { ok: true, block: null };
  const name = basename(chosen);
  try {
    const block = readSharedBlock(await textOf(chosen), name);
    folder.remember(chosen);
    return { ok: true, block };
  } catch (error) {
    return { ok: false, message: explain(error, (reason) => texts.couldNotImport(name, reason)) };
  }
}

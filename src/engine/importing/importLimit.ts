import { readdir, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import type { Text } from '../../text.ts';

/** Time limit in seconds: at least this, and more per megabyte of the model. */
const TIME = { least: 120, megabyte: 0.5 };

/** Time in seconds after which the import of a model is ended. A model is a program: running it may take any time. */
export async function importLimit(path: string): Promise<number> {
  return Math.ceil(TIME.least + (TIME.megabyte * (await modelSize(path))) / 2 ** 20);
}

/** Bytes of a model, with the files beside it whose names begin in the same way: its external data. */
async function modelSize(path: string): Promise<number> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const sizes = names
    .filter((name) => name.startsWith(parse(path).name))
    .map((name) =>
      stat(join(folder, name)).then(
        (found) => found.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export const importCrashed: Text = {
  en: 'The model was not imported: the runtime crashed while running it. The file may be damaged. Nothing was changed.',
  zh: '未导入模型：运行时在运行它时崩溃。文件可能已损坏。未做任何更改。',
};

import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { app } from 'electron';
import type { CallAnswer, CallArgs } from '../src/protocol/calls.ts';
import { type Text, UserError } from '../src/text.ts';
import { forkEngine } from './forkEngine.ts';

/** Time limit in milliseconds: at least this, and more per megabyte of the file. */
const TIME = { least: 120_000, megabyte: 500 };
/** Limit of the memory of the process in kilobytes. */
const MEMORY = (0.75 * totalmem()) / 1024;
/** Milliseconds between two measurements of the memory. */
const INTERVAL = 250;

/**
 * Imports a model in a process of its own. A model is a program: running it may take any time and memory, or end the
 * process, and the weights in the engine of the window must survive that. Throws UserError.
 */
export async function importApart(args: CallArgs<'importModel'>): Promise<CallAnswer<'importModel'>> {
  const { size } = await stat(args.path);
  const { process: child, client } = forkEngine('');
  const timer = setTimeout(() => client.stop(new UserError(tooLong)), TIME.least + (TIME.megabyte * size) / 2 ** 20);
  const watch = setInterval(() => {
    const used = app.getAppMetrics().find(({ pid }) => pid === child.pid)?.memory.workingSetSize ?? 0;
    if (used > MEMORY) client.stop(new UserError(tooLarge));
  }, INTERVAL);
  child.on('exit', () => client.stop(new UserError(ended)));
  try {
    return await client.call('importModel', args);
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    child.kill();
  }
}

const tooLong: Text = {
  en: 'The model was not imported: running it took too long and was stopped. The file may be damaged or malicious. Nothing was changed.',
  zh: '未导入模型：运行时间过长，已停止。文件可能已损坏或含有恶意内容。未做任何更改。',
};
const tooLarge: Text = {
  en: 'The model was not imported: running it needs more memory than this computer has. Nothing was changed.',
  zh: '未导入模型：运行它所需的内存超出这台计算机的内存。未做任何更改。',
};
const ended: Text = {
  en: 'The model was not imported: the runtime crashed while running it. The file may be damaged. Nothing was changed.',
  zh: '未导入模型：运行时在运行它时崩溃。文件可能已损坏。未做任何更改。',
};

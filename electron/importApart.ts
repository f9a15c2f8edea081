import { totalmem } from 'node:os';
import { app } from 'electron';
import { importCrashed, importLimit } from '../src/engine/importing/importLimit.ts';
import type { CallAnswer, CallArgs } from '../src/protocol/calls.ts';
import type { EngineClient } from '../src/protocol/client.ts';
import type { ImportPhase } from '../src/protocol/imported.ts';
import { type Text, UserError } from '../src/text.ts';
import { forkEngine } from './forkEngine.ts';

/** Limit of the memory of the process in kilobytes. */
const MEMORY = (0.75 * totalmem()) / 1024;
/** Milliseconds between two measurements of the memory. */
const INTERVAL = 250;

/** The user canceled the import. */
export class ImportCanceled extends Error {}

interface Following {
  /** Ends the process at once. */
  readonly signal: AbortSignal;
  onPhase(phase: ImportPhase): void;
}

/**
 * Imports a model in a process of its own. A model is a program: running it may take any time and memory, or end the
 * process, and the weights in the engine of the window must survive that. Throws UserError, or ImportCanceled.
 */
export async function importApart(
  args: CallArgs<'importModel'>,
  { signal, onPhase }: Following,
): Promise<CallAnswer<'importModel'>> {
  const limit = await importLimit(args.path);
  const { process: child, client } = forkEngine('');
  const timer = setTimeout(() => client.stop(new UserError(tooLong(limit))), 1000 * limit);
  const watch = setInterval(() => {
    const used = app.getAppMetrics().find(({ pid }) => pid === child.pid)?.memory.workingSetSize ?? 0;
    if (used > MEMORY) client.stop(new UserError(tooLarge));
  }, INTERVAL);
  const cancel = (): void => client.stop(new ImportCanceled());
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  child.on('exit', () => client.stop(new UserError(importCrashed)));
  try {
    const answer = client.call('importModel', args);
    follow(client, onPhase).catch(() => {});
    return await answer;
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener('abort', cancel);
    child.kill();
  }
}

/** Reports each part of the import, until it ends. */
async function follow(client: EngineClient, onPhase: Following['onPhase']): Promise<void> {
  for (let known: ImportPhase | null = null; ; ) {
    const { phase }: CallAnswer<'importProgress'> = await client.call('importProgress', { known });
    if (phase === null) return;
    onPhase(phase);
    known = phase;
  }
}

const tooLong = (limit: number): Text => ({
  en: `The model was not imported: after ${limit} s it was still running and was stopped. The file may be damaged or malicious. Nothing was changed.`,
  zh: `未导入模型：运行 ${limit} 秒后仍未结束，已停止。文件可能已损坏或含有恶意内容。未做任何更改。`,
});
const tooLarge: Text = {
  en: 'The model was not imported: running it needs more memory than this computer has. Nothing was changed.',
  zh: '未导入模型：运行它所需的内存超出这台计算机的内存。未做任何更改。',
};

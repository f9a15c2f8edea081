import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { removeLeftovers } from '../engine/atomicWrite.ts';
import { importCrashed } from '../engine/importing/importLimit.ts';
import { type Text, UserError } from '../text.ts';
import type { ExitCode } from './command.ts';
import { onInterrupt } from './interrupts.ts';

interface Apart {
  /** Path of the command line's script. */
  readonly script: string;
  /** Command and arguments. The process writes to the output of this one. */
  readonly args: readonly string[];
  /** Path of the network that the process writes. */
  readonly path: string;
  /** Time limit in seconds. */
  readonly limit: number;
}

/**
 * Imports a model in a process of its own, because a running model cannot be interrupted: the process is ended after the time limit, and
 * at an interrupt. Returns its exit code. Throws UserError if it was ended, or crashed.
 */
export async function importApart({ script, args, path, limit }: Apart): Promise<ExitCode> {
  let reason: Text = importCrashed;
  // First of all: a signal that nothing listens to would end this process alone.
  const free = onInterrupt(() => end(canceled));
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  function end(why: Text): void {
    reason = why;
    child.kill('SIGKILL');
  }
  const timer = setTimeout(() => end(tooLong(limit)), 1000 * limit);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0 || code === 1 || code === 2) return code;
    await removeLeftovers(path).catch(() => {});
    throw new UserError(reason);
  } finally {
    clearTimeout(timer);
    free();
  }
}

const canceled: Text = {
  en: 'The import was canceled. No file was written.',
  zh: '已取消导入。未写入任何文件。',
};

const tooLong = (limit: number): Text => ({
  en: `The model was not imported: after ${limit} s it was still running and was stopped. The file may be damaged or malicious. If it is only large, set another limit: --time-limit ${5 * limit}`,
  zh: `未导入模型：运行 ${limit} 秒后仍未结束，已停止。文件可能已损坏或含有恶意内容。如果只是模型较大，请设定更长的时间：--time-limit ${5 * limit}`,
});

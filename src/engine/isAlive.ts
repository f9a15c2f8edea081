import { readFileSync } from 'node:fs';

/**
 * True while a process with this id runs. An ended process keeps its id until its parent collects it. If the parent is
 * gone, the first process of the system collects it after seconds or, in some containers, never.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = statusOf(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/**
 * Status fields of a process on Linux, from its state on: fields 3 and up of `stat` in proc(5). Null on other systems.
 */
export function statusOf(pid: number): readonly string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The preceding name, in parentheses, may contain spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

import { readFileSync } from 'node:fs';

/**
 * True while a process with this id runs. One that has ended keeps its id until its parent has asked for its end; once the
 * parent is gone that is the first process of the system, which takes seconds to ask or, in some containers, never does.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = statusOf(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** What Linux tells of a process, from its state on: fields 3 and up of proc(5)'s `stat`. Null elsewhere. */
export function statusOf(pid: number): readonly string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it, in parentheses, may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

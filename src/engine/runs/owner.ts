import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { isAlive as isRunning } from '../isAlive.ts';

/** The process that has a run under way. Its start tells it from a later process with the same id; null: not known. */
export interface Owner {
  readonly pid: number;
  readonly started: string | null;
}

/** Milliseconds that clocks may differ by. */
const SLACK = 60_000;

/** When a process was started, in words of the system; null where that cannot be told or there is none. */
function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // Field 22; the second one, the name in parentheses, may hold spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
    }
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export const thisProcess: Owner = { pid: process.pid, started: startOf(process.pid) };

/** The owner is still there. `writtenAt`: when it last wrote (milliseconds since 1970). */
export function isAlive({ pid, started }: Owner, writtenAt: number): boolean {
  // After the computer was started anew, ids begin anew.
  if (writtenAt < Date.now() - uptime() * 1000 - SLACK) return false;
  if (!isRunning(pid)) return false;
  const now = startOf(pid);
  return started === null || now === null || now === started;
}

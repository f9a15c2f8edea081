import { execFileSync } from 'node:child_process';
import { uptime } from 'node:os';
import { isAlive as isRunning, statusOf } from '../isAlive.ts';

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
    // Field 22.
    if (process.platform === 'linux') return statusOf(pid)?.[19] ?? null;
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

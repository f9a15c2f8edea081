import { execFileSync } from 'node:child_process';
import { uptime } from 'node:os';
import { isAlive as isRunning, statusOf } from '../isAlive.ts';

/**
 * The process that trains a run. Its start time distinguishes it from a later process with the same id; null if
 * unknown.
 */
export interface Owner {
  readonly pid: number;
  readonly started: string | null;
}

/** Tolerated difference of clocks, in milliseconds. */
const SLACK = 60_000;

/** Start time of a process, in the notation of the system; null if unknown or without such a process. */
function startOf(pid: number): string | null {
  try {
    // Field 22 of `stat` is the start time.
    if (process.platform === 'linux') return statusOf(pid)?.[19] ?? null;
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export const thisProcess: Owner = { pid: process.pid, started: startOf(process.pid) };

/** True if the owner still runs. `writtenAt`: time of its last write, in milliseconds since 1970. */
export function isAlive({ pid, started }: Owner, writtenAt: number): boolean {
  // After a restart of the computer, process ids are reused.
  if (writtenAt < Date.now() - uptime() * 1000 - SLACK) return false;
  if (!isRunning(pid)) return false;
  const now = startOf(pid);
  return started === null || now === null || now === started;
}

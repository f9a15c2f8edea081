import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, statusOf } from './isAlive.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The ids of a process and of its child, which it never collects. */
async function parentOf(child: string): Promise<readonly [number, number]> {
  const parent = spawn('sh', ['-c', `${child} & echo $!; exec sleep 60`], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(parent);
  const [line] = await once(parent.stdout, 'data');
  return [parent.pid as number, Number(line)];
}

describe.runIf(process.platform === 'linux')('a process', () => {
  it('that has ended is not alive, even if it was not collected', async () => {
    const [parent, ended] = await parentOf('sleep 0.2');
    await expect.poll(() => statusOf(ended)?.[0]).toBe('Z');
    expect(() => process.kill(ended, 0)).not.toThrow();
    expect([isAlive(parent), isAlive(ended)]).toEqual([true, false]);
  });

  it('that runs is alive, even with spaces and parentheses in its name', () => {
    const { title } = process;
    process.title = 'a ) Z (b';
    try {
      expect(readFileSync(`/proc/${process.pid}/comm`, 'utf8')).toBe('a ) Z (b\n');
      expect(isAlive(process.pid)).toBe(true);
    } finally {
      process.title = title;
    }
  });
});

it('an unused id is not alive', () => {
  expect(isAlive(2 ** 22 + 1)).toBe(false);
});

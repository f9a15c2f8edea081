import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeAtomically } from './atomicWrite.ts';
import { reasonOf } from './fileReason.ts';

/** Free bytes on the simulated disk; the last write stops there. */
const disk = { free: 0, reported: null as number | null };
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  return {
    ...real,
    async writeFile(file: FileSystem.FileHandle, bytes: Uint8Array | readonly Uint8Array[]) {
      const all = Buffer.concat(bytes instanceof Uint8Array ? [bytes] : [...bytes]);
      await real.writeFile(file, all.subarray(0, disk.free));
      if (all.length > disk.free) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    },
    statfs: async () => ({ bavail: (disk.reported ?? disk.free) / 1000, bsize: 1000 }),
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-disk-'));
  Object.assign(disk, { free: 700_000, reported: null });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a disk without space for a file', () => {
  const large = [new Uint8Array(2_000_000), new Uint8Array(500_000)];
  const reasonFor = (path: string) => writeAtomically(path, large).then(() => null, reasonOf);

  it('is reported with the missing amount', async () => {
    const reason = await reasonFor(join(folder, 'a.netloom'));
    expect(reason?.en).toBe('the file needs 2.5 MB, but only 700 kB are free on the disk. Free 1.8 MB more');
    expect(reason?.zh).toContain('需要 2.5 MB，而磁盘仅剩 700 kB。请再释放 1.8 MB');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is reported with the reason that the old file is kept, which is unchanged', async () => {
    const path = join(folder, 'a.netloom');
    writeFileSync(path, 'old');
    const reason = await reasonFor(path);
    expect(reason?.en).toMatch(
      /^the old file is kept until the new one is complete, which needs 2\.5 MB, but only 700 kB .* Free 1\.8 MB more$/,
    );
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.netloom']);
    disk.free = 2_500_000;
    await writeAtomically(path, large);
    expect(statSync(path).size).toBe(2_500_000);
  });

  it('is reported without amounts if they do not explain the error', async () => {
    disk.reported = 1e9;
    expect((await reasonFor(join(folder, 'a')))?.en).toBe('the disk is full');
  });
});

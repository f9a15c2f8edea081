import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** For tests: `folder` makes a new folder of given files, `remove` removes all of them. */
export function testFolders() {
  const scratch = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  // Other users have to reach the folders in it.
  chmodSync(scratch, 0o755);
  let made = 0;
  return {
    folder(files: Readonly<Record<string, string | Uint8Array>>): string {
      const root = join(scratch, `${made++}`);
      mkdirSync(root);
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
      return root;
    },
    remove: (): void => rmSync(scratch, { recursive: true, force: true }),
  };
}

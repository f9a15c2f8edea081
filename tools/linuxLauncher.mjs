import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Starts the app without Chromium's sandbox where the system forbids it (tools/sandbox.mjs): the app would end at once,
 * before any of its code runs. The helper beside the app works where an installer has made it set-uid.
 */
const launcher = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
if [ "$(id -u)" -eq 0 ]; then why='running as root'
elif [ -u "$here/chrome-sandbox" ] || unshare --user --map-root-user true 2>/dev/null; then why=
else why='programs may not make user namespaces here'; fi
if [ -n "$why" ]; then
  echo "netloom: Chromium's sandbox is off: $why." >&2
  set -- --no-sandbox "$@"
fi
exec "$here/netloom.bin" "$@"
`;

/**
 * Puts the launcher in the place of the app's program.
 * @param {string} folder of the unpacked app
 */
export function addLauncher(folder) {
  const program = join(folder, 'netloom');
  renameSync(program, join(folder, 'netloom.bin'));
  writeFileSync(program, launcher);
  chmodSync(program, 0o755);
}

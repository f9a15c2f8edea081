import { readFileSync } from 'node:fs';

/** @param {string} file */
function readSetting(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Chromium's sandbox refuses to run as root, and otherwise needs user namespaces (a source checkout has no set-uid helper).
 * @returns {string | undefined} why the sandbox cannot be used, if so
 */
export function whyNoSandbox() {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'running as root';
  const refused =
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    readSetting('/proc/sys/user/max_user_namespaces') === '0';
  return refused ? 'this system keeps user namespaces from programs that are not installed' : undefined;
}

import { spawnSync } from 'node:child_process';

/** @typedef {{ reason: string, remedy: string }} NoSandbox */

/**
 * Chromium's sandbox refuses to run as root, and otherwise needs user namespaces (a source checkout has no set-uid helper).
 * Whether a program may make one follows from kernel, distribution and container together, so one is made.
 * @param {{ uid?: number | undefined, makeNamespace?: () => { status: number | null, error?: Error } }} [system]
 * @returns {NoSandbox | undefined} why the sandbox cannot be used, and what to do, if so
 */
export function whyNoSandbox({ uid = process.getuid?.(), makeNamespace = tryNamespace } = {}) {
  if (process.platform !== 'linux') return undefined;
  if (uid === 0) return { reason: 'running as root', remedy: 'start it as an ordinary user' };
  const { status, error } = makeNamespace();
  // Without the command nothing is known; Chromium itself reports it.
  if (status === 0 || error !== undefined) return undefined;
  return {
    reason: 'programs may not make user namespaces here',
    remedy: process.env.container
      ? 'let the container make them (docker: --security-opt seccomp=unconfined)'
      : 'allow them (Debian: sysctl kernel.unprivileged_userns_clone=1; Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0)',
  };
}

const tryNamespace = () => spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });

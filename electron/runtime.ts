/** Electron version of releases, as in package.json. */
export const RELEASED_WITH = '45.4.1';

/**
 * The running Electron version if it differs from that of releases: usable for tests, but without the fixes of the
 * released version; otherwise null.
 */
export const otherRuntime = (): string | null =>
  process.versions.electron === RELEASED_WITH ? null : (process.versions.electron ?? null);

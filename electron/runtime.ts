/** The Electron that releases are made with: the version in package.json. */
export const RELEASED_WITH = '45.4.1';

/** The present Electron where it is another: good for trying and testing, without the fixes of the released one. */
export const otherRuntime = (): string | null =>
  process.versions.electron === RELEASED_WITH ? null : (process.versions.electron ?? null);

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const withoutEnding = (path: string): string => path.replace(/\.[^./]*$/, '');
/** File systems keep accents composed or apart; both are the same name. */
const comparable = (path: string): string => path.normalize('NFC');

/**
 * Finds files by the paths that people write into tables and lists: below the dataset, only the end of the path, or a longer path
 * that ends with it; with `/` or `\` between names; with or without the ending. Returns the places of all files that match in
 * `files`; a path that leaves the dataset matches none.
 */
export function fileFinder(files: readonly string[]): (written: string) => readonly number[] {
  const paths = files.map(comparable);
  const exact = new Map(paths.map((path, at) => [path, at]));
  const byBase = new Map<string, number[]>();
  for (const [at, path] of paths.entries()) {
    for (const base of new Set([baseOf(path), withoutEnding(baseOf(path))])) {
      const same = byBase.get(base);
      if (same === undefined) byBase.set(base, [at]);
      else same.push(at);
    }
  }
  return (written) => {
    const path = comparable(written.trim().replaceAll('\\', '/')).replace(/^(\.{1,2}\/)+/, '');
    const at = exact.get(path);
    if (at !== undefined) return [at];
    return (byBase.get(baseOf(path)) ?? []).filter((place) => {
      const whole = paths[place] as string;
      return [whole, withoutEnding(whole)].some(
        (file) => file === path || file.endsWith(`/${path}`) || path.endsWith(`/${file}`),
      );
    });
  };
}

/** Limits on the kept checkpoints of one run, by count and by total bytes. */
export const MOST_CHECKPOINTS = 32;
const MOST_BYTES = 256 * 2 ** 20;

/** Number of checkpoints of this size that a run may keep: at least the first and the last. */
export const checkpointLimit = (bytes: number): number =>
  Math.max(2, Math.min(MOST_CHECKPOINTS, Math.floor(MOST_BYTES / Math.max(1, bytes))));

/**
 * Position of a step in a run of `steps`, from 0 to 1: the mean of a linear and a logarithmic scale, because a network
 * changes most at the beginning.
 */
export function placeOf(step: number, steps: number): number {
  const length = Math.max(1, steps);
  return (step / length + Math.log1p(step) / Math.log1p(length)) / 2;
}

/** True if the next checkpoint is due. `last`: step of the last kept checkpoint; null if there is none. */
export function isCheckpointDue(step: number, last: number | null, steps: number, limit: number): boolean {
  return last === null || placeOf(step, steps) - placeOf(last, steps) >= 1 / limit;
}

/**
 * The steps whose checkpoints are removed so that at most `limit` of `steps`, in ascending order, remain. The first and
 * the last always remain, and protected ones (`dear`) as long as there is space. Of the others, those with the closest
 * neighbors are removed one after the other.
 */
export function surplusCheckpoints(steps: readonly number[], dear: ReadonlySet<number>, limit: number): number[] {
  const kept = [...steps];
  const gone: number[] = [];
  const length = kept.at(-1) ?? 0;
  while (kept.length > Math.max(2, limit)) {
    const inner = kept.slice(1, -1);
    const cheap = inner.filter((step) => !dear.has(step));
    const gap = (step: number): number => {
      const at = kept.indexOf(step);
      return placeOf(kept[at + 1] as number, length) - placeOf(kept[at - 1] as number, length);
    };
    const candidates = cheap.length > 0 ? cheap : inner;
    const least = candidates.reduce((a, b) => (gap(b) < gap(a) ? b : a));
    kept.splice(kept.indexOf(least), 1);
    gone.push(least);
  }
  return gone;
}

/** Checkpoints of one run that are kept at most, by count and together in bytes. */
export const MOST_CHECKPOINTS = 32;
const MOST_BYTES = 256 * 2 ** 20;

/** How many checkpoints of this size a run may keep: at least its first and its last. */
export const checkpointLimit = (bytes: number): number =>
  Math.max(2, Math.min(MOST_CHECKPOINTS, Math.floor(MOST_BYTES / Math.max(1, bytes))));

/**
 * Where in a run of `steps` a step lies, from 0 to 1: half by steps and half by their logarithm, since a network changes
 * most at the beginning.
 */
export function placeOf(step: number, steps: number): number {
  const length = Math.max(1, steps);
  return (step / length + Math.log1p(step) / Math.log1p(length)) / 2;
}

/** Whether a checkpoint is due that is to be kept: the last was kept at `last`, null when there is none. */
export function isCheckpointDue(step: number, last: number | null, steps: number, limit: number): boolean {
  return last === null || placeOf(step, steps) - placeOf(last, steps) >= 1 / limit;
}

/**
 * The steps to give up so that at most `limit` stay, of `steps` in rising order. The first and the last stay, and those
 * that are `dear` as long as there is room; of the others one after the other goes whose neighbours are nearest together.
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

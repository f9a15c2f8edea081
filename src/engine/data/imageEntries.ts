import type { ImageEntry } from '../../data/imageFolder.ts';

/** Work on a dataset: files read of all. */
export type Progress = (done: number, total: number) => void;

/** Files read at the same time: enough to keep the threads of the decoder busy. */
export const AT_ONCE = 8;

/** `work` on all entries, some at the same time; results in the order of the entries. */
export async function overAll<T>(
  entries: readonly ImageEntry[],
  work: (entry: ImageEntry, at: number) => Promise<T>,
): Promise<T[]> {
  const results = new Array<T>(entries.length);
  let next = 0;
  const some = async () => {
    for (let at = next++; at < entries.length; at = next++) results[at] = await work(entries[at] as ImageEntry, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return results;
}

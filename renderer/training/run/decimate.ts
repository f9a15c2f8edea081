/** Index of the first value that is at least `least` in an ascending list. */
export function firstFrom(ascending: ArrayLike<number>, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Indices of the points between `from` and `to` (exclusive) to draw on the given number of pixels. Among points that share a
 * pixel, the lowest and the highest of every column are kept, so no peak is lost. Ascending; all indices if there are few.
 */
export function decimate(columns: readonly Float32Array[], from: number, to: number, pixels: number): number[] {
  const count = to - from;
  const most = Math.max(1, Math.floor(pixels));
  if (count <= 2 * columns.length * most) return Array.from({ length: Math.max(0, count) }, (_, i) => from + i);
  const chosen: number[] = [from];
  for (let pixel = 0; pixel < most; pixel++) {
    const start = from + Math.floor((pixel * count) / most);
    const end = from + Math.floor(((pixel + 1) * count) / most);
    const picked: number[] = [];
    for (const column of columns) {
      let [low, high] = [-1, -1];
      for (let i = start; i < end; i++) {
        const value = column[i] as number;
        if (!Number.isFinite(value)) continue;
        if (low < 0 || value < (column[low] as number)) low = i;
        if (high < 0 || value > (column[high] as number)) high = i;
      }
      if (low >= 0) picked.push(low, high);
    }
    picked.sort((a, b) => a - b);
    for (const i of picked) if (i !== chosen.at(-1)) chosen.push(i);
  }
  if (chosen.at(-1) !== to - 1) chosen.push(to - 1);
  return chosen;
}

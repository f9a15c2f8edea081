export type Pair = readonly [a: number, b: number];

/**
 * The pairs of two sequences, in the order of both, whose scores add up to most; what scores 0 is no pair. Among equal
 * ones the earliest.
 */
export function align(a: number, b: number, score: (i: number, j: number) => number): readonly Pair[] {
  const width = b + 1;
  /** What is still to be had from `i` and `j` on. */
  const ahead = new Int32Array((a + 1) * width);
  for (let i = a - 1; i >= 0; i--) {
    for (let j = b - 1; j >= 0; j--) {
      const one = score(i, j);
      const both = one === 0 ? 0 : one + ahead[(i + 1) * width + j + 1];
      ahead[i * width + j] = Math.max(both, ahead[(i + 1) * width + j], ahead[i * width + j + 1]);
    }
  }
  const pairs: Pair[] = [];
  for (let [i, j] = [0, 0]; i < a && j < b; ) {
    const best = ahead[i * width + j];
    const one = score(i, j);
    if (one > 0 && best === one + ahead[(i + 1) * width + j + 1]) pairs.push([i++, j++]);
    else if (best === ahead[(i + 1) * width + j]) i++;
    else j++;
  }
  return pairs;
}

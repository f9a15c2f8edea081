export type Pair = readonly [a: number, b: number];

/**
 * Aligns two sequences: the pairs, in the order of both, with the largest total score. A score of 0 means no pair. Of
 * equally good alignments, the one with the earliest pairs.
 */
export function align(a: number, b: number, score: (i: number, j: number) => number): readonly Pair[] {
  const width = b + 1;
  /** Largest total score of the rest of both sequences, from `i` and `j` on. */
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

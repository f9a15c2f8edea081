/** The predictions with a confidence in one interval. */
export interface ReliabilityBin {
  readonly count: number;
  /** Mean probability of the predicted class, and the accuracy; both 0 for an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Calibration {
  /** Bins of equal width over (0, 1]. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: mean distance between confidence and accuracy, weighted by the size of each bin. */
  readonly ece: number;
  /** Mean confidence minus accuracy. Above 0, the network is overconfident. */
  readonly gap: number;
}

/** Number of bins in the tables of Guo et al. */
const BINS = 15;

/**
 * Calibration of predicted probabilities (Guo et al. 2017, "On Calibration of Modern Neural Networks"): bin m of M
 * contains the confidences in ((m−1)/M, m/M].
 */
export function calibrationOf(
  confidence: ArrayLike<number>,
  right: (index: number) => boolean,
  count = BINS,
): Calibration {
  const sums = Array.from({ length: count }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (let i = 0; i < confidence.length; i++) {
    const p = confidence[i] as number;
    if (!Number.isFinite(p)) continue;
    const bin = sums[Math.min(count - 1, Math.max(0, Math.ceil(p * count) - 1))] as (typeof sums)[number];
    bin.count++;
    bin.confidence += p;
    bin.right += Number(right(i));
  }
  const total = sums.reduce((all, bin) => all + bin.count, 0);
  const over = (value: number, by: number): number => (by === 0 ? 0 : value / by);
  return {
    bins: sums.map((bin) => ({
      count: bin.count,
      confidence: over(bin.confidence, bin.count),
      accuracy: over(bin.right, bin.count),
    })),
    ece: over(
      sums.reduce((all, bin) => all + Math.abs(bin.confidence - bin.right), 0),
      total,
    ),
    gap: over(
      sums.reduce((all, bin) => all + bin.confidence - bin.right, 0),
      total,
    ),
  };
}

/** The work of a training step, computed from its program. */
export interface StepWork {
  /** MACs of the forward pass of the whole batch. */
  readonly macs: number;
  /** Bytes that the ops of the step read and write. */
  readonly bytes: number;
  /** Number of ops in the step; each has a fixed overhead. */
  readonly ops: number;
}

export interface MeasuredStep extends StepWork {
  readonly ms: number;
}

/**
 * Milliseconds per unit of work on a typical two-core processor: per second 100 billion floating-point operations (2
 * per MAC, and a step computes each MAC three times), 10 billion bytes and 200,000 ops. Only the ratios matter, and
 * only until there are measurements.
 */
const ORDINARY = { macs: 6e-8, bytes: 1e-7, ops: 5e-3 } as const;
const KINDS = ['macs', 'bytes', 'ops'] as const;

/** Weight of the typical ratios against the measurements. */
const TRUST = 0.01;
const ROUNDS = 200;

/**
 * A model of the step time, fitted to steps measured on the same computer: non-negative least squares of the relative
 * error, regularized towards the typical ratios. Null without measurements.
 */
export function stepTimeModel(measured: readonly MeasuredStep[]): ((work: StepWork) => number) | null {
  const usable = measured.filter(({ ms }) => ms > 0 && Number.isFinite(ms));
  if (usable.length === 0) return null;
  const ordinary = usable.map((step) => KINDS.map((kind) => (step[kind] * ORDINARY[kind]) / step.ms));
  const slower = median(ordinary.map((row) => 1 / row.reduce((a, b) => a + b, 0)));
  // The fraction of the measured time per kind of work, assuming that the computer is uniformly slower or faster than a
  // typical one.
  const rows = ordinary.map((row) => row.map((share) => share * slower));
  const times = KINDS.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    KINDS.forEach((_, j) => {
      let [pull, weight] = [TRUST, TRUST];
      for (const row of rows) {
        const others = row.reduce((sum, share, k) => (k === j ? sum : sum + share * (times[k] as number)), 0);
        pull += (row[j] as number) * (1 - others);
        weight += (row[j] as number) ** 2;
      }
      times[j] = Math.max(0, pull / weight);
    });
  }
  return (work) => KINDS.reduce((ms, kind, j) => ms + work[kind] * ORDINARY[kind] * slower * (times[j] as number), 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

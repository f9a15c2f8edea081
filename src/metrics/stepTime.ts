/** What the time of a training step is made of, as far as a program tells. */
export interface StepWork {
  /** Multiply-adds of the forward pass, of the whole batch. */
  readonly macs: number;
  /** Bytes that the ops of the step read and write. */
  readonly bytes: number;
  /** Ops of the step: each has a cost of its own. */
  readonly ops: number;
}

export interface MeasuredStep extends StepWork {
  readonly ms: number;
}

/**
 * Milliseconds for each unit of work on an ordinary processor of two cores: 100 billion operations (a multiply-add is 2, and
 * a step does it three times), 10 billion bytes and 200,000 ops a second. Only their ratios count, and those only until
 * measurements say otherwise.
 */
const ORDINARY = { macs: 6e-8, bytes: 1e-7, ops: 5e-3 } as const;
const KINDS = ['macs', 'bytes', 'ops'] as const;

/** How many measurements it takes to outweigh the ordinary ratios. */
const TRUST = 0.01;
const ROUNDS = 200;

/**
 * Predicts the time of a step from steps that were measured on the same machine: least squares in the relative error over
 * the time for each kind of work, none of them negative, drawn towards the ordinary ratios. Null without measurements.
 */
export function stepTimeModel(measured: readonly MeasuredStep[]): ((work: StepWork) => number) | null {
  const usable = measured.filter(({ ms }) => ms > 0 && Number.isFinite(ms));
  if (usable.length === 0) return null;
  const ordinary = usable.map((step) => KINDS.map((kind) => (step[kind] * ORDINARY[kind]) / step.ms));
  const slower = median(ordinary.map((row) => 1 / row.reduce((a, b) => a + b, 0)));
  // What each kind of work would take of the measured time on a machine that is only slower than ordinary, or faster.
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

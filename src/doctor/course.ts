import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Evidence } from './evidence.ts';
import { smoothingOf } from './plainLoss.ts';

/** Min samples per point of the smoothed curve; with fewer, single samples dominate. */
const SAMPLES = 128;
/** Number of first samples whose mean is the initial loss. */
const FIRST_SAMPLES = 32;

/** The course of the loss during a run. */
export interface Course {
  /** Loss of the first samples, before training has an effect. */
  readonly start: number;
  /** Mean loss of the last quarter of the steps. */
  readonly end: number;
  readonly highest: number;
  readonly lowest: number;
  /** Means over consecutive steps, in order. */
  readonly smooth: readonly number[];
  /** Loss of the best constant prediction; the initial loss if unknown. */
  readonly idle: number;
  /** Idle loss of the plain cross-entropy in nats, without label smoothing; null if unknown. */
  readonly plainIdle: number | null;
  /** Lowest possible loss: 0 without label smoothing and mixing of samples, about right with both. */
  readonly floor: number;
}

/** The course of the loss; null before the first step. */
export function courseOf({ graph, run, examination }: Evidence): Course | null {
  const { loss, step } = run.curve;
  if (loss.length === 0) return null;
  const { batchSize } = graph.document.recipe;
  const values = Array.from(loss);
  const steps = ((step[step.length - 1] as number) - (step[0] as number)) / Math.max(1, step.length - 1) || 1;
  // At most the first tenth of the run, because a run may be short.
  const first = Math.max(1, Math.min(Math.ceil(FIRST_SAMPLES / (batchSize * steps)), Math.floor(values.length / 10)));
  const start = mean(values.slice(0, first));
  const width = Math.max(1, Math.ceil(SAMPLES / (batchSize * steps)));
  const smooth: number[] = [];
  for (let at = 0; at < values.length; at += width) smooth.push(mean(values.slice(at, at + width)));
  // An incomplete last block is too small for a reliable mean.
  if (smooth.length > 1 && values.length % width !== 0) smooth.pop();
  const end = mean(smooth.slice(Math.floor(0.75 * smooth.length)));
  return {
    start,
    end,
    highest: Math.max(...smooth),
    lowest: Math.min(...smooth),
    smooth,
    ...idleLosses(graph, examination?.data.classes?.train ?? null, start),
  };
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The output layer that is judged: the first. */
export const endOf = ({ nodes }: CheckedGraph) => nodes.find(({ layer }) => layer.output !== undefined);

/** Idle losses; known for a single output with unweighted cross-entropy. */
function idleLosses(
  graph: CheckedGraph,
  counts: readonly number[] | null,
  start: number,
): Pick<Course, 'idle' | 'plainIdle' | 'floor'> {
  const ends = graph.nodes.filter(({ layer }) => layer.output !== undefined);
  const [end] = ends;
  const unknown = { idle: start, plainIdle: null, floor: 0 };
  if (ends.length !== 1 || counts === null || end === undefined) return unknown;
  const rules = end.layer.output?.classes;
  if (!rules?.isEntropy(end.config) || rules.isWeighted(end.config)) return unknown;
  const smoothing = smoothingOf(end);
  const all = total(counts);
  const shares = counts.map((count) => count / all);
  const smoothed = (share: number) => (1 - smoothing) * share + smoothing / counts.length;
  return {
    idle: entropy(shares.map(smoothed)),
    plainIdle: entropy(shares),
    floor: entropy(counts.map((_, i) => smoothed(i === 0 ? 1 : 0))) + mixedFloor(graph, shares),
  };
}

/** Expected entropy of the targets of mixed samples: zero where both have the same class. */
function mixedFloor({ document }: CheckedGraph, shares: readonly number[]): number {
  const { mixing } = document.data;
  if (mixing === undefined) return 0;
  const same = shares.reduce((sum, share) => sum + share * share, 0);
  return (1 - same) * betaEntropy(mixing.alpha);
}

/** Expected entropy of (λ, 1 − λ) with λ from Beta(α, α): ψ(2α + 1) − ψ(α + 1). */
export const betaEntropy = (alpha: number): number => digamma(2 * alpha + 1) - digamma(alpha + 1);

/** ψ(x) for x > 0: the recurrence up to 6, then the asymptotic series. */
function digamma(x: number): number {
  if (x < 6) return digamma(x + 1) - 1 / x;
  const square = 1 / (x * x);
  return Math.log(x) - 1 / (2 * x) - square * (1 / 12 - square * (1 / 120 - square / 252));
}

/** Entropy in nats. */
const entropy = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => (share === 0 ? sum : sum - share * Math.log(share)), 0);

/**
 * Learning rate schedules of torch.optim.lr_scheduler, in closed form and in float64. The rate of a step does not
 * depend on earlier steps, so a run can be resumed at any step. Only the plateau schedule has a state; it is a plain
 * object, stored in checkpoints. An omitted length is the length of the whole run.
 */
type Unit = 'step' | 'epoch';

export interface CosineConfig {
  readonly kind: 'cosine';
  readonly unit: Unit;
  readonly tMax?: number;
  readonly etaMin: number;
}

export interface WarmupCosineConfig {
  readonly kind: 'warmupCosine';
  readonly unit: Unit;
  readonly warmupSteps: number;
  readonly startFactor: number;
  readonly totalSteps?: number;
  readonly etaMin: number;
}

export interface OneCycleConfig {
  readonly kind: 'oneCycle';
  readonly unit: Unit;
  readonly maxLr?: number;
  readonly totalSteps?: number;
  readonly pctStart: number;
  readonly anneal: 'cos' | 'linear';
  readonly divFactor: number;
  readonly finalDivFactor: number;
  readonly threePhase: boolean;
  readonly cycleMomentum: boolean;
  readonly baseMomentum: number;
  readonly maxMomentum: number;
}

export interface PlateauConfig {
  readonly kind: 'plateau';
  readonly mode: 'min' | 'max';
  readonly factor: number;
  readonly patience: number;
  readonly threshold: number;
  readonly thresholdMode: 'rel' | 'abs';
  readonly cooldown: number;
  readonly minLr: number;
  readonly eps: number;
}

/** A schedule, as stored in the training settings. */
export type ScheduleConfig =
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly unit: Unit; readonly stepSize: number; readonly gamma: number }
  | { readonly kind: 'multistep'; readonly unit: Unit; readonly milestones: readonly number[]; readonly gamma: number }
  | { readonly kind: 'exponential'; readonly unit: Unit; readonly gamma: number }
  | CosineConfig
  | WarmupCosineConfig
  | OneCycleConfig
  | PlateauConfig;

/** Learning rate and momentum of one step. */
export interface Rates {
  readonly learningRate: number;
  /** Present if the schedule cycles momentum (Adam's beta1). */
  readonly momentum?: number;
}

/** A position in a run: completed steps and epochs, and those of the whole run. */
export interface RunPosition {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
}

/**
 * The rates of the step after `at`, computed from the learning rate of the optimizer. `plateau` is used only by the
 * plateau schedule.
 */
export function ratesAt(
  schedule: ScheduleConfig | undefined,
  learningRate: number,
  at: RunPosition,
  plateau: PlateauState | null = null,
): Rates {
  if (schedule === undefined || schedule.kind === 'constant') return { learningRate };
  if (schedule.kind === 'plateau') return { learningRate: plateau?.learningRate ?? learningRate };
  const byEpoch = schedule.unit === 'epoch';
  return scheduled(schedule, learningRate, byEpoch ? at.epoch : at.step, byEpoch ? at.epochs : at.steps);
}

/** The rates at position `t` = 0, 1, … of `total`, both in the unit of the schedule. */
export function scheduled(
  schedule: Exclude<ScheduleConfig, PlateauConfig>,
  learningRate: number,
  t: number,
  total: number,
): Rates {
  switch (schedule.kind) {
    case 'constant':
      return { learningRate };
    case 'step':
      return { learningRate: learningRate * schedule.gamma ** Math.floor(t / schedule.stepSize) };
    case 'multistep': {
      const passed = schedule.milestones.filter((milestone) => milestone <= t).length;
      return { learningRate: learningRate * schedule.gamma ** passed };
    }
    case 'exponential':
      return { learningRate: learningRate * schedule.gamma ** t };
    case 'cosine':
      return { learningRate: cosine(learningRate, schedule.etaMin, t / (schedule.tMax ?? total)) };
    case 'warmupCosine':
      return { learningRate: warmupCosine(schedule, learningRate, t, total) };
    case 'oneCycle':
      return oneCycle(schedule, learningRate, t, total);
    default:
      return schedule satisfies never;
  }
}

/** Half a cosine from `a` at 0 to `b` at 1 (and back to `a` at 2). */
const cosine = (a: number, b: number, share: number): number => b + ((a - b) * (1 + Math.cos(Math.PI * share))) / 2;
const linear = (a: number, b: number, share: number): number => a + (b - a) * share;

/**
 * PyTorch's SequentialLR of LinearLR and CosineAnnealingLR. The cosine begins at step `warmupSteps` with the full
 * learning rate.
 */
function warmupCosine(schedule: WarmupCosineConfig, base: number, t: number, total: number): number {
  const { warmupSteps, startFactor, totalSteps = total, etaMin } = schedule;
  if (t < warmupSteps) return base * linear(startFactor, 1, t / warmupSteps);
  // The cosine has at least one step, even if the warmup takes the whole run.
  return cosine(base, etaMin, (t - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
}

/**
 * PyTorch's OneCycleLR (Smith and Topin 2017): rises from max/div to max and falls to max/div/finalDiv; with three
 * phases, it first falls to max/div. Momentum changes in the opposite direction. After the last step, the rates stay
 * constant.
 */
function oneCycle(schedule: OneCycleConfig, base: number, t: number, total: number): Rates {
  const { maxLr = base, totalSteps = total, pctStart, divFactor, finalDivFactor, threePhase } = schedule;
  const { baseMomentum: low, maxMomentum: high } = schedule;
  const first = maxLr / divFactor;
  const last = first / finalDivFactor;
  const peak = pctStart * totalSteps - 1;
  const end = totalSteps - 1;
  const up = { until: peak, lr: [first, maxLr], momentum: [high, low] } as const;
  const phases = threePhase
    ? [
        up,
        { until: 2 * peak, lr: [maxLr, first], momentum: [low, high] } as const,
        { until: end, lr: [first, last], momentum: [high, high] } as const,
      ]
    : [up, { until: end, lr: [maxLr, last], momentum: [low, high] } as const];
  const place = Math.min(t, end);
  const found = phases.findIndex(({ until }) => place <= until);
  const at = found === -1 ? phases.length - 1 : found;
  const { until, lr, momentum } = phases[at] as (typeof phases)[number];
  const from = at === 0 ? 0 : (phases[at - 1] as (typeof phases)[number]).until;
  // A phase of length 0 ends at its start.
  const share = until > from ? (place - from) / (until - from) : 1;
  const between = schedule.anneal === 'cos' ? cosine : linear;
  const learningRate = between(lr[0], lr[1], share);
  return schedule.cycleMomentum
    ? { learningRate, momentum: between(momentum[0], momentum[1], share) }
    : { learningRate };
}

/** State of PyTorch's ReduceLROnPlateau, as plain JSON. */
export interface PlateauState {
  readonly learningRate: number;
  /** The best metric so far; null before the first report. */
  readonly best: number | null;
  /** Number of reports since the best one, or since the last reduction. */
  readonly bad: number;
  /** Number of remaining reports that do not count as bad. */
  readonly cooldown: number;
}

export const plateauStart = (learningRate: number): PlateauState => ({ learningRate, best: null, bad: 0, cooldown: 0 });

/** The state after one more report. Its `learningRate` applies to the following steps. */
export function plateauReport(config: PlateauConfig, state: PlateauState, metric: number): PlateauState {
  const better = isBetter(config, metric, state.best);
  const cooling = state.cooldown > 0;
  const bad = better || cooling ? 0 : state.bad + 1;
  const next = {
    learningRate: state.learningRate,
    best: better ? metric : state.best,
    bad,
    cooldown: cooling ? state.cooldown - 1 : 0,
  };
  if (bad <= config.patience) return next;
  const lowered = Math.max(state.learningRate * config.factor, config.minLr);
  const worthIt = state.learningRate - lowered > config.eps;
  return {
    ...next,
    learningRate: worthIt ? lowered : state.learningRate,
    bad: 0,
    cooldown: config.cooldown,
  };
}

function isBetter({ mode, threshold, thresholdMode }: PlateauConfig, metric: number, best: number | null): boolean {
  if (best === null) return Number.isFinite(metric);
  const sign = mode === 'min' ? -1 : 1;
  const bar = thresholdMode === 'rel' ? best * (1 + sign * threshold) : best + sign * threshold;
  return mode === 'min' ? metric < bar : metric > bar;
}

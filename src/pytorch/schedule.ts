import type { Recipe, Schedule } from '../graph/recipe.ts';
import { literal } from '../python/values.ts';

type Plateau = Extract<Schedule, { readonly kind: 'plateau' }>;
type FixedSchedule = Exclude<Schedule, Plateau | { readonly kind: 'constant' }>;

/**
 * `SCHEDULE` and `make_scheduler` of recipe.py. `SCHEDULE` says when the scheduler steps: after a step, after an epoch, or with
 * the validation results.
 */
export function scheduleSource({ schedule, optimizer }: Recipe, hasGroups: boolean): string {
  if (schedule === undefined || schedule.kind === 'constant') {
    return `SCHEDULE = None\n\n\ndef make_scheduler(optimizer, total):\n    """The learning rate is constant."""\n    return None\n`;
  }
  if (schedule.kind === 'plateau') return plateauSource(schedule);
  const cycles = schedule.kind === 'oneCycle' && schedule.cycleMomentum && optimizer.kind !== 'adagrad';
  return `SCHEDULE = ${literal(schedule.unit)}


def make_scheduler(optimizer, total):
    """total: ${schedule.unit}s of the whole run."""
${plannedLines(schedule, optimizer.learningRate, hasGroups, cycles)
  .map((line) => `    ${line}\n`)
  .join('')}`;
}

function plateauSource(schedule: Plateau): string {
  const { mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps } = schedule;
  const settings = { mode, factor, patience, threshold, threshold_mode: thresholdMode, cooldown, min_lr: minLr, eps };
  const args = Object.entries(settings).map(([name, value]) => `${name}=${literal(value)}`);
  return `SCHEDULE = ${literal(mode === 'min' ? 'loss' : 'accuracy')}


def make_scheduler(optimizer, total):
    """Steps with the result of every validation."""
    return lr_scheduler.ReduceLROnPlateau(optimizer, ${args.join(', ')})
`;
}

/** PyTorch's limits are absolute, those of a group are scaled with its rate: then the schedule is a factor. */
const asFactor = (limit: number, learningRate: number, expression: string): readonly string[] => [
  `lowest = ${literal(limit / learningRate)}`,
  `return lr_scheduler.LambdaLR(optimizer, lambda t: ${expression})`,
];
const COSINE = 'lowest + (1 - lowest) * (1 + math.cos(math.pi * ';

function plannedLines(
  schedule: FixedSchedule,
  learningRate: number,
  hasGroups: boolean,
  cycles: boolean,
): readonly string[] {
  switch (schedule.kind) {
    case 'step':
      return [
        `return lr_scheduler.StepLR(optimizer, step_size=${schedule.stepSize}, gamma=${literal(schedule.gamma)})`,
      ];
    case 'multistep':
      return [
        `return lr_scheduler.MultiStepLR(optimizer, milestones=[${[...schedule.milestones].sort((a, b) => a - b).join(', ')}], gamma=${literal(schedule.gamma)})`,
      ];
    case 'exponential':
      return [`return lr_scheduler.ExponentialLR(optimizer, gamma=${literal(schedule.gamma)})`];
    case 'cosine': {
      const length = schedule.tMax === undefined ? 'total' : literal(schedule.tMax);
      if (hasGroups && schedule.etaMin > 0)
        return asFactor(schedule.etaMin, learningRate, `${COSINE}t / ${length})) / 2`);
      return [`return lr_scheduler.CosineAnnealingLR(optimizer, T_max=${length}, eta_min=${literal(schedule.etaMin)})`];
    }
    case 'warmupCosine': {
      const { warmupSteps: warmup, startFactor, totalSteps, etaMin } = schedule;
      const length = totalSteps === undefined ? 'total' : literal(totalSteps);
      const rest = warmup === 0 ? length : `max(1, ${length} - ${warmup})`;
      if (hasGroups && etaMin > 0) {
        const cosine = `${COSINE}(t - ${warmup}) / ${rest})) / 2`;
        const rise = `${literal(startFactor)} + ${literal(1 - startFactor)} * t / ${warmup}`;
        return asFactor(etaMin, learningRate, warmup === 0 ? cosine : `${rise} if t < ${warmup} else ${cosine}`);
      }
      const cosine = `lr_scheduler.CosineAnnealingLR(optimizer, T_max=${rest}, eta_min=${literal(etaMin)})`;
      if (warmup === 0) return [`return ${cosine}`];
      return [
        `warmup = lr_scheduler.LinearLR(optimizer, start_factor=${literal(startFactor)}, total_iters=${warmup})`,
        `cosine = ${cosine}`,
        `return lr_scheduler.SequentialLR(optimizer, [warmup, cosine], milestones=[${warmup}])`,
      ];
    }
    case 'oneCycle': {
      const { maxLr = learningRate, totalSteps, pctStart, anneal, divFactor, finalDivFactor, threePhase } = schedule;
      const settings = {
        pct_start: pctStart,
        anneal_strategy: anneal === 'cos' ? 'cos' : 'linear',
        cycle_momentum: cycles,
        base_momentum: schedule.baseMomentum,
        max_momentum: schedule.maxMomentum,
        div_factor: divFactor,
        final_div_factor: finalDivFactor,
        three_phase: threePhase,
      };
      const scale = literal(maxLr / learningRate);
      return [
        `highest = [group["lr"] * ${scale} for group in optimizer.param_groups]`,
        'return lr_scheduler.OneCycleLR(',
        '    optimizer,',
        '    max_lr=highest,',
        `    total_steps=${totalSteps === undefined ? 'total' : literal(totalSteps)},`,
        ...Object.entries(settings).map(([name, value]) => `    ${name}=${literal(value)},`),
        ')',
      ];
    }
    default:
      return schedule satisfies never;
  }
}

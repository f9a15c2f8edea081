import { mean } from './course.ts';
import { figure, quotedList } from './figures.ts';
import { type Ailment, consequences } from './finding.ts';
import type { Patient } from './patient.ts';
import { usualRate } from './rates.ts';
import { highestRate } from './ratesInForce.ts';
import { bestRemedy, clipNorm } from './remedies.ts';
import { isSmall } from './smallBatch.ts';
import { isRaised, smallerSteps } from './smallerSteps.ts';

/** Min number of steps; at first, any learning rate may raise the loss. */
const STEPS = 20;
/** Ratio to the loss of a constant prediction; only steps that are too large keep the loss above it. */
const WORSE = 1.25;
/** Ratio of the peak to the initial loss. */
const PEAK = 3;
/** Fraction of the initial loss that was reached before the loss returned to its initial level. */
const LOST = 0.98;
const LEARNED = 0.92;
/** Rise between two means over 128 samples, relative to the initial loss; healthy runs stay below a quarter. */
const JUMP = 0.4;
const JUMPS = 3;
/** Factor by which one step raises the loss of its own batch. */
const OVERSHOOT = 1.3;

/** Fraction of dead units of a layer, and ratio of the learning rate to the usual one. */
const DEAD = 0.9;
const UNUSUAL = 3;

type Sign = 'worse' | 'peak' | 'lost' | 'jumps' | 'killed' | 'overshoot' | 'trial';

export const rateTooHigh: Ailment = {
  code: 'rate-too-high',
  explains: consequences,
  look(patient) {
    const { course, recipe } = patient;
    if (course === null || patient.run.step < STEPS) return null;
    const sign = signOf(patient);
    if (sign === null) return null;
    const raised = isRaised(patient);
    const learningRate = raised ? highestRate(patient) : recipe.optimizer.learningRate;
    const { start, end, highest, lowest, idle } = course;
    const summary = {
      worse: {
        en: `The loss is ${figure(end)}. It was ${figure(start)} before training, and a constant prediction would have a loss of ${figure(idle)}`,
        zh: `损失为 ${figure(end)}；训练前为 ${figure(start)}，恒定的预测也只有 ${figure(idle)}`,
      },
      peak: {
        en: `The loss jumped from ${figure(start)} to ${figure(highest)} and has stayed at ${figure(end)} since`,
        zh: `损失从 ${figure(start)} 猛升到 ${figure(highest)}，之后停在 ${figure(end)}`,
      },
      lost: {
        en: `The loss had fallen to ${figure(lowest)}, then rose back to its initial level, ${figure(end)}`,
        zh: `损失曾降到 ${figure(lowest)}，随后又跳回起点附近的 ${figure(end)}`,
      },
      jumps: {
        en: `The loss is unstable: it rose by more than ${figure(JUMP * Math.max(idle, start))} within 128 samples ${jumpsOf(patient)} times, up to ${figure(highest)}`,
        zh: `损失不稳定：在 128 个样本之内有 ${jumpsOf(patient)} 次上升超过 ${figure(JUMP * Math.max(idle, start))}，最高 ${figure(highest)}`,
      },
      killed: {
        en: `The loss is back at ${figure(end)}, and nearly all units of ${quotedList(killedBy(patient)).en} have died. The learning rate is ${figure(learningRate / usualRate(recipe.optimizer))} times the usual ${figure(usualRate(recipe.optimizer))}`,
        zh: `损失又回到 ${figure(end)}，${quotedList(killedBy(patient)).zh}的单元几乎全部死亡。学习率是通常的 ${figure(usualRate(recipe.optimizer))} 的 ${figure(learningRate / usualRate(recipe.optimizer))} 倍`,
      },
      overshoot: {
        en: `A step at this learning rate raises the loss of its own batch from ${figure(patient.network?.trainingLoss ?? 0)} to ${figure(trialAt(patient, 1))}; a tenth of the step lowers it to ${figure(trialAt(patient, 0.1))}`,
        zh: `按此学习率更新一步，同一批样本的损失反而从 ${figure(patient.network?.trainingLoss ?? 0)} 升到 ${figure(trialAt(patient, 1))}；十分之一的步长则使其降到 ${figure(trialAt(patient, 0.1))}`,
      },
      trial: {
        en: `The loss is ${figure(end)} after ${patient.run.step} steps and was ${figure(start)} initially; with a lower learning rate, the same network learns`,
        zh: `${patient.run.step} 步之后损失为 ${figure(end)}，开始时为 ${figure(start)}；换较小的学习率，同一网络就能学习`,
      },
    }[sign];
    const { batchSize } = recipe;
    const few = isSmall(recipe)
      ? {
          en: ` With batch size ${batchSize}, gradients are noisy, so the learning rate must be even lower.`,
          zh: `批量大小仅为 ${batchSize}，梯度噪声较大，因此学习率还要更小。`,
        }
      : { en: '', zh: '' };
    return {
      severity: 'error',
      title: { en: 'The learning rate is too high', zh: '学习率过大' },
      message: {
        en: `${summary.en}. With a learning rate of ${figure(learningRate)}${raised ? ' (raised by the schedule)' : ''}, each update overshoots the minimum. Use a lower learning rate.${few.en}`,
        zh: `${summary.zh}。当前学习率 ${figure(learningRate)}${raised ? '（由调度升高）' : ''}过大，每次更新都越过最小值。请减小学习率。${few.zh}`,
      },
      nodes: [],
      fixes: [...smallerSteps(patient), ...(recipe.clip ? [] : [clipNorm])],
    };
  },
};

function signOf(patient: Patient): Sign | null {
  const { course, stuck, network, recipe } = patient;
  if (course === null) return null;
  const { start, end, idle, highest, lowest } = course;
  const most = Math.max(start, idle);
  if (end > WORSE * most) return 'worse';
  if (stuck && highest > PEAK * most) return 'peak';
  if (lowest < LEARNED * idle && end > LOST * idle && end > lowest / LEARNED) return 'lost';
  const jumps = jumpsOf(patient);
  if (jumps >= JUMPS && jumps >= course.smooth.length / 50) return 'jumps';
  const unusual = recipe.optimizer.learningRate > UNUSUAL * usualRate(recipe.optimizer);
  if (stuck && unusual && killedBy(patient).length > 0) return 'killed';
  if (lowerRateHelpsMost(patient)) return 'trial';
  // For other optimizers, only the size of a step is known, not its effect.
  const tried = network !== null && recipe.optimizer.kind === 'sgd' && stuck;
  if (!tried) return null;
  const [full, tenth] = [trialAt(patient, 1), trialAt(patient, 0.1)];
  return full > OVERSHOOT * network.trainingLoss && tenth < network.trainingLoss ? 'overshoot' : null;
}

function lowerRateHelpsMost(patient: Patient): boolean {
  const rate = bestRemedy(patient)?.learningRate;
  return rate !== undefined && rate < patient.recipe.optimizer.learningRate;
}

/** Number of large rises of the smoothed loss after the first steps. */
function jumpsOf({ course }: Patient): number {
  const { smooth = [], idle = 0, start = 0 } = course ?? {};
  // One rise in the first steps is normal.
  const later = smooth.slice(Math.min(3, Math.floor(smooth.length / 4)));
  const usual = mean(later);
  return later.filter((loss, i) => {
    const rise = i === 0 ? 0 : loss - (later[i - 1] as number);
    return rise > JUMP * Math.max(idle, start) && rise > 0.5 * usual;
  }).length;
}

/** Names of the ReLU layers whose units are nearly all dead. */
const killedBy = ({ network }: Patient): readonly string[] =>
  (network?.activations ?? [])
    .filter(({ kind, dead, units }) => kind === 'dies' && units > 1 && dead >= DEAD * units)
    .map(({ name }) => name);

const trialAt = ({ network }: Patient, factor: number): number =>
  network?.trials.find((trial) => trial.factor === factor)?.loss ?? Number.NaN;

import { mean } from './course.ts';
import { figure, quotedList } from './figures.ts';
import type { Ailment } from './finding.ts';
import type { Patient } from './patient.ts';
import { usualRate } from './rates.ts';
import { highestRate } from './ratesInForce.ts';
import { bestRemedy, clipNorm } from './remedies.ts';
import { isSmall } from './smallBatch.ts';
import { isRaised, smallerSteps } from './smallerSteps.ts';

/** Fewer steps are a beginning: any rate may raise the loss at first. */
const STEPS = 20;
/** Above what always giving the same answer costs: only steps that are too large lead there and keep it there. */
const WORSE = 1.25;
/** A peak of so many times the loss of the start: updates threw the weights far away. */
const PEAK = 3;
/** Back to where it began, after having been below this share of it. */
const LOST = 0.98;
const LEARNED = 0.92;
/** A rise between two means over 128 samples; those of healthy runs are below a quarter of the loss of the start. */
const JUMP = 0.4;
const JUMPS = 3;
/** One step at the rate itself makes the very samples it was made for worse, by this factor. */
const OVERSHOOT = 1.3;

/** Nearly all units of a layer dead, and the rate so many times the usual one. */
const DEAD = 0.9;
const UNUSUAL = 3;

type Sign = 'worse' | 'peak' | 'lost' | 'jumps' | 'killed' | 'overshoot' | 'trial';

export const rateTooHigh: Ailment = {
  code: 'rate-too-high',
  explains: [
    'vanishing-gradients',
    'dead-relus',
    'modes-differ',
    'rate-too-low',
    'labels-shuffled',
    'overfitting',
    'underfitting',
    'plateau',
    'one-answer',
  ],
  look(patient) {
    const { course, recipe } = patient;
    if (course === null || patient.run.step < STEPS) return null;
    const sign = signOf(patient);
    if (sign === null) return null;
    const raised = isRaised(patient);
    const learningRate = raised ? highestRate(patient) : recipe.optimizer.learningRate;
    const { start, end, highest, lowest, idle } = course;
    const said = {
      worse: {
        en: `The loss is ${figure(end)} now; it was ${figure(start)} before training, and always giving the same answer would cost ${figure(idle)}`,
        zh: `损失现为 ${figure(end)}；训练前为 ${figure(start)}，始终给同一个答案也只有 ${figure(idle)}`,
      },
      peak: {
        en: `The loss shot up from ${figure(start)} to ${figure(highest)} and has stayed at ${figure(end)} since`,
        zh: `损失从 ${figure(start)} 猛升到 ${figure(highest)}，之后停在 ${figure(end)}`,
      },
      lost: {
        en: `The loss had fallen to ${figure(lowest)}, then one step threw it back to ${figure(end)}, where it began`,
        zh: `损失曾降到 ${figure(lowest)}，随后又跳回起点附近的 ${figure(end)}`,
      },
      jumps: {
        en: `The loss jumps about: ${jumpsOf(patient)} times it rose by more than ${figure(JUMP * Math.max(idle, start))} within 128 samples, to ${figure(highest)} at most`,
        zh: `损失忽高忽低：在 128 个样本之内有 ${jumpsOf(patient)} 次上升超过 ${figure(JUMP * Math.max(idle, start))}，最高 ${figure(highest)}`,
      },
      killed: {
        en: `The loss is back at ${figure(end)}, and nearly all units of ${quotedList(killedBy(patient)).en} have died. The rate is ${figure(learningRate / usualRate(recipe.optimizer))} times the usual ${figure(usualRate(recipe.optimizer))}`,
        zh: `损失又回到 ${figure(end)}，${quotedList(killedBy(patient)).zh}的单元几乎全部死亡。学习率是通常的 ${figure(usualRate(recipe.optimizer))} 的 ${figure(learningRate / usualRate(recipe.optimizer))} 倍`,
      },
      overshoot: {
        en: `A step at this rate raises the loss of the very samples that it is computed from, from ${figure(patient.network?.trainingLoss ?? 0)} to ${figure(trialAt(patient, 1))}; a tenth of it lowers it to ${figure(trialAt(patient, 0.1))}`,
        zh: `以此学习率走一步，计算梯度的那批样本的损失反而从 ${figure(patient.network?.trainingLoss ?? 0)} 升到 ${figure(trialAt(patient, 1))}；十分之一的步长则使其降到 ${figure(trialAt(patient, 0.1))}`,
      },
      trial: {
        en: `The loss is ${figure(end)} after ${patient.run.step} steps and was ${figure(start)} at the start; at a lower rate the same network learns`,
        zh: `${patient.run.step} 步之后损失为 ${figure(end)}，开始时为 ${figure(start)}；换较小的学习率，同一网络就能学习`,
      },
    }[sign];
    const { batchSize } = recipe;
    const few = isSmall(recipe)
      ? {
          en: ` A batch of ${batchSize} makes each step mostly chance, so the rate has to be lower still.`,
          zh: `批量仅为 ${batchSize}，每一步主要取决于偶然，因此学习率还要更小。`,
        }
      : { en: '', zh: '' };
    return {
      severity: 'error',
      title: { en: 'The learning rate is too high', zh: '学习率过大' },
      message: {
        en: `${said.en}. Steps at a learning rate of ${figure(learningRate)}${raised ? ', to which the schedule raises it,' : ''} overshoot.${few.en}`,
        zh: `${said.zh}。学习率${raised ? '被调度升到' : '为'} ${figure(learningRate)}，步子迈得太大。${few.zh}`,
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
  // Of the other optimizers only the size of a step is known, not where it leads.
  const tried = network !== null && recipe.optimizer.kind === 'sgd' && stuck;
  if (!tried) return null;
  const [full, tenth] = [trialAt(patient, 1), trialAt(patient, 0.1)];
  return full > OVERSHOOT * network.trainingLoss && tenth < network.trainingLoss ? 'overshoot' : null;
}

function lowerRateHelpsMost(patient: Patient): boolean {
  const rate = bestRemedy(patient)?.learningRate;
  return rate !== undefined && rate < patient.recipe.optimizer.learningRate;
}

/** How often the smoothed loss rose by a lot, after the start. */
function jumpsOf({ course }: Patient): number {
  const { smooth = [], idle = 0, start = 0 } = course ?? {};
  // An optimizer may stumble once before it finds its pace.
  const later = smooth.slice(Math.min(3, Math.floor(smooth.length / 4)));
  const usual = mean(later);
  return later.filter((loss, i) => {
    const rise = i === 0 ? 0 : loss - (later[i - 1] as number);
    return rise > JUMP * Math.max(idle, start) && rise > 0.5 * usual;
  }).length;
}

/** Names of the ReLU layers of which next to nothing is left. */
const killedBy = ({ network }: Patient): readonly string[] =>
  (network?.activations ?? [])
    .filter(({ kind, dead, units }) => kind === 'relu' && units > 1 && dead >= DEAD * units)
    .map(({ name }) => name);

const trialAt = ({ network }: Patient, factor: number): number =>
  network?.trials.find((trial) => trial.factor === factor)?.loss ?? Number.NaN;

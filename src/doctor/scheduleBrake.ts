import type { Schedule } from '../graph/recipe.ts';
import type { Text } from '../text.ts';
import type { Brake } from './brake.ts';
import { figure, percent } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { ratesInForce, shareOfRate } from './ratesInForce.ts';

/** Fraction of the run for warmup; Goyal et al. 2017 use 5 of 90 epochs. */
const WARM_UP = 0.05;

const withSchedule = (title: Text, schedule: Schedule | undefined): Repair => ({
  title,
  recipe: ({ schedule: _, ...recipe }) => (schedule === undefined ? recipe : { ...recipe, schedule }),
});

/** Fixes: fit the length of the schedule to the run, if that is wrong; remove the schedule. */
export function scheduleRepairs({ recipe, run, data }: Pick<Patient, 'recipe' | 'run' | 'data'>): readonly Repair[] {
  const { schedule, optimizer, epochs, batchSize } = recipe;
  if (schedule === undefined || schedule.kind === 'constant') return [];
  const rate = figure(optimizer.learningRate);
  const constant = withSchedule(
    { en: `Keep the learning rate at ${rate}, without a schedule`, zh: `学习率保持为 ${rate}，不使用调度` },
    undefined,
  );
  const steps = data === null ? run.step : epochs * Math.max(1, Math.ceil(data.train / batchSize));
  const total = 'unit' in schedule && schedule.unit === 'epoch' ? epochs : steps;
  if (schedule.kind === 'warmupCosine') {
    const { totalSteps: _, ...fitted } = schedule;
    const warmupSteps = Math.max(1, Math.round(WARM_UP * total));
    if (warmupSteps >= schedule.warmupSteps) return [constant];
    const [en, zh] = schedule.unit === 'epoch' ? ['epochs', '轮'] : ['steps', '步'];
    const title = {
      en: `Shorten the warmup to ${warmupSteps} of ${total} ${en}`,
      zh: `将预热缩短到 ${warmupSteps} ${zh}（共 ${total} ${zh}）`,
    };
    return [withSchedule(title, { ...fitted, warmupSteps }), constant];
  }
  const whole = { en: 'Extend the schedule to the whole run', zh: '将学习率调度扩展到整个训练' };
  if (schedule.kind === 'cosine' && schedule.tMax !== undefined) {
    const { tMax: _, ...fitted } = schedule;
    return [withSchedule(whole, fitted), constant];
  }
  if (schedule.kind === 'oneCycle' && schedule.totalSteps !== undefined) {
    const { totalSteps: _, ...fitted } = schedule;
    return [withSchedule(whole, fitted), constant];
  }
  return [constant];
}

/** Brake of the schedule; null without a schedule or before the first step. */
export function scheduleBrake(patient: Patient): Brake | null {
  const { recipe, course } = patient;
  const { schedule, optimizer } = recipe;
  const rates = ratesInForce(patient);
  if (schedule === undefined || rates.length === 0 || course === null) return null;
  const left = shareOfRate(patient);
  const [first, last] = [figure(rates[0] as number), figure(rates.at(-1) as number)];
  const rate = figure(optimizer.learningRate);
  const warm = schedule.kind === 'warmupCosine' && (rates.at(-1) as number) > (rates[0] as number);
  return {
    left,
    title: warm
      ? { en: 'The warmup is too long for this run', zh: '相对于本次训练，预热过长' }
      : { en: 'The schedule lowers the learning rate too much', zh: '学习率调度使学习率过低' },
    message: {
      en: `The schedule changed the learning rate from ${first} to ${last}. On average, it is ${percent(left)} of the configured ${rate}.`,
      zh: `学习率调度使学习率从 ${first} 变到 ${last}：平均只有设定值 ${rate} 的 ${percent(left)}。`,
    },
    repairs: scheduleRepairs(patient),
  };
}

import type { Schedule } from '../graph/recipe.ts';
import type { Text } from '../text.ts';
import type { Brake } from './brake.ts';
import { figure, percent } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { ratesInForce, shareOfRate } from './ratesInForce.ts';

/** Goyal et al. 2017 warm up for 5 of 90 epochs. */
const WARM_UP = 0.05;

const withSchedule = (title: Text, schedule: Schedule | undefined): Repair => ({
  title,
  recipe: ({ schedule: _, ...recipe }) => (schedule === undefined ? recipe : { ...recipe, schedule }),
});

/** The schedule's own shape, fitted to the run, where its length is what is wrong; then none at all. */
export function scheduleRepairs({ recipe, run, data }: Pick<Patient, 'recipe' | 'run' | 'data'>): readonly Repair[] {
  const { schedule, optimizer, epochs, batchSize } = recipe;
  if (schedule === undefined || schedule.kind === 'constant') return [];
  const rate = figure(optimizer.learningRate);
  const constant = withSchedule(
    { en: `Keep the learning rate at ${rate}, without a schedule`, zh: `学习率保持为 ${rate}，不用调度` },
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
      en: `Shorten the warm-up to ${warmupSteps} of ${total} ${en}`,
      zh: `把预热缩短到 ${warmupSteps} ${zh}（共 ${total} ${zh}）`,
    };
    return [withSchedule(title, { ...fitted, warmupSteps }), constant];
  }
  const whole = { en: 'Spread the schedule over the whole run', zh: '把学习率调度铺满整个运行' };
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

/** Null where there is no schedule, or no step yet. */
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
      ? { en: 'The warm-up is too long for this run', zh: '相对于本次运行，预热太长' }
      : { en: 'The schedule leaves hardly any learning rate', zh: '学习率调度把学习率压得过低' },
    message: {
      en: `The schedule took the learning rate from ${first} to ${last}: on average ${percent(left)} of the ${rate} that is set.`,
      zh: `学习率调度使学习率从 ${first} 变到 ${last}：平均只有所设 ${rate} 的 ${percent(left)}。`,
    },
    repairs: scheduleRepairs(patient),
  };
}

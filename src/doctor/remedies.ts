import { brakesOf } from './brakes.ts';
import { lessDecay } from './decay.ts';
import { type Code, type Repair, settingCodes } from './finding.ts';
import { beatsContinuing, helpful, type Yardstick } from './judge.ts';
import { batchNorms, kaiming, leakyInstead, normalizedInputs, reluInstead } from './layerRepairs.ts';
import { lessDropout } from './lessDropout.ts';
import { noClip } from './optimizerBrakes.ts';
import type { Patient } from './patient.ts';
import { higherRates, lowerRates, setRate, usualRate } from './rates.ts';

/** Input values from which the first gradients are too large; about 1 is expected (LeCun et al. 1998, Efficient BackProp). */
const LARGE_INPUTS = 20;

export const hasLargeInputs = ({ data }: Pick<Patient, 'data'>): boolean =>
  data !== null && data.inputs.largest > LARGE_INPUTS;

/** For weights damaged by earlier settings, such as a learning rate since lowered, or loaded from a file. */
export const trainFromScratch: Repair = {
  title: { en: 'Train from scratch', zh: '从头训练' },
  again: true,
  asIs: true,
};

export const longer: Repair = {
  title: { en: 'Train twice as many epochs', zh: '训练轮数加倍' },
  recipe: (recipe) => ({ ...recipe, epochs: 2 * recipe.epochs }),
  from: 'held',
  asIs: true,
};

/** Recall above chance from which the network has begun to learn, even if the loss does not show it yet. */
const BEGUN = 0.1;

/** True if trials showed that the run learns when it just continues, so it needs no fix. */
export function isUnderWay(patient: Patient): boolean {
  if (helpful(patient, { own: [longer] }).length > 0) return true;
  const on = patient.trials?.tried.find(({ repair, from }) => repair === null && from === 'held')?.outcome;
  const classes = patient.data?.classes?.train.length ?? 0;
  return on !== undefined && on.loss < on.before && classes > 1 && (on.recall ?? 0) > 1 / classes + BEGUN;
}

/** The most effective fix of a network that does not learn, even if training continues; null without trials. */
export function bestRemedy(patient: Patient): Repair | null {
  if (!patient.stuck && !patient.broken) return null;
  return isUnderWay(patient) ? null : (helpful(patient, { others: remedies(patient) })[0] ?? null);
}

/**
 * True if these fixes help most, and more than continuing the run, so their cause is the right one. Null before trials.
 * For a network too large for trials, true once its run has ended.
 */
export function isCause(patient: Patient, repairs: readonly Repair[], yardstick: Yardstick = 'loss'): boolean | null {
  const { trials, run } = patient;
  if (trials?.without === 'large') return run.state === 'done' || run.state === 'stopped' || run.state === 'failed';
  if (trials === null || trials.tried.length === 0) return null;
  const [best] = helpful(patient, { own: repairs, others: remedies(patient), yardstick });
  if (best === undefined || !beatsContinuing(patient, best)) return false;
  return repairs.some(({ title }) => title.en === best.title.en);
}

export const clipNorm: Repair = {
  title: { en: 'Clip gradients to max norm 1', zh: '将梯度裁剪到最大范数 1' },
  recipe: (recipe) => ({ ...recipe, clip: { kind: 'norm', maxNorm: 1 } }),
};

/** Findings of networks that do not learn. Their causes look alike, so trials of the remedies decide. */
const unlearned: ReadonlySet<Code> = new Set<Code>([
  ...settingCodes,
  'vanishing-gradients',
  'dead-relus',
  'rate-too-low',
  'plateau',
  'one-class',
]);

export const doesNotLearn = (code: Code): boolean => unlearned.has(code);

/** True if steps may be too large: the learning rate is above the usual one, the inputs are large, or the loss exploded. */
const mayOvershoot = (patient: Patient): boolean => {
  const { optimizer } = patient.recipe;
  return patient.broken || hasLargeInputs(patient) || optimizer.learningRate > usualRate(optimizer);
};

/** Fixes of a network that does not learn, for all causes; those that change least first. */
export function remedies(patient: Patient): readonly Repair[] {
  const hot = mayOvershoot(patient);
  return [
    ...lessDecay(patient.recipe),
    ...brakesOf(patient).flatMap(({ repairs }) => repairs),
    ...lessDropout(patient),
    ...(patient.recipe.clip === undefined ? [] : [noClip]),
    ...(hot ? lowerRates(patient).map(setRate) : []),
    ...higherRates(patient).map(setRate),
    ...(hasLargeInputs(patient) ? normalizedInputs(patient) : []),
    ...batchNorms(patient),
    ...reluInstead(patient),
    ...(hot && patient.recipe.clip === undefined ? [clipNorm] : []),
    ...kaiming(patient),
    ...(hot ? leakyInstead(patient) : []),
  ];
}

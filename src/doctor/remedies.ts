import { brakesOf } from './brakes.ts';
import { lessDecay } from './decay.ts';
import type { Code, Repair } from './finding.ts';
import { beatsGoingOn, helpful, type Yardstick } from './judge.ts';
import { batchNorms, kaiming, leakyInstead, normalisedInputs, reluInstead } from './layerRepairs.ts';
import { lessDropout } from './lessDropout.ts';
import { noClip } from './optimizerBrakes.ts';
import type { Patient } from './patient.ts';
import { higherRates, lowerRates, setRate, usualRate } from './rates.ts';

/** Inputs are expected around 1 (LeCun et al. 1998, Efficient BackProp); so far off, every first gradient is too large. */
const LARGE_INPUTS = 20;

export const hasLargeInputs = ({ data }: Pick<Patient, 'data'>): boolean =>
  data !== null && data.inputs.largest > LARGE_INPUTS;

/** For weights that no recipe would lead to by now: of a rate since changed, or loaded. */
export const again: Repair = {
  title: { en: 'Train from the start', zh: '从头训练' },
  again: true,
  asIs: true,
};

export const longer: Repair = {
  title: { en: 'Train twice as many epochs', zh: '训练轮数加倍' },
  recipe: (recipe) => ({ ...recipe, epochs: 2 * recipe.epochs }),
  from: 'held',
  asIs: true,
};

/** So much better than chance, classes are beginning to be told apart, though the loss may not show it yet. */
const BEGUN = 0.1;

/** Its trial showed that the run learns when it merely goes on: it needs no advice. */
export function isUnderWay(patient: Patient): boolean {
  if (helpful(patient, { own: [longer] }).length > 0) return true;
  const on = patient.trials?.tried.find(({ repair, from }) => repair === null && from === 'held')?.outcome;
  const classes = patient.data?.classes?.train.length ?? 0;
  return on !== undefined && on.loss < on.before && classes > 1 && (on.recall ?? 0) > 1 / classes + BEGUN;
}

/** The repair that helps a network most that does not learn and will not by itself; null without trials. */
export function bestRemedy(patient: Patient): Repair | null {
  if (!patient.stuck && !patient.broken) return null;
  return isUnderWay(patient) ? null : (helpful(patient, { others: remedies(patient) })[0] ?? null);
}

/**
 * The repairs help the network most, and more than going on as it is, so what they mend is the cause. Null before trials;
 * of a network that is too large for them the suspicion has to do once its run has ended.
 */
export function isCause(patient: Patient, repairs: readonly Repair[], yardstick: Yardstick = 'loss'): boolean | null {
  const { trials, run } = patient;
  if (trials?.without === 'large') return run.state === 'done' || run.state === 'stopped' || run.state === 'failed';
  if (trials === null || trials.tried.length === 0) return null;
  const [best] = helpful(patient, { own: repairs, others: remedies(patient), yardstick });
  if (best === undefined || !beatsGoingOn(patient, best)) return false;
  return repairs.some(({ title }) => title.en === best.title.en);
}

export const clipNorm: Repair = {
  title: { en: 'Clip gradients to norm 1', zh: '把梯度裁剪到范数 1' },
  recipe: (recipe) => ({ ...recipe, clip: { kind: 'norm', maxNorm: 1 } }),
};

/** Findings of networks that do not learn. Their causes look alike, so a trial of each remedy has to tell. */
const unlearned: ReadonlySet<Code> = new Set<Code>([
  'decay-too-strong',
  'steps-held-back',
  'dropout-too-strong',
  'label-smoothing',
  'loss-exploding',
  'rate-too-high',
  'vanishing-gradients',
  'dead-relus',
  'rate-too-low',
  'plateau',
  'one-answer',
]);

export const doesNotLearn = (code: Code): boolean => unlearned.has(code);

/** Steps may be too large: the rate is above the usual one, the inputs are large, or the loss exploded. */
const mayOvershoot = (patient: Patient): boolean => {
  const { optimizer } = patient.recipe;
  return patient.broken || hasLargeInputs(patient) || optimizer.learningRate > usualRate(optimizer);
};

/** Repairs of a network that does not learn, whatever the cause; those that change least first. */
export function remedies(patient: Patient): readonly Repair[] {
  const hot = mayOvershoot(patient);
  return [
    ...lessDecay(patient.recipe),
    ...brakesOf(patient).flatMap(({ repairs }) => repairs),
    ...lessDropout(patient),
    ...(patient.recipe.clip === undefined ? [] : [noClip]),
    ...(hot ? lowerRates(patient).map(setRate) : []),
    ...higherRates(patient).map(setRate),
    ...(hasLargeInputs(patient) ? normalisedInputs(patient) : []),
    ...batchNorms(patient),
    ...reluInstead(patient),
    ...(hot && patient.recipe.clip === undefined ? [clipNorm] : []),
    ...kaiming(patient),
    ...(hot ? leakyInstead(patient) : []),
  ];
}

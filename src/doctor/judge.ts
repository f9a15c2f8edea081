import type { Text } from '../text.ts';
import { figure, percent } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import type { Outcome, TrialStart, Trials } from './repairTrials.ts';

/** Min relative decrease of the loss for a trial to count as learning. */
const LEARNED = 0.02;
const BETTER = 0.05;
/** Fraction of the loss of a constant prediction; above it, and with recall near chance, nothing was learned. */
const IDLE = 0.97;
const CHANCE = 0.1;
/** Margin over the current loss of the run, larger because that is a mean over other samples than those of the trial. */
const BEATS_RUN = 0.1;
/** A loss of recall that outweighs a lower loss. */
const COSTS = 0.05;
/** Min gain in recall, as the recall of a rare class is measured on few samples. */
const BETTER_RECALL = 0.05;
/** Fixes within this fraction of the best decrease count as equal; then the first one, which changes least, wins. */
const TIE = 0.25;
/** Fixes of the cause come before better ones, if they miss at most this fraction of the best decrease. */
const OWN = 0.5;
/** Fixes that miss more than this fraction of the best decrease are not offered. */
const FAR = 0.7;

/** Measure for comparing fixes: the loss, or the mean recall if the loss hides rare classes. */
export type Yardstick = 'loss' | 'recall';

interface Verdict {
  readonly repair: Repair;
  /** Lower is better. */
  readonly value: number;
  /** Value of the network before the trial. */
  readonly before: number;
  readonly shown: Text;
}

interface RepairRequest {
  /** Fixes of the cause itself. They come first, unless others are much better. */
  readonly own?: readonly Repair[];
  readonly others?: readonly Repair[];
  readonly yardstick?: Yardstick;
}

/** The fixes that helped, best first, each with its measured effect. */
export function helpful(patient: Patient, { own = [], others = [], yardstick = 'loss' }: RepairRequest): Repair[] {
  const judge = (repairs: readonly Repair[]) =>
    repairs.flatMap((repair) => verdictOf(patient, repair, yardstick) ?? []);
  const [first, second] = [judge(own), judge(others.filter(({ title }) => !own.some((each) => isSame(each, title))))];
  const best = bestOf([...first, ...second]);
  if (best === null) return [];
  const near = (each: Verdict, to: Verdict, share: number) =>
    each.value <= to.value + share * Math.max(0, best.before - best.value);
  const ranked = (verdicts: readonly Verdict[]): readonly Verdict[] => {
    const top = bestOf(verdicts);
    if (top === null) return [];
    const rest = verdicts.filter((each) => !near(each, top, TIE)).sort((a, b) => a.value - b.value);
    return [...verdicts.filter((each) => near(each, top, TIE)), ...rest];
  };
  const ownBest = bestOf(first);
  const ownFirst = ownBest !== null && near(ownBest, best, OWN);
  const order = ownFirst ? [...ranked(first), ...ranked(second)] : ranked([...first, ...second]);
  const offered = order.filter((each) => near(each, best, FAR) || each.repair.again);
  // If the unchanged network learns from scratch, no change is needed.
  const sorted = [...offered].sort((a, b) => Number(b.repair.again ?? false) - Number(a.repair.again ?? false));
  return sorted.map(({ repair, shown }) => ({ ...repair, shown }));
}

/** True if the fix reaches a lower loss in its trial than continuing the run unchanged, or if that was not tried. */
export function beatsContinuing({ trials }: Patient, repair: Repair): boolean {
  if (trials === null || repair.known !== undefined) return true;
  const goesOn = outcomeOf(trials, null, 'held');
  const outcome = outcomeOf(trials, repair, repair.from ?? 'start');
  return goesOn === null || outcome === null || outcome.loss < (1 - BETTER) * worst(goesOn.loss);
}

const isSame = (repair: Repair, title: Text): boolean => repair.title.en === title.en;

const bestOf = (verdicts: readonly Verdict[]): Verdict | null =>
  verdicts.reduce<Verdict | null>((a, b) => (a === null || b.value < a.value ? b : a), null);

/** Effect of a fix; null if it did not help or was not tried. */
function verdictOf(patient: Patient, repair: Repair, yardstick: Yardstick): Verdict | null {
  const { trials, course, stuck } = patient;
  if (repair.known !== undefined) {
    const { loss, instead, words } = repair.known;
    return loss < (1 - BETTER) * instead ? { repair, value: loss, before: instead, shown: words } : null;
  }
  if (trials === null) return null;
  const from = repair.from ?? 'start';
  const outcome = outcomeOf(trials, repair, from);
  const base = outcomeOf(trials, null, from);
  if (outcome === null || base === null) return null;
  if (yardstick === 'recall') {
    const [now, instead] = [outcome.recall ?? 0, base.recall ?? 0];
    if (now < instead + BETTER_RECALL) return null;
    return { repair, value: 1 - now, before: 1 - instead, shown: recallWords(trials.samples, now, instead) };
  }
  const { before, loss } = outcome;
  // The comparison is also false for NaN.
  if (!(loss < (1 - LEARNED) * worst(before))) return null;
  if (!teaches(patient, outcome) || (outcome.recall ?? 0) < (base.recall ?? 0) - COSTS) return null;
  const verdict = { repair, value: loss, before: worst(before) };
  if (loss < (1 - BETTER) * worst(base.loss)) {
    return { ...verdict, shown: lossWords(trials.samples, from, loss, base.loss) };
  }
  const present = course?.end ?? Number.NaN;
  if (!stuck || !(loss < (1 - BEATS_RUN) * present)) return null;
  return { ...verdict, shown: runWords(trials.samples, from, loss, present) };
}

/**
 * True if the trial learned more than a constant prediction, whose loss may also be lower than before. For a run that
 * ended in NaN, a short trial may show no more than that.
 */
function teaches({ course, data, broken }: Patient, { loss, recall }: Outcome): boolean {
  const idle = course?.plainIdle ?? null;
  const classes = data?.classes?.train.length ?? 0;
  if (broken || idle === null || classes < 2) return true;
  return loss < IDLE * idle || (recall ?? 0) > 1 / classes + CHANCE;
}

const worst = (loss: number): number => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);

/** Outcome of a trial. `repair` is null for the unchanged network; fixes are compared by title, as they are created anew. */
function outcomeOf({ tried }: Trials, repair: Repair | null, from: TrialStart): Outcome | null {
  const same = tried.find(
    (each) => each.from === from && each.repair?.title.en === (repair?.asIs ? undefined : repair?.title.en),
  );
  return same?.outcome ?? null;
}

const startWords = (samples: number, from: TrialStart): Text => {
  const count = samples.toLocaleString('en');
  return from === 'start'
    ? { en: `Tried from scratch on ${count} samples`, zh: `从头训练 ${count} 个样本的试验` }
    : { en: `Tried from current weights on ${count} samples`, zh: `从当前权重训练 ${count} 个样本的试验` };
};

function lossWords(samples: number, from: TrialStart, loss: number, instead: number): Text {
  const { en, zh } = startWords(samples, from);
  return {
    en: `${en}: loss ${figure(loss)} instead of ${figure(instead)}`,
    zh: `${zh}：损失 ${figure(loss)}，不修复则为 ${figure(instead)}`,
  };
}

function runWords(samples: number, from: TrialStart, loss: number, present: number): Text {
  const { en, zh } = startWords(samples, from);
  return {
    en: `${en}: loss ${figure(loss)}; current loss of the run ${figure(present)}`,
    zh: `${zh}：损失 ${figure(loss)}，本次训练当前为 ${figure(present)}`,
  };
}

function recallWords(samples: number, now: number, instead: number): Text {
  const { en, zh } = startWords(samples, 'start');
  return {
    en: `${en}: mean recall ${percent(now)} instead of ${percent(instead)}`,
    zh: `${zh}：各类平均召回率 ${percent(now)}，不修复则为 ${percent(instead)}`,
  };
}

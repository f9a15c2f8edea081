import type { Text } from '../text.ts';
import { figure, percent } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import type { Outcome, TrialStart, Trials } from './repairTrials.ts';

/** A trial that lowers the loss by less than this share of it shows nothing. */
const LEARNED = 0.02;
const BETTER = 0.05;
/** A loss within this share of that of always giving the same prediction, at a recall within so much of chance: nothing was learned. */
const IDLE = 0.97;
const CHANCE = 0.1;
/** The run's present loss is a mean over other samples than the trial's: a repair has to beat it by more. */
const BEATS_RUN = 0.1;
/** A lower loss at the price of so much recall is no gain. */
const COSTS = 0.05;
/** Recall is a share of few samples of a rare class. */
const BETTER_RECALL = 0.05;
/** Of repairs that reach nearly as far as the best one, by this share of its way, the first one listed changes least. */
const TIE = 0.25;
/** Repairs of the cause itself come before others that reach further, up to this share of the best one's way. */
const OWN = 0.5;
/** Repairs that leave more than this share of its way undone are not worth offering beside it. */
const FAR = 0.7;

/** What repairs are compared by: the loss, or the mean recall of the classes where a loss hides the rare ones. */
export type Yardstick = 'loss' | 'recall';

interface Verdict {
  readonly repair: Repair;
  /** Lower is better. */
  readonly value: number;
  /** That of the network before the trial. */
  readonly before: number;
  readonly shown: Text;
}

interface Wanted {
  /** Repairs of the very cause. They come first, unless others reach much further. */
  readonly own?: readonly Repair[];
  readonly others?: readonly Repair[];
  readonly yardstick?: Yardstick;
}

/** The repairs that helped, best first, each with its measured effect. */
export function helpful(patient: Patient, { own = [], others = [], yardstick = 'loss' }: Wanted): Repair[] {
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
  // Where the network as it is learns from the start, nothing has to be changed.
  const sorted = [...offered].sort((a, b) => Number(b.repair.again ?? false) - Number(a.repair.again ?? false));
  return sorted.map(({ repair, shown }) => ({ ...repair, shown }));
}

/** In its trial the repair leads further than the run does that goes on as it is; true where that was not tried. */
export function beatsGoingOn({ trials }: Patient, repair: Repair): boolean {
  if (trials === null || repair.known !== undefined) return true;
  const goesOn = outcomeOf(trials, null, 'held');
  const outcome = outcomeOf(trials, repair, repair.from ?? 'start');
  return goesOn === null || outcome === null || outcome.loss < (1 - BETTER) * worst(goesOn.loss);
}

const isSame = (repair: Repair, title: Text): boolean => repair.title.en === title.en;

const bestOf = (verdicts: readonly Verdict[]): Verdict | null =>
  verdicts.reduce<Verdict | null>((a, b) => (a === null || b.value < a.value ? b : a), null);

/** Null where the repair did not help, or was not tried. */
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
  // Not so for NaN either.
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
 * A loss that falls to that of always giving the same prediction is lower and tells the classes apart no better. Of a run
 * that left the numbers it is all that a short trial may show.
 */
function teaches({ course, data, broken }: Patient, { loss, recall }: Outcome): boolean {
  const idle = course?.plainIdle ?? null;
  const classes = data?.classes?.train.length ?? 0;
  if (broken || idle === null || classes < 2) return true;
  return loss < IDLE * idle || (recall ?? 0) > 1 / classes + CHANCE;
}

const worst = (loss: number): number => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);

/** `repair`: null for the network as it is. Repairs made for the same findings have the same titles. */
function outcomeOf({ tried }: Trials, repair: Repair | null, from: TrialStart): Outcome | null {
  const same = tried.find(
    (each) => each.from === from && each.repair?.title.en === (repair?.asIs ? undefined : repair?.title.en),
  );
  return same?.outcome ?? null;
}

const startWords = (samples: number, from: TrialStart): Text => {
  const count = samples.toLocaleString('en');
  return from === 'start'
    ? { en: `Tried from the start on ${count} samples`, zh: `从头试训 ${count} 个样本` }
    : { en: `Tried from here on ${count} samples`, zh: `从当前权重试训 ${count} 个样本` };
};

function lossWords(samples: number, from: TrialStart, loss: number, instead: number): Text {
  const { en, zh } = startWords(samples, from);
  return {
    en: `${en}: loss ${figure(loss)} instead of ${figure(instead)}`,
    zh: `${zh}：损失 ${figure(loss)}，不改则为 ${figure(instead)}`,
  };
}

function runWords(samples: number, from: TrialStart, loss: number, present: number): Text {
  const { en, zh } = startWords(samples, from);
  return {
    en: `${en}: loss ${figure(loss)}; the run is at ${figure(present)}`,
    zh: `${zh}：损失 ${figure(loss)}，本次运行为 ${figure(present)}`,
  };
}

function recallWords(samples: number, now: number, instead: number): Text {
  const { en, zh } = startWords(samples, 'start');
  return {
    en: `${en}: ${percent(now)} of each class found on average, instead of ${percent(instead)}`,
    zh: `${zh}：各类平均召回率 ${percent(now)}，不改则为 ${percent(instead)}`,
  };
}

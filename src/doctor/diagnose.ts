import { classImbalance } from './classImbalance.ts';
import { deadRelus } from './deadRelus.ts';
import { decayTooStrong } from './decayTooStrong.ts';
import { dropoutTooStrong } from './dropoutTooStrong.ts';
import type { Evidence } from './evidence.ts';
import type { Ailment, Code, Finding, Repair } from './finding.ts';
import { heldBack } from './heldBack.ts';
import { helpful } from './judge.ts';
import { labelSmoothing } from './labelSmoothing.ts';
import { labelsShuffled } from './labelsShuffled.ts';
import { leakage } from './leakage.ts';
import { lossExploding } from './lossExploding.ts';
import { modesDiffer } from './modesDiffer.ts';
import { oneClass } from './oneClass.ts';
import { overfitting } from './overfitting.ts';
import { type Patient, patientOf } from './patient.ts';
import { plateau } from './plateau.ts';
import { rateTooHigh } from './rateTooHigh.ts';
import { rateTooLow } from './rateTooLow.ts';
import { doesNotLearn, remedies } from './remedies.ts';
import { smallBatchNorm } from './smallBatchNorm.ts';
import { underfitting } from './underfitting.ts';
import { vanishingGradients } from './vanishingGradients.ts';

/** All ailments, causes before their consequences. */
const ailments: readonly Ailment[] = [
  decayTooStrong,
  smallBatchNorm,
  lossExploding,
  heldBack,
  dropoutTooStrong,
  labelSmoothing,
  rateTooHigh,
  vanishingGradients,
  deadRelus,
  modesDiffer,
  rateTooLow,
  labelsShuffled,
  classImbalance,
  leakage,
  overfitting,
  underfitting,
  plateau,
  oneClass,
];

/**
 * The findings of a run. Findings that another finding explains are left out. Trials decide between causes that look
 * alike, and which fixes are offered.
 */
export function diagnose(evidence: Evidence): readonly Finding[] {
  const patient = patientOf(evidence);
  const found: Finding[] = [];
  const explained = new Set<Code>();
  for (const { code, explains, look } of ailments) {
    if (explained.has(code)) continue;
    const symptom = look(patient);
    if (symptom === null) continue;
    const { explains: instead, ...finding } = symptom;
    found.push(judged(patient, { code, ...finding, fixes: distinct(finding.fixes) }));
    for (const each of instead ?? explains) explained.add(each);
  }
  return found;
}

/** Removes duplicate fixes: two methods may give the same value. */
const distinct = (fixes: readonly Repair[]): readonly Repair[] =>
  fixes.filter((fix, at) => fixes.findIndex(({ title }) => title.en === fix.title.en) === at);

/** The finding with the fixes that helped in their trials, best first. */
function judged(patient: Patient, finding: Finding): Finding {
  const { trials } = patient;
  if (trials === null || finding.fixes.length === 0) return finding;
  if (trials.without === 'large') return { ...finding, tried: tooLarge };
  if (trials.tried.length === 0) return finding;
  const own = finding.fixes;
  const others = doesNotLearn(finding.code) ? remedies(patient) : [];
  const yardstick = judgedByRecall(finding.code) ? 'recall' : 'loss';
  const waiting = new Set(trials.untried.map(({ repair }) => repair?.title.en));
  const untried = own.filter(({ title }) => waiting.has(title.en));
  const fixes = [...helpful(patient, { own, others, yardstick }), ...untried];
  if (untried.length > 0) return { ...finding, fixes, tried: noTime(untried.length) };
  if (fixes.length > 0) return { ...finding, fixes };
  const titles = new Set([...own, ...others].map(({ title }) => title.en));
  const count = trials.tried.filter(({ repair }) => repair !== null && titles.has(repair.title.en)).length;
  return { ...finding, fixes, tried: noneHelped(trials.samples, count) };
}

/** Findings for which the loss is a poor measure: rare classes hardly count in it, and label smoothing keeps it high. */
const judgedByRecall = (code: Code): boolean => code === 'class-imbalance' || code === 'label-smoothing';

const tooLarge = {
  en: 'These fixes were not tried: the network is too large to try them during a run.',
  zh: '网络过大，训练期间未试验这些修复。',
};

const noTime = (count: number) => ({
  en: `Trials took too long on this computer, so ${count} of these fixes were not tried.`,
  zh: `试验耗时过长，其中 ${count} 种修复未试验。`,
});

const noneHelped = (samples: number, count: number) => ({
  en: `${count} fixes were tried on ${samples.toLocaleString('en')} samples each, and none of them helped.`,
  zh: `已将 ${count} 种修复各用 ${samples.toLocaleString('en')} 个样本试验，均无改善。`,
});

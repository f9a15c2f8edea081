import { classImbalance } from './classImbalance.ts';
import { deadRelus } from './deadRelus.ts';
import type { Evidence } from './evidence.ts';
import type { Ailment, Code, Finding } from './finding.ts';
import { labelsShuffled } from './labelsShuffled.ts';
import { leakage } from './leakage.ts';
import { lossExploding } from './lossExploding.ts';
import { modesDiffer } from './modesDiffer.ts';
import { oneAnswer } from './oneAnswer.ts';
import { overfitting } from './overfitting.ts';
import { patientOf } from './patient.ts';
import { rateTooHigh } from './rateTooHigh.ts';
import { rateTooLow } from './rateTooLow.ts';
import { smallBatchNorm } from './smallBatchNorm.ts';
import { underfitting } from './underfitting.ts';
import { vanishingGradients } from './vanishingGradients.ts';

/** Causes before what they cause. */
const ailments: readonly Ailment[] = [
  lossExploding,
  rateTooHigh,
  vanishingGradients,
  deadRelus,
  smallBatchNorm,
  modesDiffer,
  rateTooLow,
  labelsShuffled,
  classImbalance,
  leakage,
  overfitting,
  underfitting,
  oneAnswer,
];

/** What goes wrong in a run, the causes alone: what another finding explains is not said beside it. */
export function diagnose(evidence: Evidence): readonly Finding[] {
  const patient = patientOf(evidence);
  const found: Finding[] = [];
  const explained = new Set<Code>();
  for (const { code, explains, look } of ailments) {
    if (explained.has(code)) continue;
    const said = look(patient);
    if (said === null) continue;
    found.push({ code, ...said });
    for (const each of explains) explained.add(each);
  }
  return found;
}

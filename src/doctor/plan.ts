import { check } from '../check/check.ts';
import { applyEdits } from '../graph/edits.ts';
import type { Evidence } from './evidence.ts';
import type { Finding, Repair } from './finding.ts';
import { patientOf } from './patient.ts';
import { withRatesOfRun } from './ratesInForce.ts';
import { doesNotLearn, remedies } from './remedies.ts';
import { repairEdits } from './repair.ts';
import type { Candidate, TrialStart } from './repairTrials.ts';

/** Max number of trials, to limit the time they take. */
const MOST = 10;

/** Networks to try for these findings: the fixed ones, and the unchanged network for comparison. Empty if there is nothing to try. */
export function planTrials(evidence: Evidence, findings: readonly Finding[]): readonly Candidate[] {
  const { document } = evidence.graph;
  const general = findings.some(({ code }) => doesNotLearn(code)) ? remedies(patientOf(evidence)) : [];
  const repairs = distinct([...findings.flatMap(({ fixes }) => fixes), ...general]);
  const candidates = repairs.flatMap((repair): Candidate[] => {
    const from = repair.from ?? 'start';
    if (repair.known !== undefined || repair.asIs) return [];
    const edits = repairEdits(document, repair);
    if (edits.length === 0) return [];
    const repaired = applyEdits(document, edits);
    return check(repaired).graph === null ? [] : [{ repair, from, document: withRatesOfRun(repaired, evidence.run) }];
  });
  const chosen = candidates.slice(0, MOST);
  const asTheyAre = repairs.filter(({ asIs }) => asIs).map(({ from }): TrialStart => from ?? 'start');
  const starts = new Set<TrialStart>([...chosen.map(({ from }) => from), ...asTheyAre]);
  return [
    ...[...starts].map((from): Candidate => ({ repair: null, from, document: withRatesOfRun(document, evidence.run) })),
    ...chosen,
  ];
}

const distinct = (repairs: readonly Repair[]): readonly Repair[] => [
  ...new Map(repairs.map((repair) => [repair.title.en, repair])).values(),
];

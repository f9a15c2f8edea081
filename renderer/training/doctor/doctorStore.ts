import { create } from 'zustand';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import type { Examination } from '../../../src/doctor/examination.ts';
import type { Code, Finding } from '../../../src/doctor/finding.ts';

/** What was looked at, and when. */
export interface Look {
  readonly run: string;
  readonly step: number;
  readonly epoch: number;
  /** The network that the findings speak of. */
  readonly graph: CheckedGraph;
  readonly examination: Examination | null;
}

interface DoctorState {
  readonly look: Look | null;
  readonly findings: readonly Finding[];
  /** What the user does not want to hear of again in this run. */
  readonly dismissed: readonly Code[];
  readonly examining: boolean;
  /** Number of repairs whose trial is under way; 0: none. */
  readonly trying: number;
  dismiss(code: Code): void;
  restore(): void;
}

export const useDoctor = create<DoctorState>()((set) => ({
  look: null,
  findings: [],
  dismissed: [],
  examining: false,
  trying: 0,
  dismiss: (code) => set(({ dismissed }) => ({ dismissed: [...dismissed, code] })),
  restore: () => set({ dismissed: [] }),
}));

/** By which it is remembered whether the drawer of findings is open. */
export const FINDINGS = 'findings';

/** The findings that the user still wants to see. */
export const openFindings = ({ findings, dismissed }: DoctorState): readonly Finding[] =>
  findings.filter(({ code, provisional }) => !dismissed.includes(code) && !provisional);

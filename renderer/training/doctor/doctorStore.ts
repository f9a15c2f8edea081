import { create } from 'zustand';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import type { Examination } from '../../../src/doctor/examination.ts';
import type { Code, Finding } from '../../../src/doctor/finding.ts';

/** Latest examination of a run. */
export interface Look {
  readonly run: string;
  readonly step: number;
  readonly epoch: number;
  /** Network that the findings refer to. */
  readonly graph: CheckedGraph;
  readonly examination: Examination | null;
}

interface DoctorState {
  readonly look: Look | null;
  readonly findings: readonly Finding[];
  /** Codes of findings that the user has dismissed for this run. */
  readonly dismissed: readonly Code[];
  readonly examining: boolean;
  /** Number of fixes whose trials are in progress; 0 if none. */
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

/** Id under which the open state of the drawer is remembered. */
export const FINDINGS = 'findings';

/** Findings that the user has not dismissed. */
export const openFindings = ({ findings, dismissed }: DoctorState): readonly Finding[] =>
  findings.filter(({ code, provisional }) => !dismissed.includes(code) && !provisional);

import type { NodeReport } from '../../../../src/check/checkedGraph.ts';
import type { Diagnostic } from '../../../../src/graph/diagnostic.ts';
import { worst as gravest, isProblem } from '../../../state/problems/problems.ts';

export type Severity = 'error' | 'warning' | null;

/** Problems shown on a card: all but hints, which appear only in the list of problems. */
export const shown = (report: NodeReport | undefined): readonly Diagnostic[] =>
  report?.diagnostics.filter(isProblem) ?? [];

export const worst = (problems: readonly Diagnostic[]): Severity => {
  const severity = gravest(problems);
  return severity === 'hint' ? null : severity;
};

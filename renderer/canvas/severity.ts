import type { NodeReport } from '../../src/check/checkedGraph.ts';
import type { Diagnostic } from '../../src/graph/diagnostic.ts';

export type Severity = 'error' | 'warning' | null;

/** Hints wait in the list of problems. */
export const shown = (report: NodeReport | undefined): readonly Diagnostic[] =>
  report?.diagnostics.filter(({ severity }) => severity !== 'hint') ?? [];

export const worst = (severities: readonly Diagnostic[]): Severity =>
  severities.some(({ severity }) => severity === 'error') ? 'error' : severities.length > 0 ? 'warning' : null;

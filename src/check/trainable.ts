import type { Diagnostic } from '../graph/diagnostic.ts';

/** The problem that prevents training: an error, or a dataset that does not fit; null if there is none. */
export const trainingStop = (diagnostics: readonly Diagnostic[]): Diagnostic | null =>
  diagnostics.find(({ severity }) => severity === 'error') ??
  diagnostics.find(({ stops }) => stops === 'training') ??
  null;

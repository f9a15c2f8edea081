import type { Diagnostic } from '../graph/diagnostic.ts';

/** Problem because of which a network cannot be trained here: an error, or data that it does not fit; null where it can be trained. */
export const trainingStop = (diagnostics: readonly Diagnostic[]): Diagnostic | null =>
  diagnostics.find(({ severity }) => severity === 'error') ??
  diagnostics.find(({ stops }) => stops === 'training') ??
  null;

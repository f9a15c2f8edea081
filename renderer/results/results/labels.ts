import type { OutputResults } from '../../../src/protocol/results.ts';
import type { Say } from '../../ui/i18n/i18n.ts';

/** Names of the classes of an output: those of the dataset (`names`), or their numbers. */
export function labelsOf({ answers, classes }: OutputResults, say: Say, names: readonly string[]): string[] {
  if (answers === 'binary' && names.length !== 2) return [say('results.no'), say('results.yes')];
  return classes.map((_, index) => names[index] ?? `${index}`);
}

import { check } from '../../../src/check/check.ts';
import { trainingStop } from '../../../src/check/trainable.ts';
import type { Template } from '../../../templates/index.ts';

const known = new Map<Template, boolean>();

/** The network has no errors and its data is at hand: it trains as it is. */
export function isTrainable(template: Template): boolean {
  const found = known.get(template);
  if (found !== undefined) return found;
  const { graph, diagnostics } = check(template.document);
  const trainable = graph !== null && trainingStop(diagnostics) === null;
  known.set(template, trainable);
  return trainable;
}

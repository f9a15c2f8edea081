import { check } from '../../../src/check/check.ts';
import { trainingStop } from '../../../src/check/trainable.ts';
import type { Template } from '../../../templates/index.ts';

const known = new Map<Template, boolean>();

/** True if the network has no errors and its dataset is available, so that it trains unchanged. */
export function isTrainable(template: Template): boolean {
  const found = known.get(template);
  if (found !== undefined) return found;
  const { graph, diagnostics } = check(template.document);
  const trainable = graph !== null && trainingStop(diagnostics) === null;
  known.set(template, trainable);
  return trainable;
}

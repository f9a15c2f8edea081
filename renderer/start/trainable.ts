import { check } from '../../src/check/check.ts';
import { factsOf } from '../../src/data/known.ts';
import type { Template } from '../../templates/index.ts';

const known = new Map<Template, boolean>();

/** The network has no errors and its data is at hand: it trains as it is. */
export function isTrainable(template: Template): boolean {
  const found = known.get(template);
  if (found !== undefined) return found;
  const { document } = template;
  const trainable = factsOf(document.data.source) !== null && check(document).graph !== null;
  known.set(template, trainable);
  return trainable;
}

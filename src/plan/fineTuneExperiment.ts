import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { unfreezeAll } from './freezing.ts';
import { withGroups } from './rateGroups.ts';

/**
 * The same network on the same data, once from the weights that it has, as set up, and once from random weights, with all
 * layers trained at the same rate.
 */
export function fineTuneExperiment(doc: NetworkDocument): {
  readonly tuned: NetworkDocument;
  readonly scratch: NetworkDocument;
} {
  const { start: _, ...recipe } = doc.recipe;
  return {
    tuned: { ...doc, recipe: { ...recipe, start: 'held' } },
    scratch: applyEdits({ ...doc, recipe: withGroups(recipe, []) }, unfreezeAll(doc)),
  };
}

/** True if the run has trained the weights on the data of the network, which gives fine-tuning a lead over training from scratch. */
export const isTrainedOnData = (
  { data }: Pick<NetworkDocument, 'data'>,
  run: { readonly document: Pick<NetworkDocument, 'data'> | null; readonly step: number },
): boolean => run.step > 0 && run.document?.data.source === data.source;

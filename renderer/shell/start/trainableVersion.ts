import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { trainingStop } from '../../../src/check/trainable.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { withRoom } from '../../../src/layout/room.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import type { Text } from '../../../src/text.ts';

/** A version of a network that trains on an available dataset. */
export interface TrainableVersion {
  /** The original dataset, which is not available. */
  readonly missing: string;
  /** Description of the change. */
  readonly change: Text;
  readonly document: NetworkDocument;
}

/**
 * The best version that trains on an available dataset; null if the original one is available, or if there is no such
 * version.
 */
export function trainableVersion(document: NetworkDocument, checked: CheckResult): TrainableVersion | null {
  const stop = trainingStop(checked.diagnostics);
  const [fix] = stop?.code === 'data-missing' ? stop.fixes : [];
  if (fix === undefined) return null;
  return {
    missing: document.data.source,
    change: fix.title,
    document: applyEdits(document, withRoom(document, fix.edits, sizesIn(document, checked))),
  };
}

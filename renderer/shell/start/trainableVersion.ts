import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { trainingStop } from '../../../src/check/trainable.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { withRoom } from '../../../src/layout/room.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import type { Text } from '../../../src/text.ts';

/** A network that can be trained on data that is here. */
export interface TrainableVersion {
  /** Data that the network was drawn for. */
  readonly missing: string;
  /** The change in words. */
  readonly change: Text;
  readonly document: NetworkDocument;
}

/** The best way to train a network whose data is not here; null where its data is, or nothing helps. */
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

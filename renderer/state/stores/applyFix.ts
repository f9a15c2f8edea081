import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { Fix } from '../../../src/graph/diagnostic.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { withRoom } from '../../../src/layout/room.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { useDocument } from './stores.ts';

/** A drawing with the way to change it. */
export interface Target {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  edit(edits: readonly Edit[]): void;
}

/** One undo step, with room made for a layer that a fix puts between two others. */
export const applyFix = ({ document, check, edit }: Target, fix: Fix): void =>
  edit(withRoom(document, fix.edits, sizesIn(document, check)));

/** The same for a fix of the whole network, wherever the user is in it. */
export function applyFixToNetwork(fix: Fix): void {
  const { root, rootCheck, editRoot } = useDocument.getState();
  applyFix({ document: root, check: rootCheck, edit: editRoot }, fix);
}

import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { Fix } from '../../../src/graph/diagnostic.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { withRoom } from '../../../src/layout/room.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { useDocument } from './stores.ts';

/** A network with its check and a function that edits it. */
export interface Target {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  edit(edits: readonly Edit[]): void;
}

/** Applies a fix as one undo step, and makes room for a layer that it inserts. */
export const applyFix = ({ document, check, edit }: Target, fix: Fix): void =>
  edit(withRoom(document, fix.edits, sizesIn(document, check)));

/** Applies a fix of the whole network, whatever level is shown. */
export function applyFixToNetwork(fix: Fix): void {
  const { root, rootCheck, editRoot } = useDocument.getState();
  applyFix({ document: root, check: rootCheck, edit: editRoot }, fix);
}

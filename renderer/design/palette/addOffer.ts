import type { Offer } from '../../../src/layers/presets.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { asOffered } from '../canvas/gestures/asOffered.ts';
import { placeAfter } from '../canvas/scene/placement.ts';
import { documentWithLibrary, editWithLibrary } from '../library/libraryStore.ts';

/** Adds a layer at a position derived from the selection. */
export function addOffer(offer: Offer): void {
  const document = documentWithLibrary();
  const { check } = useDocument.getState();
  const { selection, select, usedOffer } = useUi.getState();
  const selected = selection.nodes.length === 1 ? selection.nodes[0] : undefined;
  const middle = canvas.current?.middle() ?? { x: 0, y: 0 };
  const placed = asOffered(
    placeAfter(document, offer.layer, selected, middle, sizesIn(document, check)),
    offer,
    document,
    check,
  );
  editWithLibrary(document, placed.edits);
  select({ nodes: [placed.node] });
  usedOffer(offer.id);
  canvas.current?.reveal(placed.node);
}

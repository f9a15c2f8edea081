import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useState } from 'react';
import type { Offer } from '../../../../src/layers/presets.ts';
import { sizesIn } from '../../../../src/layout/size.ts';
import { offerIn } from '../../../../src/plan/offers.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { documentWithLibrary, editWithLibrary } from '../../library/libraryStore.ts';
import { cardAt, edgeAt } from '../scene/hit.ts';
import { place, placeOnEdge } from '../scene/placement.ts';
import type { Scene } from '../scene/scene.ts';
import { asOffered } from './asOffered.ts';
import { useGesture } from './gesture.ts';
import { insertionOf } from './inserting.ts';

/** Type of the dragged data: the id of a layer or preset. */
export const LAYER_DRAG = 'application/x-netloom-layer';

/** The offer dragged from the palette. It is kept here, because a drag event reveals its data only at the drop. */
export const carried: { offer: Offer | null } = { offer: null };

/** Distance within which a dropped layer is inserted into an edge, in pixels. */
const REACH = 14;

/** Shows the preview of dropping on the edge. */
function showInsertion(id: string | null): void {
  const document = documentWithLibrary();
  const { check } = useDocument.getState();
  const edge = document.edges.find((candidate) => candidate.id === id);
  const { insertion } = useGesture.getState();
  if (insertion?.edge === edge?.id) return;
  const { offer } = carried;
  useGesture.setState({
    insertion: edge === undefined || offer === null ? null : insertionOf(document, check, offer, edge),
  });
}

/** Adds layers dropped from the palette: into the edge under the pointer, otherwise unconnected. */
export function useDrop(scene: Scene) {
  const instance = useReactFlow();
  const [target, setTarget] = useState<string | null>(null);

  function under({ clientX, clientY }: DragEvent) {
    const at = instance.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
    return { at, edge: cardAt(scene, at) === null ? edgeAt(scene, at, REACH / instance.getZoom()) : null };
  }

  function leave(): void {
    setTarget(null);
    useGesture.setState({ insertion: null });
  }

  function onDragOver(event: DragEvent): void {
    if (!event.dataTransfer.types.includes(LAYER_DRAG)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const { edge: id } = under(event);
    setTarget(id);
    showInsertion(id);
  }

  function onDrop(event: DragEvent): void {
    const document = documentWithLibrary();
    const { check } = useDocument.getState();
    const offer = offerIn(document, event.dataTransfer.getData(LAYER_DRAG));
    leave();
    if (offer === undefined) return;
    const { layer } = offer;
    event.preventDefault();
    const { at, edge: id } = under(event);
    const edge = document.edges.find((each) => each.id === id);
    const sizeOf = sizesIn(document, check);
    const placed = (edge && placeOnEdge(document, layer, edge, sizeOf)) ?? place(document, layer, at, sizeOf);
    editWithLibrary(document, asOffered(placed, offer, document, check).edits);
    useUi.getState().select({ nodes: [placed.node] });
    useUi.getState().usedOffer(offer.id);
  }

  return { edge: target, handlers: { onDragOver, onDrop, onDragLeave: leave } };
}

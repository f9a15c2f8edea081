import type { ReactFlowInstance } from '@xyflow/react';
import { type DragEvent, useState } from 'react';
import { offerOf } from '../../src/layers/presets.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { asOffered } from './asOffered.ts';
import { place, placeOnWire } from './placement.ts';
import type { LayerFlowNode, ShapeFlowEdge } from './toFlow.ts';

/** Type of the dragged data: the id of a layer or preset. */
export const LAYER_DRAG = 'application/x-netloom-layer';

/** The wire under the pointer, by the wide invisible line that React Flow lays over it. */
function wireAt({ clientX, clientY }: DragEvent): string | null {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const wire = element.closest('.react-flow__edge');
    if (wire !== null) return wire.getAttribute('data-id');
    if (element.closest('.react-flow__node') !== null) return null;
  }
  return null;
}

/** Takes layers that are dragged from the palette: on a wire they are inserted, elsewhere they stand alone. */
export function useDrop(instance: ReactFlowInstance<LayerFlowNode, ShapeFlowEdge>) {
  const [edge, setEdge] = useState<string | null>(null);

  function onDragOver(event: DragEvent): void {
    if (!event.dataTransfer.types.includes(LAYER_DRAG)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setEdge(wireAt(event));
  }

  function onDrop(event: DragEvent): void {
    const offer = offerOf(event.dataTransfer.getData(LAYER_DRAG));
    setEdge(null);
    if (offer === undefined) return;
    const { layer } = offer;
    event.preventDefault();
    const { document, check, edit } = useDocument.getState();
    const wire = document.edges.find(({ id }) => id === wireAt(event));
    const at = instance.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const placed = (wire && placeOnWire(document, layer, wire)) ?? place(document, layer, at);
    edit(asOffered(placed, offer, document, check).edits);
    useUi.getState().select({ nodes: [placed.node] });
    useUi.getState().usedOffer(offer.id);
  }

  return { edge, handlers: { onDragOver, onDrop, onDragLeave: () => setEdge(null) } };
}

import type { CheckResult } from '../../../../src/check/checkedGraph.ts';
import { layerIn } from '../../../../src/check/faces.ts';
import type { Direction, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import type { Offer } from '../../../../src/layers/presets.ts';
import { CARD } from '../../../../src/layout/card.ts';
import { type SizeOf, sizesIn } from '../../../../src/layout/size.ts';
import {
  type Fitting,
  layersAnywhere,
  layersBefore,
  layersBehind,
  layersInPlaceOf,
  layersOnEdge,
} from '../../../../src/plan/fits.ts';
import { replacement } from '../../../../src/plan/replace.ts';
import { type Placement, placeAfter, placeBefore, place as placeFree, placeOnEdge } from '../scene/placement.ts';
import { asOffered } from './asOffered.ts';
import type { Place } from './gesture.ts';

/** Layers and presets for a place; those that fit come first. */
export function fittingsAt(doc: NetworkDocument, check: CheckResult, place: Place): readonly Fitting[] {
  switch (place.kind) {
    case 'anywhere':
      return layersAnywhere(doc);
    case 'after': {
      const port = layerIn(doc, doc.nodes.find(({ id }) => id === place.node)?.layer ?? '')?.outputs[0];
      return port === undefined ? layersAnywhere(doc) : layersBehind(doc, check, { node: place.node, port });
    }
    case 'behind':
      return layersBehind(doc, check, place.from);
    case 'before':
      return layersBefore(doc, check, place.to);
    case 'onEdge': {
      const edge = doc.edges.find(({ id }) => id === place.edge);
      return edge === undefined ? [] : layersOnEdge(doc, check, edge);
    }
    case 'inPlaceOf': {
      const node = doc.nodes.find(({ id }) => id === place.node);
      return node === undefined ? [] : layersInPlaceOf(doc, check, node);
    }
    default:
      return place satisfies never;
  }
}

/** Center of a card whose port is at `point`. */
function centerFor(point: Position, side: 'input' | 'output', direction: Direction): Position {
  const way = side === 'input' ? 1 : -1;
  return direction === 'down'
    ? { x: point.x, y: point.y + (way * CARD.height) / 2 }
    : { x: point.x + (way * CARD.width) / 2, y: point.y };
}

function connected(
  doc: NetworkDocument,
  { layer }: Offer,
  place: Place,
  point: Position,
  sizeOf: SizeOf,
): Placement | null {
  const [input] = layer.inputs;
  const [output] = layer.outputs;
  if (place.kind === 'behind' && input !== undefined) {
    const placed = placeFree(doc, layer, centerFor(point, 'input', doc.direction), sizeOf);
    const to = { node: placed.node, port: input };
    return { ...placed, edits: [...placed.edits, { kind: 'connect', from: place.from, to }] };
  }
  if (place.kind === 'before' && output !== undefined) {
    const placed = placeFree(doc, layer, centerFor(point, 'output', doc.direction), sizeOf);
    const from = { node: placed.node, port: output };
    return { ...placed, edits: [...placed.edits, { kind: 'connect', from, to: place.to }] };
  }
  if (place.kind === 'onEdge') {
    const edge = doc.edges.find(({ id }) => id === place.edge);
    return edge === undefined ? null : placeOnEdge(doc, layer, edge, sizeOf);
  }
  return place.kind === 'after'
    ? placeAfter(doc, layer, place.node, point, sizeOf)
    : placeFree(doc, layer, point, sizeOf);
}

/** Edits that add an offer at a place and connect it there; null if that is impossible. */
export function placedAt(
  doc: NetworkDocument,
  check: CheckResult,
  offer: Offer & Partial<Pick<Fitting, 'needs'>>,
  place: Place,
  point: Position,
): Placement | null {
  const { needs = [] } = offer;
  if (place.kind === 'inPlaceOf') {
    const node = doc.nodes.find(({ id }) => id === place.node);
    if (node === undefined) return null;
    const shape = Object.values(check.nodes.get(place.node)?.inputs ?? {})[0];
    const replaced = { node: node.id, edits: [replacement(doc, node, offer, shape)] };
    return placeBefore(doc, replaced, needs, sizesIn(doc, check));
  }
  const placed = connected(doc, offer, place, point, sizesIn(doc, check));
  return placed && asOffered(placed, offer, doc, check);
}

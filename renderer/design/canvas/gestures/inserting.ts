import { check as checkDocument } from '../../../../src/check/check.ts';
import type { CheckResult } from '../../../../src/check/checkedGraph.ts';
import { layerIn } from '../../../../src/check/faces.ts';
import type { DocumentNode, Edge, NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';
import { shapeText } from '../../../../src/layers/config.ts';
import type { Offer } from '../../../../src/layers/presets.ts';
import { moveOntoEdge } from '../../../../src/layout/room.ts';
import { type SizeOf, sizesIn } from '../../../../src/layout/size.ts';
import { portsOf } from '../../../../src/plan/connection.ts';
import { same, type Text } from '../../../../src/text.ts';
import { placeOnEdge } from '../scene/placement.ts';
import { asOffered } from './asOffered.ts';
import type { Insertion } from './gesture.ts';

/** The first new error after the edits. */
function newProblem(before: CheckResult, after: CheckResult): Text | null {
  const key = (code: string, node: string | null, port: string | null) => `${code} ${node} ${port}`;
  const known = new Set(before.diagnostics.map(({ code, node, port }) => key(code, node, port)));
  const fresh = after.diagnostics.find(
    ({ severity, code, node, port }) => severity === 'error' && !known.has(key(code, node, port)),
  );
  return fresh?.message ?? null;
}

/** Preview of the edits, for the node whose output is passed on. */
function previewOf(
  doc: NetworkDocument,
  check: CheckResult,
  edge: string,
  edits: readonly Edit[],
  node: string,
  ghost: boolean,
): Insertion | null {
  const after = applyEdits(doc, edits);
  const added = after.nodes.find(({ id }) => id === node);
  const layer = added && layerIn(after, added.layer);
  if (added === undefined || layer === undefined) return null;
  const result = checkDocument(after);
  const shape = Object.values(result.nodes.get(node)?.outputs ?? {})[0];
  return {
    edge,
    node,
    position: added.position,
    size: sizesIn(after, result)(added),
    category: layer.category,
    title: ghost ? layer.title : same(added.name),
    ghost,
    shape: shape === undefined ? null : shapeText(shape),
    problem: newProblem(check, result),
  };
}

/** Preview of dropping an offer on the edge; null for a layer without both an input and an output. */
export function insertionOf(doc: NetworkDocument, check: CheckResult, offer: Offer, edge: Edge): Insertion | null {
  const placed = placeOnEdge(doc, offer.layer, edge, sizesIn(doc, check));
  if (placed === null) return null;
  const { edits, node } = asOffered(placed, offer, doc, check);
  return previewOf(doc, check, edge.id, edits, node, true);
}

/** Input and output of a group of nodes without edges to other nodes; null if these are not clear. */
function wayThrough(
  doc: NetworkDocument,
  ids: readonly string[],
): { readonly head: Edge['to']; readonly tail: Edge['from'] } | null {
  const own = new Set(ids);
  const tied = doc.edges.some(({ from, to }) => own.has(from.node) !== own.has(to.node));
  const nodes = doc.nodes.filter(({ id }) => own.has(id));
  if (tied || nodes.length === 0) return null;
  const heads = nodes.flatMap((node: DocumentNode) =>
    portsOf(doc, node)
      .inputs.filter((port) => !doc.edges.some(({ to }) => to.node === node.id && to.port === port))
      .map((port) => ({ node: node.id, port })),
  );
  const tails = nodes.flatMap((node) =>
    portsOf(doc, node)
      .outputs.filter((port) => !doc.edges.some(({ from }) => from.node === node.id && from.port === port))
      .map((port) => ({ node: node.id, port })),
  );
  const [head, tail] = [heads[0], tails[0]];
  // A single layer with several inputs takes the edge at the first. For several layers, the input must be unique.
  const clear = tails.length === 1 && (nodes.length === 1 || heads.length === 1);
  return clear && head !== undefined && tail !== undefined ? { head, tail } : null;
}

/** Edits that insert existing nodes into an edge; null if they are connected already, or have no clear input and output. */
export function insertNodesEdits(
  doc: NetworkDocument,
  ids: readonly string[],
  edge: Edge,
  sizeOf: SizeOf,
): readonly Edit[] | null {
  const way = wayThrough(doc, ids);
  if (way === null || ids.includes(edge.from.node) || ids.includes(edge.to.node)) return null;
  const [only, ...more] = ids;
  return [
    { kind: 'disconnect', edges: [edge.id] },
    { kind: 'connect', from: edge.from, to: way.head },
    { kind: 'connect', from: way.tail, to: edge.to, keepOthers: true },
    ...(only !== undefined && more.length === 0 ? moveOntoEdge(doc, only, edge, sizeOf) : []),
  ];
}

/** Preview of inserting existing nodes. */
export function insertionOfNodes(
  doc: NetworkDocument,
  check: CheckResult,
  ids: readonly string[],
  edge: Edge,
): Insertion | null {
  const edits = insertNodesEdits(doc, ids, edge, sizesIn(doc, check));
  const tail = wayThrough(doc, ids)?.tail.node;
  if (edits === null || tail === undefined) return null;
  const preview = previewOf(doc, check, edge.id, edits, tail, false);
  const dragged = doc.nodes.find(({ id }) => id === tail);
  return preview && dragged ? { ...preview, position: dragged.position } : null;
}

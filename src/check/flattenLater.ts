import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { type Drawing, sourceOf } from './drawing.ts';

/** Layers that end the part of a network that works on pictures. */
const TAKE_VECTORS: ReadonlySet<string> = new Set(['linear', 'batchNorm1d', 'classifier', 'binaryClassifier']);
const FLATTENING: ReadonlySet<string> = new Set(['flatten', 'reshape']);

/** Moves the Flatten that feeds `port` down the edge, to the next layer that takes no pictures. */
export function flattenLater(drawing: Drawing, node: DocumentNode, port: string): Fix | null {
  const { wiring, byId } = drawing;
  const flatten = sourceOf(drawing, node.id, port);
  if (flatten?.layer !== 'flatten') return null;
  let at = node;
  const passed = new Set<string>();
  while (!passed.has(at.id)) {
    passed.add(at.id);
    const leaving = wiring.outOf.get(at.id) ?? [];
    const [edge] = leaving;
    const next = edge && byId.get(edge.to.node);
    if (leaving.length !== 1 || edge === undefined || next === undefined || FLATTENING.has(next.layer)) return null;
    if (!TAKE_VECTORS.has(next.layer)) {
      at = next;
      continue;
    }
    const position = {
      x: (at.position.x + next.position.x) / 2,
      y: (at.position.y + next.position.y) / 2,
    };
    return {
      title: {
        en: `Move '${flatten.name}' between '${at.name}' and '${next.name}'`,
        zh: `把“${flatten.name}”移到“${at.name}”与“${next.name}”之间`,
      },
      edits: [
        { kind: 'removeNodes', nodes: [flatten.id], heal: true },
        { kind: 'insertNode', node: { ...flatten, position }, edge: edge.id, input: 'x', output: 'y' },
      ],
    };
  }
  return null;
}

import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { flatten } from '../layers/flatten.ts';
import { layerOf } from '../layers/index.ts';
import { type Drawing, sourceOf } from './drawing.ts';

/** Fix that moves the Flatten that feeds `port` downstream, to before the next layer that expects vectors. */
export function flattenLater(drawing: Drawing, node: DocumentNode, port: string): Fix | null {
  const { wiring, byId } = drawing;
  const source = sourceOf(drawing, node.id, port);
  if (source?.layer !== flatten.type) return null;
  let at = node;
  const passed = new Set<string>();
  while (!passed.has(at.id)) {
    passed.add(at.id);
    const leaving = wiring.outOf.get(at.id) ?? [];
    const [edge] = leaving;
    const next = edge && byId.get(edge.to.node);
    if (leaving.length !== 1 || edge === undefined || next === undefined) return null;
    const layer = layerOf(next.layer);
    if (layer?.reshapes) return null;
    if (!layer?.takesRows) {
      at = next;
      continue;
    }
    const position = {
      x: (at.position.x + next.position.x) / 2,
      y: (at.position.y + next.position.y) / 2,
    };
    return {
      title: {
        en: `Move “${source.name}” between “${at.name}” and “${next.name}”`,
        zh: `将“${source.name}”移到“${at.name}”与“${next.name}”之间`,
      },
      edits: [
        { kind: 'removeNodes', nodes: [source.id], heal: true },
        { kind: 'insertNode', node: { ...source, position }, edge: edge.id, input: 'x', output: 'y' },
      ],
    };
  }
  return null;
}

import { overlap, type Rect } from './rect.ts';
import type { SceneCard, SceneWire } from './scene.ts';

/** The shape's letters have one width. */
const LETTER = 6.7;
export const LABEL_HEIGHT = 16;

export const labelWidth = ({ content }: SceneWire): number => Math.round(content.shape.length * LETTER + 10);

export function labelRect(wire: SceneWire): Rect {
  const width = labelWidth(wire);
  const { x, y } = wire.label;
  return { x: x - width / 2, y: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
}

/** Ids of the wires whose label covers no card and no label before it. */
export function roomyLabels(wires: readonly SceneWire[], cards: readonly SceneCard[]): ReadonlySet<string> {
  const taken: Rect[] = cards.map(({ area }) => area);
  const roomy = new Set<string>();
  for (const wire of wires) {
    const label = labelRect(wire);
    if (taken.some((rect) => overlap(rect, label))) continue;
    taken.push(label);
    roomy.add(wire.edge.id);
  }
  return roomy;
}

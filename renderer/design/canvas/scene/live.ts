import type { Position } from '../../../../src/graph/document.ts';
import { overlap, type Rect } from './rect.ts';
import type { Scene, SceneCard, SceneEdge } from './scene.ts';
import type { DrawnRegion } from './view.ts';

/** Elements rendered by React Flow, in the order of the document. */
export interface Live {
  readonly cards: readonly SceneCard[];
  readonly edges: readonly SceneEdge[];
}

/** Up to this number of cards, all are rendered as elements at any zoom, for tests and screen readers. */
export const ALL_LIVE = 100;
/** Maximum number of selected cards rendered as elements; the others are painted and move with them. */
const MOST_SELECTED = 40;

export interface InUse {
  /** Cards under the pointer, pressed or focused. */
  readonly cards: readonly string[];
  /** Card or edge under the pointer in a painted network. */
  readonly pointed: string | null;
  readonly edge: string | null;
}

const segmentBox = (a: Position, b: Position): Rect => ({
  x: Math.min(a.x, b.x) - 1,
  y: Math.min(a.y, b.y) - 1,
  width: Math.abs(a.x - b.x) + 2,
  height: Math.abs(a.y - b.y) + 2,
});

/** True if the edge, which consists of horizontal and vertical segments, crosses the region. */
export function crosses({ points, bounds }: SceneEdge, region: Rect): boolean {
  if (!overlap({ ...bounds, width: bounds.width + 1, height: bounds.height + 1 }, region)) return false;
  return points.some((point, index) => {
    const before = points[index - 1];
    return before !== undefined && overlap(segmentBox(before, point), region);
  });
}

interface SelectedIds {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** Cards and edges to render: those in the region, or in a painted network those in use; with both ends of each edge. */
export function liveOf(scene: Scene, { detail, region }: DrawnRegion, selection: SelectedIds, inUse: InUse): Live {
  const { cards, edges } = scene;
  if (cards.size <= ALL_LIVE) return { cards: [...cards.values()], edges: [...edges.values()] };
  const ids = new Set([...inUse.cards, ...selection.nodes.slice(0, MOST_SELECTED)]);
  const chosen = new Set(selection.edges.slice(0, MOST_SELECTED));
  if (detail === 'card') {
    for (const [id, { area }] of cards) if (overlap(area, region)) ids.add(id);
  }
  const live: SceneEdge[] = [];
  for (const [id, edge] of edges) {
    if (!chosen.has(id) && !(detail === 'card' && crosses(edge, region))) continue;
    live.push(edge);
    const { from, to } = edge.edge;
    ids.add(from.node).add(to.node);
  }
  return { cards: [...cards.values()].filter(({ node }) => ids.has(node.id)), edges: live };
}

import type { CheckResult } from '../../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { isPort } from '../../../../src/graph/insideDrawing.ts';
import type { Area } from '../../../../src/layout/card.ts';
import { insideOf } from '../../../../src/layout/inside.ts';
import type { Stop } from '../../../state/levels/inner.ts';
import { keyboardOrder, type Way, walk } from './walk.ts';

interface Drawing {
  readonly document: NetworkDocument;
  readonly check: Pick<CheckResult, 'nodes'>;
}

/** The inside of an expanded block, with the cards at their drawn positions; null for other nodes. */
function insideAt({ document, check }: Drawing, id: string): Drawing | null {
  const isOpen = document.nodes.some((node) => node.id === id && node.open);
  const [first] = (isOpen && check.nodes.get(id)?.inside) || [];
  if (first === undefined) return null;
  const { direction, cards } = insideOf(document, first);
  const places = new Map(cards.map(({ node, area }) => [node.id, area]));
  const nodes = first.drawing.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }));
  return { document: { ...first.drawing, blocks: document.blocks, direction, nodes }, check: first.check };
}

/** Tab stops: items in data order, and the cards inside an expanded block after it. */
export function stopsIn(drawing: Drawing): readonly Stop[] {
  return keyboardOrder(drawing.document).flatMap((id): Stop[] => {
    const inside = insideAt(drawing, id);
    const within = inside === null ? [] : stopsIn(inside).filter(([first = '']) => !isPort(first));
    return [[id], ...within.map((stop) => [id, ...stop])];
  });
}

const isSame = (a: Stop, b: Stop): boolean => a.length === b.length && a.every((id, i) => id === b[i]);

/** The stop after or before `from`; without `from`, the first or the last. Null beyond the ends. */
export function stopBeside(stops: readonly Stop[], from: Stop | undefined, step: 1 | -1): Stop | null {
  const at = from === undefined ? -1 : stops.findIndex((stop) => isSame(stop, from));
  if (at < 0) return (step === 1 ? stops[0] : stops.at(-1)) ?? null;
  return stops[at + step] ?? null;
}

/** The neighboring stop in a direction. From a card inside an expanded block, leaving it leads to the block. */
export function stopFrom(drawing: Drawing, stop: Stop, way: Way): Stop | null {
  const [id, ...rest] = stop;
  if (id === undefined) return null;
  if (rest.length === 0) {
    const next = walk(drawing.document, id, way);
    return next === null ? null : [next];
  }
  const inside = insideAt(drawing, id);
  const next = inside && stopFrom(inside, rest, way);
  if (next === null) return null;
  return next.length === 1 && isPort(next[0] ?? '') ? [id] : [id, ...next];
}

/** The area of a stop inside the block at `area`, in the coordinates of the level. */
export function areaIn(drawing: Drawing, [id = '', ...rest]: Stop, area: Area): Area | null {
  const [next] = rest;
  if (next === undefined) return area;
  const [first] = drawing.check.nodes.get(id)?.inside ?? [];
  const inside = insideAt(drawing, id);
  const card = first && insideOf(drawing.document, first).cards.find(({ node }) => node.id === next);
  if (card === undefined || inside === null) return null;
  return areaIn(inside, rest, { ...card.area, x: area.x + card.area.x, y: area.y + card.area.y });
}

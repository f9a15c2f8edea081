import type { Position, Size } from '../graph/document.ts';
import type { Area } from './card.ts';

const CELL = 200;

/** Areas indexed by grid cells. */
class Ground {
  private readonly cells = new Map<string, Area[]>();

  private *keys({ x, y, width, height }: Area): Generator<string> {
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++)
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) yield `${column},${row}`;
  }

  add(area: Area): void {
    for (const key of this.keys(area)) {
      const cell = this.cells.get(key);
      if (cell === undefined) this.cells.set(key, [area]);
      else cell.push(area);
    }
  }

  isFree(area: Area): boolean {
    for (const key of this.keys(area))
      for (const other of this.cells.get(key) ?? []) if (overlaps(area, other)) return false;
    return true;
  }
}

export const overlaps = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Grid positions around the origin in growing squares, nearest first. */
function* around(step: Size): Generator<Position> {
  yield { x: 0, y: 0 };
  for (let ring = 1; ; ring++) {
    const places: Position[] = [];
    for (let i = -ring; i <= ring; i++) {
      places.push({ x: i, y: -ring }, { x: i, y: ring });
      if (Math.abs(i) < ring) places.push({ x: -ring, y: i }, { x: ring, y: i });
    }
    const far = ({ x, y }: Position) => (x * step.width) ** 2 + (y * step.height) ** 2;
    // At equal distance, right and down come first.
    places.sort((a, b) => far(a) - far(b) || b.x - a.x || b.y - a.y);
    for (const { x, y } of places) yield { x: x * step.width, y: y * step.height };
  }
}

/**
 * Positions for `moving`, in order, each as near as possible to its wanted position, with distance `clear` to all
 * others. `fixed` areas do not move.
 */
export function settle(fixed: readonly Area[], moving: readonly Area[], clear: number): readonly Position[] {
  const ground = new Ground();
  for (const area of fixed) ground.add(area);
  return moving.map((area) => {
    // Half of the distance of cards, so that a card fits into a gap between two others within the rows.
    const step = { width: (area.width + clear) / 2, height: (area.height + clear) / 2 };
    for (const { x, y } of around(step)) {
      const place = { x: area.x + x, y: area.y + y };
      const wanted = {
        x: place.x - clear,
        y: place.y - clear,
        width: area.width + 2 * clear,
        height: area.height + 2 * clear,
      };
      if (!ground.isFree(wanted)) continue;
      ground.add({ ...area, ...place });
      return place;
    }
    throw new Error('an infinite plane has a free position');
  });
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Cost of the distance across the direction, relative to the distance along it. */
const SIDEWAYS = 3;

/** Index of the box that an arrow key moves to; null if there is none in that direction. */
export function nearest(boxes: readonly Rect[], from: number, key: string): number | null {
  const [dx, dy] = directions[key] ?? [0, 0];
  const middle = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 });
  const start = boxes[from];
  if (start === undefined) return null;
  const at = middle(start);
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, index) => {
    const to = middle(box);
    const along = (to.x - at.x) * dx + (to.y - at.y) * dy;
    if (index === from || along < 4) return;
    // A box in the same row or column has no distance across, whatever its width.
    const off =
      dx === 0
        ? Math.max(0, Math.abs(to.x - at.x) - (box.width + start.width) / 2)
        : Math.max(0, Math.abs(to.y - at.y) - (box.height + start.height) / 2);
    const cost = along + SIDEWAYS * off + (dx === 0 ? Math.abs(to.x - at.x) : Math.abs(to.y - at.y)) / 2;
    if (cost < least) {
      least = cost;
      best = index;
    }
  });
  return best;
}

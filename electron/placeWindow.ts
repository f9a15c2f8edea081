/** A rectangle in screen pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const STEP = 28;

/** True if enough of the top edge of a window is on a screen to drag it. */
export const isVisible = ({ x, y, width }: Box, areas: readonly Box[]): boolean =>
  areas.some(
    (area) =>
      x < area.x + area.width - 100 && x + width > area.x + 100 && y >= area.y - 10 && y < area.y + area.height - 50,
  );

/** Position of a new window: one step from the last one, or the top left corner if it would leave the screen. */
export function cascade(last: Box, area: Box): Box {
  const { width, height } = last;
  const x = last.x + STEP;
  const y = last.y + STEP;
  return {
    x: x + width > area.x + area.width ? area.x : x,
    y: y + height > area.y + area.height ? area.y : y,
    width,
    height,
  };
}

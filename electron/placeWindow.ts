/** In the pixels of the screen. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const STEP = 28;

/** Whether enough of the window's upper edge is on a screen to take hold of it. */
export const isVisible = ({ x, y, width }: Box, areas: readonly Box[]): boolean =>
  areas.some(
    (area) =>
      x < area.x + area.width - 100 && x + width > area.x + 100 && y >= area.y - 10 && y < area.y + area.height - 50,
  );

/** A place for one more window: a step from the last, at the upper left again where that would leave the screen. */
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

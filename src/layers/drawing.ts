/** A line drawing on a grid of 16, as SVG path data; stroked with round ends, in the colour of its surroundings. */
export interface Drawing {
  readonly lines: string;
  /** Of the lines; `LINE_WIDTH` when absent. */
  readonly width?: number;
  /** A part that is filled besides. */
  readonly solid?: string;
}

export const DRAWING_GRID = 16;
export const LINE_WIDTH = 1.4;

export const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
export const bell = 'M1.5 11.5c4 0 4-9 6.5-9s2.5 9 6.5 9';
export const pane = 'M2 2h12v12H2z';
export const cross = `${pane}M8 2v12M2 8h12`;

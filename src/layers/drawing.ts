/** An icon on a 16×16 grid as SVG path data, stroked with round caps in the current text color. */
export interface Drawing {
  readonly lines: string;
  /** Stroke width; `LINE_WIDTH` by default. */
  readonly width?: number;
  /** Path data of a filled part. */
  readonly solid?: string;
}

export const DRAWING_GRID = 16;
export const LINE_WIDTH = 1.4;

export const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
export const bell = 'M1.5 11.5c4 0 4-9 6.5-9s2.5 9 6.5 9';
export const pane = 'M2 2h12v12H2z';
export const cross = `${pane}M8 2v12M2 8h12`;

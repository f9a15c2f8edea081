import uPlot from 'uplot';

/** Marks on a chart. Positions are in epochs. */
export interface Marks {
  /** Changes made during the run, with their positions and descriptions. */
  readonly changes: readonly { readonly at: number; readonly text: string }[];
  readonly best: { readonly epoch: number; readonly value: number; readonly text: string } | null;
}

/** Min distance between lines at the ends of epochs, in pixels. */
const ROOM = 18;

interface Colors {
  readonly font: string;
}

function inside(plot: uPlot, x: number): boolean {
  const { left, width } = plot.bbox;
  return x >= left && x <= left + width;
}

function vertical(plot: uPlot, x: number): void {
  const { top, height } = plot.bbox;
  plot.ctx.beginPath();
  plot.ctx.moveTo(Math.round(x), top);
  plot.ctx.lineTo(Math.round(x), top + height);
  plot.ctx.stroke();
}

/** Draws lines behind the curves: ends of epochs, if there is room, and changes with their descriptions. */
export function drawLines(
  plot: uPlot,
  { changes }: Marks,
  scale: number,
  { line, warning, font }: Colors & { readonly line: string; readonly warning: string },
): void {
  const { ctx } = plot;
  const ratio = uPlot.pxRatio * scale;
  const { min = 0, max = 1 } = plot.scales.x ?? {};
  const [from, to] = [min ?? 0, max ?? 1];
  ctx.save();
  ctx.lineWidth = ratio;
  ctx.strokeStyle = line;
  if (plot.bbox.width / Math.max(1, to - from) >= ROOM * ratio) {
    for (let epoch = Math.max(1, Math.ceil(from)); epoch <= to; epoch++) {
      vertical(plot, plot.valToPos(epoch, 'x', true));
    }
  }
  ctx.strokeStyle = warning;
  ctx.fillStyle = warning;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * uPlot.pxRatio));
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  let free = Number.NEGATIVE_INFINITY;
  let row = 0;
  for (const { at, text } of changes) {
    const x = plot.valToPos(at, 'x', true);
    if (!inside(plot, x)) continue;
    vertical(plot, x);
    const width = ctx.measureText(text).width;
    const right = plot.bbox.left + plot.bbox.width;
    // Text is left of its line if there is no room on the right, and below the previous text if they would overlap.
    const start = x + 4 * ratio + width > right ? x - 4 * ratio - width : x + 4 * ratio;
    row = start < free ? row + 1 : 0;
    free = start + width + 6 * ratio;
    ctx.fillText(text, start, plot.bbox.top + (2 + 14 * row) * ratio);
  }
  ctx.restore();
}

/** Draws a diamond at the best epoch, with its label. */
export function drawBest(
  plot: uPlot,
  { best }: Marks,
  scale: number,
  { curve, text, font }: Colors & { readonly curve: string; readonly text: string },
): void {
  if (best === null) return;
  const { ctx } = plot;
  const ratio = uPlot.pxRatio * scale;
  const x = plot.valToPos(best.epoch, 'x', true);
  const y = plot.valToPos(best.value, 'y', true);
  const { top, height, left, width } = plot.bbox;
  if (!inside(plot, x) || y < top || y > top + height) return;
  const half = 5.5 * ratio;
  ctx.save();
  ctx.fillStyle = curve;
  ctx.beginPath();
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.fill();
  ctx.fillStyle = text;
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * uPlot.pxRatio));
  const wide = ctx.measureText(best.text).width;
  const start = Math.min(Math.max(left, x - wide / 2), left + width - wide);
  // Label above the mark, or below it near the top of the plot.
  const above = y - half - 16 * ratio > top;
  ctx.textAlign = 'left';
  ctx.textBaseline = above ? 'bottom' : 'top';
  ctx.fillText(best.text, start, above ? y - half - 2 * ratio : y + half + 3 * ratio);
  ctx.restore();
}

import uPlot from 'uplot';
import { nameOf } from '../../state/files/nameOf.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import type { Say } from '../../ui/i18n/i18n.ts';
import { chartData, rangeOf } from './chartData.ts';
import { shownPart, useCharts } from './chartStore.ts';
import { type CurveMetric, isEpochMetric } from './curveMetrics.ts';
import { curvesCsv } from './curvesCsv.ts';
import { marksOf, viewOf } from './livePlot.ts';
import { color, plotOptions, validationColor } from './plotOptions.ts';

const save = (bytes: Uint8Array<ArrayBuffer>, extension: 'png' | 'csv'): Promise<boolean> =>
  saveFile(
    nameOf(useRun.getState().document ?? useDocument.getState().root, useUi.getState().language),
    extension,
    bytes,
    { about: 'tables', saved: (path) => ({ message: { key: 'run.saved', values: { path } } }) },
  );

/** Exports the steps and epochs of the run with all metrics as CSV. */
export const saveCurvesCsv = (): Promise<boolean> => save(curvesCsv(useRun.getState()), 'csv');

/** Pixels of the image per CSS pixel: twice the resolution of a standard screen. */
const SCALE = 2;
const [WIDTH, HEIGHT, HEAD, EDGE] = [900 * SCALE, 320 * SCALE, 30 * SCALE, 16 * SCALE];

/** Exports the visible charts, with their zoom and smoothing, as one image. */
export async function saveCurvesPng(say: Say): Promise<void> {
  const { shown } = useCharts.getState();
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH + 2 * EDGE;
  canvas.height = shown.length * (HEAD + HEIGHT) + 2 * EDGE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The page has no canvas to draw on');
  context.fillStyle = color('--panel');
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const [index, metric] of shown.entries()) {
    const top = EDGE + index * (HEAD + HEIGHT);
    drawHead(context, metric, top, say);
    context.drawImage(await plotted(metric, say), EDGE, top + HEAD, WIDTH, HEIGHT);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The curves are too large to be drawn');
  await save(new Uint8Array(await blob.arrayBuffer()), 'png');
}

function drawHead(context: CanvasRenderingContext2D, metric: CurveMetric, top: number, say: Say): void {
  const middle = top + HEAD / 2;
  context.textBaseline = 'middle';
  context.fillStyle = color('--text');
  context.font = `600 ${13 * SCALE}px ${color('--font-text')}`;
  const title = say(`run.${metric}`);
  context.fillText(title, EDGE, middle);
  let x = EDGE + context.measureText(title).width + 20 * SCALE;
  context.font = `${12 * SCALE}px ${color('--font-text')}`;
  const curve = color(`--curve-${metric}`);
  context.lineWidth = 2 * SCALE;
  for (const part of isEpochMetric(metric) ? (['train', 'validation'] as const) : []) {
    context.strokeStyle = part === 'validation' ? validationColor(curve) : curve;
    context.setLineDash(part === 'validation' ? [5 * SCALE, 4 * SCALE] : []);
    context.beginPath();
    context.moveTo(x, middle);
    context.lineTo(x + 20 * SCALE, middle);
    context.stroke();
    context.fillText(say(`run.${part}`), x + 26 * SCALE, middle);
    x += 46 * SCALE + context.measureText(say(`run.${part}`)).width;
  }
  context.setLineDash([]);
}

/** Draws a separate plot outside the page, at the size of the image. */
async function plotted(metric: CurveMetric, say: Say): Promise<HTMLCanvasElement> {
  const [width, height] = [WIDTH / uPlot.pxRatio, HEIGHT / uPlot.pxRatio];
  const view = viewOf(metric, WIDTH);
  const run = useRun.getState();
  const data = chartData(run, view);
  const words = {
    best: (epoch: number) => say('run.best', { epoch }),
    change: (what: 'learningRate' | 'batchSize' | 'epochs', from: string, to: string) =>
      say(`run.change.${what}`, { from, to }),
  };
  const settings = { metric, axis: say('run.epochAxis'), log: view.log, scale: SCALE / uPlot.pxRatio };
  return new Promise((resolve) => {
    const options = plotOptions({
      ...settings,
      shown: shownPart,
      range: () => rangeOf(data, view),
      marks: () => marksOf(metric, words),
    });
    const plot: uPlot = new uPlot(
      {
        ...options,
        width,
        height,
        hooks: { ...options.hooks, ready: [() => queueMicrotask(() => resolve(plot.ctx.canvas))] },
      },
      data as uPlot.AlignedData,
      document.createElement('div'),
    );
  });
}

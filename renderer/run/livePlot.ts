import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { useDocument, useRun } from '../stores/stores.ts';
import { changeMarks } from './changeMarks.ts';
import { chartData, rangeOf, type View } from './chartData.ts';
import { useCharts } from './chartStore.ts';
import { bestBy, type CurveMetric, isEpochMetric } from './curveMetrics.ts';
import type { Marks } from './marks.ts';
import { plotOptions } from './plotOptions.ts';
import css from './RunPanel.module.css';
import { windows } from './smooth.ts';
import { panned, zoomed } from './zoom.ts';

interface Words {
  readonly axis: string;
  /** What is drawn at the best epoch. */
  best(epoch: number): string;
  change: Parameters<typeof changeMarks>[1];
}

export const wholeRun = (): number => useRun.getState().epochs || useDocument.getState().root.recipe.epochs;
export const shownPart = (): readonly [number, number] => useCharts.getState().zoom ?? [0, wholeRun()];

export function viewOf(metric: CurveMetric, pixels: number): View {
  const { smoothing, log } = useCharts.getState();
  return { metric, window: windows[smoothing] ?? 0, shown: shownPart(), pixels, log: log.includes(metric) };
}

export function marksOf(metric: CurveMetric, words: Words): Marks {
  const run = useRun.getState();
  const best = isEpochMetric(metric) ? bestBy(run.history, metric) : null;
  const value = best === null || !isEpochMetric(metric) ? null : best.validation[metric];
  return {
    changes: changeMarks(run, words.change),
    best: best === null || value === null ? null : { epoch: best.epoch, value, text: words.best(best.epoch) },
  };
}

const WHEEL = 0.0015;

/** A plot that follows the run and the view, past React. Returns how to take it away. */
export function livePlot(metric: CurveMetric, frame: HTMLElement, words: Words): () => void {
  let pending = 0;
  const view = () => viewOf(metric, Math.max(40, frame.clientWidth - 58));
  let data = chartData(useRun.getState(), view());
  let range = rangeOf(data, view());
  const { log } = view();
  const plot = new uPlot(
    plotOptions({
      metric,
      axis: words.axis,
      log,
      scale: 1,
      shown: shownPart,
      range: () => range,
      marks: () => marksOf(metric, words),
    }),
    data as uPlot.AlignedData,
    frame,
  );

  /** One drawing for however many messages came since the last frame. `fit`: also while the pointer is over it. */
  let fitting = false;
  function draw(fit: boolean): void {
    fitting ||= fit;
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      data = chartData(useRun.getState(), view());
      if (fitting || !useCharts.getState().held) range = rangeOf(data, view());
      fitting = false;
      plot.setData(data as uPlot.AlignedData);
    });
  }

  const line = document.createElement('div');
  line.className = css.crosshair ?? '';
  plot.over.append(line);
  function placeLine(): void {
    const at = useCharts.getState().pointed?.at ?? null;
    const [from, to] = shownPart();
    line.hidden = at === null || at < from || at > to;
    if (at !== null) line.style.transform = `translateX(${plot.valToPos(at, 'x')}px)`;
  }
  plot.hooks.draw = [...(plot.hooks.draw ?? []), placeLine];

  plot.over.addEventListener('pointermove', ({ offsetX, clientX }) => {
    const at = Math.min(wholeRun(), Math.max(0, plot.posToVal(offsetX, 'x')));
    useCharts.getState().point({ at, x: clientX, top: plot.over.getBoundingClientRect().top });
  });
  plot.over.addEventListener('pointerenter', () => useCharts.getState().hold(true));
  plot.over.addEventListener('pointerleave', () => {
    useCharts.getState().hold(false);
    useCharts.getState().point(null);
  });
  plot.over.addEventListener('dblclick', () => useCharts.getState().setZoom(null));
  plot.over.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { setZoom, zoom } = useCharts.getState();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        if (zoom !== null) setZoom(panned(zoom, sideways * WHEEL, wholeRun()));
        return;
      }
      const about = plot.posToVal(event.offsetX, 'x');
      setZoom(zoomed(shownPart(), about, Math.exp(event.deltaY * WHEEL), wholeRun()));
    },
    { passive: false },
  );
  plot.hooks.setSelect = [
    ...(plot.hooks.setSelect ?? []),
    ({ select }) => {
      if (select.width < 4) return;
      const from = Math.max(0, plot.posToVal(select.left, 'x'));
      const to = Math.min(wholeRun(), plot.posToVal(select.left + select.width, 'x'));
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      if (to > from) useCharts.getState().setZoom([from, to]);
    },
  ];

  const resize = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = frame;
    if (width > 0 && height > 0) plot.setSize({ width, height });
    draw(false);
  });
  resize.observe(frame);
  const stopRun = useRun.subscribe((now, before) => {
    if (now.run !== before.run) draw(true);
    else if (now.revision !== before.revision || now.epochs !== before.epochs || now.changes !== before.changes)
      draw(false);
  });
  const stopView = useCharts.subscribe((now, before) => {
    if (now.zoom !== before.zoom || now.smoothing !== before.smoothing) draw(true);
    else if (before.held && !now.held) draw(false);
    if (now.pointed !== before.pointed || now.zoom !== before.zoom) placeLine();
  });
  return () => {
    stopRun();
    stopView();
    resize.disconnect();
    cancelAnimationFrame(pending);
    plot.destroy();
  };
}

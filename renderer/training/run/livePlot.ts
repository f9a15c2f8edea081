import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { visitNear } from '../travel/visiting.ts';
import { changeMarks } from './changeMarks.ts';
import { chartData, rangeOf, scaleOf, type View } from './chartData.ts';
import { shownPart, useCharts } from './chartStore.ts';
import { bestBy, type CurveMetric, isEpochMetric } from './curveMetrics.ts';
import type { Marks } from './marks.ts';
import { PLOT_LEFT, PLOT_RIGHT, plotOptions } from './plotOptions.ts';
import css from './RunPanel.module.css';
import { windows } from './smooth.ts';
import { panned, zoomed } from './zoom.ts';

interface Words {
  /** Label at the best epoch. */
  best(epoch: number): string;
  change: Parameters<typeof changeMarks>[1];
}

const axisLength = (): number => useCharts.getState().end;

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

/** Plot that subscribes to the run and the view, without React. Returns a function that removes it. */
export function livePlot(metric: CurveMetric, frame: HTMLElement, words: Words): () => void {
  let pending = 0;
  const view = () => viewOf(metric, Math.max(40, frame.clientWidth - PLOT_LEFT - PLOT_RIGHT));
  let data = chartData(useRun.getState(), view());
  let range = rangeOf(data, view());
  const { log } = view();
  const plot = new uPlot(
    plotOptions({
      metric,
      axis: null,
      log,
      scale: 1,
      shown: shownPart,
      range: () => range,
      // The flags above the charts have the text.
      marks: () => {
        const { best, changes } = marksOf(metric, words);
        return { best, changes: changes.map(({ at }) => ({ at, text: '' })) };
      },
    }),
    data as uPlot.AlignedData,
    frame,
  );

  /** Schedules at most one redraw per frame. `fit` also narrows the y axis while the pointer is over the plot. */
  let fitting = false;
  function draw(fit: boolean): void {
    fitting ||= fit;
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      data = chartData(useRun.getState(), view());
      const [low, high] = rangeOf(data, view());
      // Under the pointer the axis may only grow: values keep their places, and no curve leaves the plot.
      const stays = !fitting && useCharts.getState().held;
      range = stays ? [Math.min(range[0], low), Math.max(range[1], high)] : [low, high];
      fitting = false;
      plot.setData(data as uPlot.AlignedData);
    });
  }

  function lineAt(name: string | undefined, epoch: () => number | null): () => void {
    const line = document.createElement('div');
    line.className = name ?? '';
    plot.over.append(line);
    return () => {
      const at = epoch();
      const [from, to] = shownPart();
      line.hidden = at === null || at < from || at > to;
      if (at !== null) line.style.transform = `translateX(${plot.valToPos(at, 'x')}px)`;
    };
  }
  const lines = [
    lineAt(css.visited, () => {
      const { at } = useCheckpoint.getState();
      return at === null ? null : scaleOf(useRun.getState()).epochOf(at.step);
    }),
    lineAt(css.crosshair, () => useCharts.getState().pointed?.at ?? null),
  ];
  const placeLines = (): void => {
    for (const place of lines) place();
  };
  plot.hooks.draw = [...(plot.hooks.draw ?? []), placeLines];

  plot.over.addEventListener('pointermove', ({ offsetX, clientX }) => {
    const at = Math.min(axisLength(), Math.max(0, plot.posToVal(offsetX, 'x')));
    useCharts.getState().point({ at, x: clientX, top: plot.over.getBoundingClientRect().top });
  });
  plot.over.addEventListener('pointerenter', () => useCharts.getState().hold(true));
  plot.over.addEventListener('pointerleave', () => {
    useCharts.getState().hold(false);
    useCharts.getState().point(null);
  });
  // uPlot suppresses the click after a drag.
  plot.over.addEventListener('click', ({ offsetX }) =>
    visitNear(scaleOf(useRun.getState()).stepOf(plot.posToVal(offsetX, 'x'))),
  );
  plot.over.addEventListener('dblclick', () => useCharts.getState().setZoom(null));
  plot.over.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { setZoom, zoom } = useCharts.getState();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        if (zoom !== null) setZoom(panned(zoom, sideways * WHEEL, axisLength()));
        return;
      }
      const about = plot.posToVal(event.offsetX, 'x');
      setZoom(zoomed(shownPart(), about, Math.exp(event.deltaY * WHEEL), axisLength()));
    },
    { passive: false },
  );
  plot.hooks.setSelect = [
    ...(plot.hooks.setSelect ?? []),
    ({ select }) => {
      if (select.width < 4) return;
      const from = Math.max(0, plot.posToVal(select.left, 'x'));
      const to = Math.min(axisLength(), plot.posToVal(select.left + select.width, 'x'));
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
    if (now.zoom !== before.zoom || now.end !== before.end || now.smoothing !== before.smoothing) draw(true);
    else if (before.held && !now.held) draw(false);
    if (now.pointed !== before.pointed || now.zoom !== before.zoom) placeLines();
  });
  const stopVisits = useCheckpoint.subscribe(placeLines);
  return () => {
    stopRun();
    stopView();
    stopVisits();
    resize.disconnect();
    cancelAnimationFrame(pending);
    plot.destroy();
  };
}

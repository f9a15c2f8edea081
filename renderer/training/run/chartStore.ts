import { z } from 'zod';
import { create } from 'zustand';
import { distinct, remembered } from '../../state/stores/remembered.ts';
import { type CurveMetric, curveMetrics } from './curveMetrics.ts';
import { windows } from './smooth.ts';

const rememberedCharts = z.object({
  shown: z.array(z.enum(curveMetrics)).min(1).refine(distinct),
  /** Index into `windows` of the smoothing window. */
  smoothing: z
    .int()
    .min(0)
    .max(windows.length - 1),
  /** Metrics with a logarithmic y axis. */
  log: z.array(z.enum(curveMetrics)),
  /** Shows the table of epochs instead of the curves. */
  table: z.boolean(),
});
type RememberedCharts = z.infer<typeof rememberedCharts>;

/** Pointer position: epoch, x in the window, and top of the plot. */
export interface ChartPointer {
  readonly at: number;
  readonly x: number;
  readonly top: number;
}

interface ChartState extends RememberedCharts {
  /** End of the time axis for the whole run, in epochs (timeAxis.ts). */
  readonly end: number;
  /** Visible range of all charts, in epochs; null for the whole run. */
  readonly zoom: readonly [from: number, to: number] | null;
  /** Position of the crosshair. */
  readonly pointed: ChartPointer | null;
  /** The pointer is over a chart. Meanwhile no axis moves. */
  readonly held: boolean;
  toggle(metric: CurveMetric): void;
  toggleLog(metric: CurveMetric): void;
  setSmoothing(smoothing: number): void;
  setTable(table: boolean): void;
  setEnd(end: number): void;
  setZoom(zoom: ChartState['zoom']): void;
  point(pointed: ChartPointer | null): void;
  hold(held: boolean): void;
}

const defaults: RememberedCharts = { shown: ['loss', 'accuracy'], smoothing: 2, log: [], table: false };

const memory = remembered('netloom.charts', rememberedCharts, defaults);

/** Toggles a metric. The result has the drawing order. */
const toggled = (list: readonly CurveMetric[], metric: CurveMetric): CurveMetric[] =>
  curveMetrics.filter((each) => (each === metric) !== list.includes(each));

/** Visible range of all charts, in epochs. */
export const shownPart = (): readonly [from: number, to: number] => {
  const { zoom, end } = useCharts.getState();
  return zoom ?? [0, end];
};

/** Display options that all charts share. */
export const useCharts = create<ChartState>()((set) => {
  const keep = (change: (state: ChartState) => Partial<RememberedCharts>) =>
    set((state) => {
      const next = change(state);
      memory.write({ ...state, ...next });
      return next;
    });
  return {
    ...memory.read(),
    end: 1,
    zoom: null,
    pointed: null,
    held: false,
    toggle: (metric) =>
      keep(({ shown }) => {
        const next = toggled(shown, metric);
        return next.length === 0 ? {} : { shown: next };
      }),
    toggleLog: (metric) => keep(({ log }) => ({ log: toggled(log, metric) })),
    setSmoothing: (smoothing) => keep(() => ({ smoothing })),
    setTable: (table) => keep(() => ({ table })),
    setEnd: (end) => set({ end }),
    setZoom: (zoom) => set({ zoom }),
    point: (pointed) => set({ pointed }),
    hold: (held) => set({ held }),
  };
});

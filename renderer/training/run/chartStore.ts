import { z } from 'zod';
import { create } from 'zustand';
import { distinct, remembered } from '../../state/stores/remembered.ts';
import { type CurveMetric, curveMetrics } from './curveMetrics.ts';
import { windows } from './smooth.ts';

const rememberedCharts = z.object({
  shown: z.array(z.enum(curveMetrics)).min(1).refine(distinct),
  /** Which of `windows` curves are smoothed by. */
  smoothing: z
    .int()
    .min(0)
    .max(windows.length - 1),
  /** Whose y axis is logarithmic. */
  log: z.array(z.enum(curveMetrics)),
  /** Figures by epoch in place of curves. */
  table: z.boolean(),
});
type RememberedCharts = z.infer<typeof rememberedCharts>;

/** A place in the run, in epochs, and where in the window that is: across, and the top of the plot. */
export interface ChartPointer {
  readonly at: number;
  readonly x: number;
  readonly top: number;
}

interface ChartState extends RememberedCharts {
  /** Where the time axis of the whole run ends, in epochs (timeAxis.ts). */
  readonly end: number;
  /** What all charts show of the run, in epochs; null for the whole. */
  readonly zoom: readonly [from: number, to: number] | null;
  /** Where the crosshair is. */
  readonly pointed: ChartPointer | null;
  /** The pointer is over a chart: no axis moves under it. */
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

/** In the order in which they are drawn. */
const toggled = (list: readonly CurveMetric[], metric: CurveMetric): CurveMetric[] =>
  curveMetrics.filter((each) => (each === metric) !== list.includes(each));

/** The part of the run that all charts show, in epochs. */
export const shownPart = (): readonly [from: number, to: number] => {
  const { zoom, end } = useCharts.getState();
  return zoom ?? [0, end];
};

/** How the curves are looked at: the same for all charts. */
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

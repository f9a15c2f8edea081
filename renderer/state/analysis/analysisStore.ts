import { create } from 'zustand';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { type StepWork, stepTimeModel } from '../../../src/metrics/stepTime.ts';
import type { AnalyzedCost } from '../../../src/protocol/device.ts';
import { engine } from '../desktop/engine.ts';
import { newestWins } from '../desktop/newestWins.ts';
import { samePlacesAside } from '../stores/samePlacesAside.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { keepMeasurement, type Measurement, measuredOn, readMeasurements } from './measurements.ts';

interface AnalysisState {
  /** Batch size chosen in the panel; null for that of the training settings. */
  readonly batch: number | null;
  /** Analyzes of the current network by the engine, by batch size; empty until they arrive. */
  readonly costs: ReadonlyMap<number, AnalyzedCost>;
  readonly measurements: readonly Measurement[];
  setBatch(batch: number | null): void;
}

export const useAnalysis = create<AnalysisState>()((set) => ({
  batch: null,
  costs: new Map(),
  measurements: readMeasurements(),
  setBatch: (batch) => set({ batch }),
}));

/** Batch size of the figures in the panel. */
export const batchOf = (chosen: number | null): number => chosen ?? useDocument.getState().root.recipe.batchSize;

const deviceOf = (): string => `${useRun.getState().provider?.provider ?? 'cpu'} ${navigator.hardwareConcurrency}`;

const workOf = (macs: number, { batch, movedBytes, ops }: AnalyzedCost): StepWork => ({
  macs: macs * batch,
  bytes: movedBytes,
  ops,
});

/** Predicted milliseconds per step, from step times measured on this machine; null before the first measurement. */
export function predictedMs(cost: AnalyzedCost | undefined, macs: number, list: readonly Measurement[]): number | null {
  if (cost === undefined) return null;
  return stepTimeModel(measuredOn(list, deviceOf()))?.(workOf(macs, cost)) ?? null;
}

/** Pause in editing (ms) before the engine is called. */
const PAUSE = 500;
/** Number of first steps of a run that are not measured, because they are slower. */
const WARM = 20;
/** Interval (ms) between measurements of an active run. */
const NOTE_EVERY = 3000;

const sameCost = (a: NetworkDocument, b: NetworkDocument): boolean =>
  a === b || (a.recipe === b.recipe && samePlacesAside(a, b));

/** Updates the costs when the network changes, and measures the step times of runs. */
export function followAnalysis(): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const begin = newestWins();

  function later(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void ask().catch(() => {}), PAUSE);
  }

  async function ask(): Promise<void> {
    timer = null;
    const { root: document, rootCheck: check } = useDocument.getState();
    if (check.graph === null || useRun.getState().engine !== 'ready') return;
    const batches = new Set([document.recipe.batchSize, batchOf(useAnalysis.getState().batch)]);
    const isNewest = begin();
    for (const batch of batches) {
      if (useAnalysis.getState().costs.has(batch)) continue;
      const result = await costOf(document, batch);
      // The network may have changed meanwhile.
      if (!isNewest() || result === null) return;
      useAnalysis.setState(({ costs }) => ({ costs: new Map([...costs, [batch, result]]) }));
    }
  }

  useDocument.subscribe((now, before) => {
    if (now.root === before.root || sameCost(now.root, before.root)) return;
    begin();
    useAnalysis.setState({ costs: new Map() });
    later();
  });
  useAnalysis.subscribe((now, before) => {
    if (now.batch !== before.batch) later();
  });
  useRun.subscribe((now, before) => {
    if (now.engine !== before.engine) later();
  });
  followRuns();
  later();
}

const costOf = (document: NetworkDocument, batch: number): Promise<AnalyzedCost> =>
  engine.call('analyze', { document, batch });

function followRuns(): void {
  let work: { readonly run: string; readonly work: Promise<StepWork | null> } | null = null;
  let noted = 0;

  function workOfRun(run: string, document: NetworkDocument): Promise<StepWork | null> {
    if (work?.run !== run) {
      const { macs } = useDocument.getState().rootCheck.totals;
      const asking = costOf(document, document.recipe.batchSize)
        .then((cost) => cost && workOf(macs, cost))
        .catch(() => null);
      work = { run, work: asking };
    }
    return work.work;
  }

  useRun.subscribe(({ run, document, step, samplesPerSecond }) => {
    if (run === null || document === null) return;
    if (work?.run !== run) void workOfRun(run, document);
    if (step < WARM || samplesPerSecond <= 0 || performance.now() - noted < NOTE_EVERY) return;
    noted = performance.now();
    const ms = (document.recipe.batchSize / samplesPerSecond) * 1000;
    workOfRun(run, document).then((known) => {
      if (known === null) return;
      useAnalysis.setState({ measurements: keepMeasurement({ device: deviceOf(), run, ...known, ms }) });
    });
  });
}

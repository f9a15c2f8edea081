import { create } from 'zustand';
import type { EngineLink } from '../../../src/desktopCalls.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { WeightMoves } from '../../../src/graph/weightMoves.ts';
import type { ProviderReport } from '../../../src/protocol/device.ts';
import type { RunState as EngineRunState, RunEvent, RunEventOf } from '../../../src/protocol/runEvents.ts';
import type { Provider } from '../../../src/provider.ts';
import { type CurveRow, Curves } from '../../../src/runs/curves.ts';
import type { EpochRecord, RunChange } from '../../../src/runs/record.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import type { Start } from '../run/start.ts';

/** An epoch, and the number of steps at its end. */
export type EpochRow = EpochRecord & { readonly step: number };

/** A queued run. */
export interface QueuedRun {
  readonly run: string;
  readonly document: NetworkDocument;
  /** Source of the initial weights. */
  readonly weights: Start;
}

/** The run of a project file, as the engine has read it. */
export interface ReadRun extends EarlierRun {
  readonly state: 'done' | 'stopped';
  readonly kept: number | null;
  readonly hasOthers: boolean;
  /** The run is not stored on this machine in this state; resuming it starts a new run. */
  readonly fromFile: boolean;
}

/** An earlier run that can be resumed. */
export interface EarlierRun {
  readonly run: string;
  readonly document: NetworkDocument;
  readonly curves: Curves;
  readonly history: readonly EpochRow[];
  readonly changes: readonly RunChange[];
  readonly step: number;
  readonly steps: number;
  /** Moves of weights to new names since the run. */
  readonly moved: readonly WeightMoves[];
}

export interface RunState {
  /** Id of the current or the last run. */
  readonly run: string | null;
  /** The compiled document. */
  readonly document: NetworkDocument | null;
  readonly state: EngineRunState | 'none';
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly samplesPerSecond: number;
  /** Share of the time of late steps that was spent waiting for data, 0 to 1. */
  readonly waiting: number;
  readonly message: Message | null;
  /** The epoch whose weights a finished run restored; null for the last epoch. */
  readonly kept: number | null;
  /** True if the network has the weights of an earlier checkpoint instead of the last ones of the run. */
  readonly hasOthers: boolean;
  /** True if the run was read from a file and is not stored on this machine. */
  readonly fromFile: boolean;
  /** By step. Mutated; `revision` changes with it. */
  readonly curves: Curves;
  /** By epoch. Mutated, too. */
  readonly history: EpochRow[];
  /** Settings changed during the run. */
  readonly changes: readonly RunChange[];
  readonly revision: number;
  /** True if the engine has trained or loaded weights. */
  readonly hasWeights: boolean;
  readonly weightsUnsaved: boolean;
  /** Counts how often the network got other weights than those of the run. */
  readonly taken: number;
  /** Counts the moves of weights to new names since the file was saved or opened. */
  readonly moves: number;
  /** Moves of weights to new names since the run began. */
  readonly moved: readonly WeightMoves[];
  /** Queued runs of this window, in order. */
  readonly queue: readonly QueuedRun[];
  readonly engine: 'connecting' | 'ready' | 'failed';
  /** Training devices, usable or not. */
  readonly providers: readonly ProviderReport[];
  /** Device used for training. */
  readonly provider: ProviderReport | null;
  enqueue(run: QueuedRun): void;
  /** Drops the queued runs, which do not belong to this network. */
  clearQueue(): void;
  /** Resumes an earlier run at its last step. */
  resume(run: EarlierRun): void;
  /** Shows a run that is active in the engine. */
  adopt(run: EarlierRun & { readonly state: 'running' | 'paused' }): void;
  begin(run: string, document: NetworkDocument): void;
  /** Shows the run that is stored with the opened network. */
  recall(run: ReadRun): void;
  receive(event: RunEvent): void;
  linked(state: EngineLink['state']): void;
  setProviders(providers: readonly ProviderReport[]): void;
  /** Selects the training device; ignored if it is not usable. */
  setDevice(provider: Provider): void;
  /** Clears the state for another network. */
  reset(hasWeights: boolean, weightsUnsaved?: boolean): void;
  weightsSaved(): void;
  weightsMoved(moves: readonly WeightMoves[]): void;
  /** Records that the network now has the weights of the checkpoint at this step. */
  weightsTaken(step: number | null): void;
}

const nothing = {
  run: null,
  document: null,
  state: 'none',
  step: 0,
  steps: 0,
  epoch: 0,
  epochs: 0,
  samplesPerSecond: 0,
  waiting: 0,
  message: null,
  kept: null,
  hasOthers: false,
  fromFile: false,
  changes: [],
  moved: [],
} as const;

/** New objects for each run, because they are mutated. */
const noCurves = () => ({ curves: new Curves(), history: [], revision: 0 });

export const isActive = (state: RunState['state']): boolean =>
  state === 'preparing' || state === 'running' || state === 'paused';

const rowsOf = ({ step, samplesPerSecond, waiting: _, ...columns }: RunEventOf<'progress'>): CurveRow[] =>
  Array.from(step, (at, i) => ({
    step: at,
    loss: columns.loss[i] ?? Number.NaN,
    accuracy: columns.accuracy[i] ?? Number.NaN,
    learningRate: columns.learningRate[i] ?? Number.NaN,
    gradientNorm: columns.gradientNorm[i] ?? Number.NaN,
    samplesPerSecond,
  }));

const rowOf = ({ kind: _, run: __, ...row }: RunEventOf<'epoch'>): EpochRow => row;

/** Minimum interval between updates of the figures (ms). Faster updates are unreadable and cost render time. */
const SHOW_EVERY = 100;
/** Weight of a new value in the moving average of the rate, which fluctuates. */
const RATE_WEIGHT = 0.15;
/** The same for the share of waiting, whose remark should not come and go. */
const WAITING_WEIGHT = 0.03;

export const createRunStore = () =>
  create<RunState>()((set, get) => {
    let rate = 0;
    let waiting = 0;
    let events = 0;
    let lastStep = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;

    function show(): void {
      timer = null;
      set(({ revision, step }) => ({
        revision: revision + 1,
        step: Math.max(step, lastStep),
        samplesPerSecond: rate,
        waiting,
      }));
    }
    function forget(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      rate = 0;
      waiting = 0;
      events = 0;
      lastStep = 0;
    }

    /** A queued run begins or is canceled. */
    function takeFromQueue({ run, state }: RunEventOf<'run'>): void {
      const waiting = get().queue.find((each) => each.run === run);
      if (waiting === undefined || state === 'queued') return;
      set(({ queue }) => ({ queue: queue.filter((each) => each !== waiting) }));
      if (state !== 'stopped') get().begin(run, waiting.document);
    }

    return {
      ...nothing,
      ...noCurves(),
      hasWeights: false,
      weightsUnsaved: false,
      taken: 0,
      moves: 0,
      queue: [],
      engine: 'connecting',
      providers: [],
      provider: null,
      enqueue: (run) => set(({ queue }) => ({ queue: [...queue, run] })),
      clearQueue: () => set({ queue: [] }),
      resume({ run, document, step, steps, curves, history, changes, moved }) {
        forget();
        lastStep = step;
        const { epochs } = document.recipe;
        const epoch = history.at(-1)?.epoch ?? 0;
        const place = { step, steps, epoch, epochs, changes, moved };
        set({ ...nothing, run, document, state: 'preparing', ...place, curves, history: [...history], revision: 0 });
      },
      adopt({ state, ...run }) {
        get().resume(run);
        set({ state, hasWeights: true, weightsUnsaved: true });
      },
      begin(run, document) {
        forget();
        const { batchSize: _, epochs } = document.recipe;
        set({ ...nothing, run, document, state: 'preparing', epochs, ...noCurves() });
      },
      recall({ history, ...run }) {
        forget();
        lastStep = run.step;
        const { epochs } = run.document.recipe;
        const epoch = history.at(-1)?.epoch ?? 0;
        set({ ...nothing, ...run, epoch, epochs, history: [...history], revision: 0 });
      },
      receive(event) {
        if (event.kind === 'run') takeFromQueue(event);
        const { run, curves, history } = get();
        switch (event.kind) {
          case 'run': {
            if (event.run !== run) return;
            const { state, step, steps, epoch, epochs, message, kept } = event;
            // A failed run ends at its last finite weights, before the last reported step.
            lastStep = isActive(state) ? Math.max(lastStep, step) : step;
            set(({ revision }) => ({ state, step, steps, epoch, epochs, message, kept, revision: revision + 1 }));
            if (isActive(state)) set({ hasOthers: false });
            if (step > 0) set({ hasWeights: true, weightsUnsaved: true });
            return;
          }
          case 'progress':
            if (event.run !== run) return;
            for (const row of rowsOf(event)) curves.add(row);
            lastStep = event.step.at(-1) ?? lastStep;
            // A plain mean at first: the first steps also take the time of the threads to start.
            waiting += Math.max(WAITING_WEIGHT, 1 / ++events) * (event.waiting - waiting);
            rate = rate === 0 ? event.samplesPerSecond : rate + RATE_WEIGHT * (event.samplesPerSecond - rate);
            if (!get().weightsUnsaved) set({ hasWeights: true, weightsUnsaved: true });
            timer ??= setTimeout(show, SHOW_EVERY);
            return;
          case 'epoch':
            if (event.run !== run) return;
            history.push(rowOf(event));
            set(({ revision }) => ({ epoch: event.epoch, revision: revision + 1 }));
            return;
          case 'changed':
            if (event.run === run) set(({ changes }) => ({ changes: [...changes, event.change] }));
            return;
          case 'samples':
          case 'library':
            return;
          default:
            event satisfies never;
        }
      },
      linked(link) {
        const { state } = get();
        set({ engine: link === 'failed' ? 'failed' : 'ready' });
        if (link === 'ready' || !isActive(state)) return;
        forget();
        set({ state: 'failed', message: { key: 'engine.lostRun' } });
      },
      setProviders: (providers) =>
        set({ providers, provider: providers.find(({ provider }) => provider === 'cpu') ?? null }),
      setDevice: (wanted) =>
        set(({ providers, provider }) => ({
          provider: providers.find((each) => each.provider === wanted && each.usable) ?? provider,
        })),
      reset(hasWeights, weightsUnsaved = false) {
        forget();
        set({ ...nothing, ...noCurves(), hasWeights, weightsUnsaved, moves: 0 });
      },
      weightsSaved: () => set({ weightsUnsaved: false, moves: 0 }),
      weightsTaken: (step) =>
        set((now) => ({ taken: now.taken + 1, hasWeights: true, weightsUnsaved: true, hasOthers: step !== now.step })),
      weightsMoved: (moves) =>
        set((state) => ({
          moves: state.hasWeights ? state.moves + 1 : state.moves,
          moved: [...state.moved, ...moves],
        })),
    };
  });

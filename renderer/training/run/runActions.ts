import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { startWeights } from '../../../src/graph/recipe.ts';
import { Curves } from '../../../src/runs/curves.ts';
import { UserError } from '../../../src/text.ts';
import { engine, sendToEngine } from '../../state/desktop/engine.ts';
import { opened } from '../../state/files/opening.ts';
import { epochRows } from '../../state/run/epochRows.ts';
import { notTrainable } from '../../state/run/notTrainable.ts';
import type { Start } from '../../state/run/start.ts';
import { applyFixToNetwork } from '../../state/stores/applyFix.ts';
import { isActive, type RunState } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { seriesOf } from '../runs/useSeries.ts';
import { queueRun } from './queue.ts';
import { type Adjustable, recipeNow } from './recipeNow.ts';
import { requestTraining } from './trainRequest.ts';

/** Current network if it can be trained; else null, after a notice with the reason and the list of problems. */
function trainable(): NetworkDocument | null {
  useDocument.getState().commit();
  const { root, rootCheck } = useDocument.getState();
  const why = notTrainable(root, rootCheck);
  if (why !== null) {
    const { notify } = useUi.getState();
    const { message, fix } = why;
    showPanel('problems');
    notify({
      tone: 'info',
      about: 'run',
      message,
      ...(fix !== null && { action: { label: fix.title, run: () => applyFixToNetwork(fix) } }),
    });
    return null;
  }
  return useRun.getState().engine === 'ready' ? root : null;
}

/** True if a run has begun while another network was being opened, by a first click for example. */
const hasBegunSince = (before: RunState['state']): boolean => !isActive(before) && isActive(useRun.getState().state);

/**
 * Starts a run of the current network, or of the one that is being opened. While a series of this window is active, the run is
 * queued behind it, with a notice; `now` runs it before the rest of the series. Returns true if it started.
 */
export async function start(weights: Start, paused: boolean, now = false): Promise<boolean> {
  const { state } = useRun.getState();
  // Opening ends the present run: a run that begins before would end with it.
  await opened();
  if (hasBegunSince(state)) return false;
  const document = trainable();
  if (document === null) return false;
  const { runs, own } = useRuns.getState();
  const series = seriesOf(runs, own);
  if (series !== null && !now) {
    waitForSeries(document, weights, paused, series.underWay.length);
    return false;
  }
  const run = crypto.randomUUID();
  useRun.getState().begin(run, document);
  requestTraining({ run, document, weights, paused });
  showPanel('curves');
  return true;
}

function waitForSeries(document: NetworkDocument, weights: Start, paused: boolean, count: number): void {
  // A run that should start paused is not queued.
  const queued = paused ? null : enqueue(document, weights);
  useUi.getState().notify({
    tone: 'info',
    about: 'run',
    message: { key: paused ? 'run.seriesFirst' : 'run.behindSeries', values: { count } },
    action: {
      label: { key: 'run.startNow' },
      run() {
        if (queued !== null) removeFromQueue(queued);
        void start(weights, paused, true);
      },
    },
  });
}

function enqueue(document: NetworkDocument, weights: Start): string {
  const run = crypto.randomUUID();
  queueRun({ run, document, weights });
  showPanel('curves');
  return run;
}

/** Queues a run of the current network behind the active runs. */
export async function addToQueue(): Promise<void> {
  await opened();
  const document = trainable();
  if (document === null) return;
  if (isActive(useRun.getState().state)) enqueue(document, startWeights(document));
  else await start(startWeights(document), false);
}

export const removeFromQueue = (run: string): void => sendToEngine('control', { run, action: 'stop' });

/** Shows errors of the engine as notices. */
function notifyError(error: unknown): void {
  if (error instanceof UserError) useUi.getState().notify({ tone: 'bad', about: 'run', message: error.text });
  else console.error(error);
}

/** Continues the run of the opened file as a new run. */
function goOnFromFile(epochs: number | undefined): void {
  const { document: ran, curves, history, changes, step, steps, moved, resume } = useRun.getState();
  if (ran === null) return;
  const run = crypto.randomUUID();
  const document = { ...ran, recipe: { ...ran.recipe, epochs: epochs ?? ran.recipe.epochs } };
  resume({ run, document, step, steps, curves, history, changes, moved });
  requestTraining({ run, document, weights: 'resume', moved });
  showPanel('curves');
}

/** Resumes a run from its last kept checkpoint, under the same id. */
export async function resumeStopped(run: string, more: { readonly epochs?: number } = {}): Promise<void> {
  const { state } = useRun.getState();
  await opened();
  if (hasBegunSince(state) || useRun.getState().engine !== 'ready') return;
  if (useRun.getState().run === run && useRun.getState().fromFile) {
    goOnFromFile(more.epochs);
    return;
  }
  try {
    const read = await engine.call('readRun', { run });
    const last = read.checkpoints.at(-1);
    if (last === undefined) {
      useUi.getState().notify({ tone: 'bad', about: 'run', message: { key: 'run.noCheckpoint' } });
      return;
    }
    const epochs = more.epochs ?? read.document.recipe.epochs;
    const document = { ...read.document, recipe: { ...read.document.recipe, epochs } };
    const { record, history, changes } = read;
    const present = useRun.getState();
    const moved = present.run === run ? present.moved : [];
    present.resume({
      run,
      document,
      step: last.step,
      steps: record.steps,
      curves: Curves.fromArrays(read.curves),
      history: epochRows(history, read.checkpoints, record),
      changes,
      moved,
    });
    requestTraining({ run, document, weights: 'resume', from: { run, step: last.step }, moved });
    showPanel('curves');
  } catch (error) {
    notifyError(error);
  }
}

/** True if the network is still the one of the current run. */
export function isTrained(): boolean {
  const { document } = useRun.getState();
  return document !== null && sameNetwork(document, useDocument.getState().root);
}

/** True if the last run was stopped early and the network is unchanged since then. */
export function canResumeLastRun(): boolean {
  const { run, state, step } = useRun.getState();
  if (run === null || step === 0 || (state !== 'stopped' && state !== 'failed')) return false;
  return isTrained();
}

export function resumeLastRun(): void {
  const { run } = useRun.getState();
  if (run !== null && canResumeLastRun()) void resumeStopped(run);
}

/** Changes the active run from its next step. */
export function change(wanted: Partial<Adjustable>): void {
  const { run, state } = useRun.getState();
  if (run !== null && isActive(state)) sendToEngine('change', { run, ...wanted });
}

export const canExtend = (): boolean => {
  const { run, state, step } = useRun.getState();
  return run !== null && (isActive(state) || (step > 0 && (state === 'done' || state === 'stopped')));
};

/** Adds epochs to the run. A run that has ended is resumed. */
export function extend(by: number): void {
  const { run, document, changes, state, epoch } = useRun.getState();
  if (run === null || document === null || !canExtend()) return;
  const { epochs } = recipeNow(document.recipe, changes);
  if (isActive(state)) change({ epochs: epochs + by });
  // For a run that ended early, the epochs are counted from the last one done.
  else void resumeStopped(run, { epochs: (state === 'done' ? epoch : epochs) + by });
}

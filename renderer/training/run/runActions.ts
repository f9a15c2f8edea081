import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { Curves } from '../../../src/runs/curves.ts';
import { UserError } from '../../../src/text.ts';
import { engine, tellEngine } from '../../state/desktop/engine.ts';
import { epochRows } from '../../state/run/epochRows.ts';
import { notTrainable } from '../../state/run/notTrainable.ts';
import type { Start } from '../../state/run/start.ts';
import { applyFixToNetwork } from '../../state/stores/applyFix.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { seriesOf } from '../runs/useSeries.ts';
import { queueRun } from './queue.ts';
import { type Adjustable, recipeNow } from './recipeNow.ts';
import { requestTraining } from './trainRequest.ts';

/** The drawing, when it can be trained now; else tells the reason and shows the problems. */
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

/**
 * Starts a run of the drawing as it is. While a series of this window is under way, it waits for the end of that, and the
 * user is told; `now`: the series waits. Returns whether it started.
 */
export function start(weights: Start, paused: boolean, now = false): boolean {
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
  // A run that is to wait at its start is not worth waiting for.
  const queued = paused ? null : enqueue(document, weights);
  useUi.getState().notify({
    tone: 'info',
    about: 'run',
    message: { key: paused ? 'run.seriesFirst' : 'run.behindSeries', values: { count } },
    action: {
      label: { key: 'run.startNow' },
      run() {
        if (queued !== null) removeFromQueue(queued);
        start(weights, paused, true);
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

/** Trains the drawing as it is now when the runs before it have ended. */
export function addToQueue(): void {
  const document = trainable();
  if (document === null) return;
  if (isActive(useRun.getState().state)) enqueue(document, 'fresh');
  else start('fresh', false);
}

export const removeFromQueue = (run: string): void => tellEngine('control', { run, action: 'stop' });

/** What the engine refuses is told. */
function notifyError(error: unknown): void {
  if (error instanceof UserError) useUi.getState().notify({ tone: 'bad', about: 'run', message: error.text });
  else console.error(error);
}

/** Goes on with the run of the file that was opened, as a run of its own. */
function goOnFromFile(epochs: number | undefined): void {
  const { document: ran, curves, history, changes, step, steps, moved, goOn } = useRun.getState();
  if (ran === null) return;
  const run = crypto.randomUUID();
  const document = { ...ran, recipe: { ...ran.recipe, epochs: epochs ?? ran.recipe.epochs } };
  goOn({ run, document, step, steps, curves, history, changes, moved });
  requestTraining({ run, document, weights: 'resume', moved });
  showPanel('curves');
}

/** Goes on with a run in its place, from its last kept checkpoint, as if it had not been interrupted. */
export async function goOn(run: string, more: { readonly epochs?: number } = {}): Promise<void> {
  if (useRun.getState().engine !== 'ready') return;
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
    present.goOn({
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

/** The drawing is still the network that the present run trains. */
export function isTrained(): boolean {
  const { document } = useRun.getState();
  return document !== null && sameNetwork(document, useDocument.getState().root);
}

/** The last run was ended before its time, and the drawing is still the network that it trains. */
export function canGoOn(): boolean {
  const { run, state, step } = useRun.getState();
  if (run === null || step === 0 || (state !== 'stopped' && state !== 'failed')) return false;
  return isTrained();
}

export function goOnWithLast(): void {
  const { run } = useRun.getState();
  if (run !== null && canGoOn()) void goOn(run);
}

/** Changes the run under way from its next step on. */
export function change(wanted: Partial<Adjustable>): void {
  const { run, state } = useRun.getState();
  if (run !== null && isActive(state)) tellEngine('change', { run, ...wanted });
}

export const canExtend = (): boolean => {
  const { run, state, step } = useRun.getState();
  return run !== null && (isActive(state) || (step > 0 && (state === 'done' || state === 'stopped')));
};

/** So many epochs more than the run was to have; one that has ended goes on. */
export function extend(by: number): void {
  const { run, document, changes, state, epoch } = useRun.getState();
  if (run === null || document === null || !canExtend()) return;
  const { epochs } = recipeNow(document.recipe, changes);
  if (isActive(state)) change({ epochs: epochs + by });
  // Also of a run that ended early: more than it has done.
  else void goOn(run, { epochs: (state === 'done' ? epoch : epochs) + by });
}

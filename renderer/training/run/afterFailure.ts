import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { Curves } from '../../../src/runs/curves.ts';
import { engine } from '../../state/desktop/engine.ts';
import { opened } from '../../state/files/opening.ts';
import { epochRows } from '../../state/run/epochRows.ts';
import { resendNames } from '../../state/run/followNames.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { reportLostQueue, takeQueue } from './queue.ts';

/** Loads the newest loadable checkpoint into the engine and returns its step; null if none could be loaded. */
async function takeNewest(run: string): Promise<number | null> {
  const { checkpoints } = await engine.call('listCheckpoints', { run });
  for (const { step } of checkpoints.toReversed()) {
    const taken = await engine.call('takeWeights', { at: { run, step } }).catch(() => null);
    if (taken !== null) return step;
  }
  return null;
}

/** Restores the weights after a restart of the engine: from the file, or from the last checkpoint of an unsaved run. */
export async function engineRestarted(): Promise<void> {
  reportLostQueue();
  const { run, weightsUnsaved, moved } = useRun.getState();
  const step = run === null || !weightsUnsaved ? null : await takeNewest(run).catch(() => null);
  if (step === null) resendNames();
  else if (moved.length > 0) await engine.call('moveWeights', { moves: moved });
  const message: Message =
    step === null ? { key: 'engine.restarted' } : { key: 'engine.restartedCheckpoint', values: { step: whole(step) } };
  useUi.getState().notify({ tone: 'bad', about: 'engine', message });
}

/** Connects a reloaded page to the active run of its engine. */
export async function adoptRun(): Promise<void> {
  await opened();
  const { present, waiting } = await engine.call('listRuns', {});
  await takeQueue({ present, waiting });
  if (present === null || present.aside || useRun.getState().run !== null) return;
  const read = await engine.call('readRun', { run: present.run });
  if (!sameNetwork(read.document, useDocument.getState().root)) return;
  const { record, document, history, changes, curves, checkpoints } = read;
  useRun.getState().adopt({
    run: record.id,
    document,
    step: checkpoints.at(-1)?.step ?? 0,
    steps: record.steps,
    curves: Curves.fromArrays(curves),
    history: epochRows(history, checkpoints, record),
    changes,
    moved: [],
    state: record.state === 'paused' ? 'paused' : 'running',
  });
}

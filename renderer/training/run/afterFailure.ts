import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { Curves } from '../../../src/runs/curves.ts';
import { askEngine } from '../../state/desktop/engine.ts';
import { opened } from '../../state/files/opening.ts';
import { epochRows } from '../../state/run/epochRows.ts';
import { tellNamesAgain } from '../../state/run/followNames.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { takeQueue, tellLostQueue } from './queue.ts';

/** Step of the newest checkpoint whose weights the engine could take; null where it could take none. */
async function takeNewest(run: string): Promise<number | null> {
  const answer = await askEngine({ kind: 'listMoments', run });
  if (answer.kind !== 'moments') return null;
  for (const { step } of answer.moments.toReversed()) {
    const taken = await askEngine({ kind: 'takeWeights', at: { run, step } }).catch(() => null);
    if (taken !== null) return step;
  }
  return null;
}

/** The engine was started again with the weights of the file; those of an unsaved run come from its last checkpoint. */
export async function engineRestarted(): Promise<void> {
  tellLostQueue();
  const { run, weightsUnsaved, moved } = useRun.getState();
  const step = run === null || !weightsUnsaved ? null : await takeNewest(run).catch(() => null);
  if (step === null) tellNamesAgain();
  else if (moved.length > 0) await askEngine({ kind: 'moveWeights', moves: moved });
  const message: Message =
    step === null ? { key: 'engine.restarted' } : { key: 'engine.restartedCheckpoint', values: { step: whole(step) } };
  useUi.getState().notify({ tone: 'bad', about: 'engine', message });
}

/** A page that was loaded again takes up the run that its engine has under way. */
export async function adoptRun(): Promise<void> {
  await opened();
  const answer = await askEngine({ kind: 'listRuns' });
  if (answer.kind !== 'runs') return;
  await takeQueue(answer);
  if (answer.present === null || answer.present.aside || useRun.getState().run !== null) return;
  const read = await askEngine({ kind: 'readRun', run: answer.present.run });
  if (read.kind !== 'runRead' || !sameNetwork(read.document, useDocument.getState().root)) return;
  const { record, document, history, changes, curves, moments } = read;
  useRun.getState().adopt({
    run: record.id,
    document,
    step: moments.at(-1)?.step ?? 0,
    steps: record.steps,
    curves: Curves.fromArrays(curves),
    history: epochRows(history, moments, record),
    changes,
    moved: [],
    state: record.state === 'paused' ? 'paused' : 'running',
  });
}

import type { NetworkDocument } from '../../../src/graph/document.ts';
import { startWeights } from '../../../src/graph/recipe.ts';
import type { KeptRun } from '../../../src/protocol/runs.ts';
import type { CheckpointRef, RunRecord } from '../../../src/runs/record.ts';
import type { VariedValues } from '../../../src/sweep/plan.ts';
import { UserError } from '../../../src/text.ts';
import { engine, sendToEngine } from '../../state/desktop/engine.ts';
import { newestWins } from '../../state/desktop/newestWins.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useUi } from '../../state/stores/stores.ts';
import { requestTraining } from '../run/trainRequest.ts';

/** Shows errors of the engine as notices. */
function notifyError(error: unknown): void {
  if (error instanceof UserError) useUi.getState().notify({ tone: 'bad', about: 'runs', message: error.text });
  else console.error(error);
}

const begin = newestWins();

/** Reads all runs once the engine is ready. */
export async function readRuns(): Promise<void> {
  const isNewest = begin();
  const { runs } = await engine.call('listRuns', {});
  if (!isNewest()) return;
  useRuns.getState().setAll(runs);
}

export const readRun = (run: string): Promise<KeptRun> => engine.call('readRun', { run });

export function changeRun(run: string, change: { name?: string; group?: string | null }): void {
  engine
    .call('changeRun', { run, ...change })
    .then(({ record }) => useRuns.getState().change(run, record))
    .catch(notifyError);
}

export function deleteRuns(runs: readonly string[]): void {
  engine
    .call('deleteRuns', { runs: [...runs] })
    .then(() => {
      for (const run of runs) useRuns.getState().change(run, null);
    })
    .catch(notifyError);
}

export const stopRuns = (runs: readonly Pick<RunRecord, 'id' | 'state'>[]): void => {
  // Queued runs are stopped first, so that none of them starts in between.
  const order = [...runs].sort((a, b) => Number(b.state === 'queued') - Number(a.state === 'queued'));
  for (const { id } of order) sendToEngine('control', { run: id, action: 'stop' });
};

/** Resumes a run in the background from its last checkpoint, under the same id. The weights of the open network stay. */
export function resumeInBackground({ record, document, checkpoints }: KeptRun): void {
  const last = checkpoints.at(-1);
  if (last === undefined) return;
  useRuns.getState().asked([record.id]);
  const { id: run, name, group, varied } = record;
  const from = { run, step: last.step };
  requestTraining({ run, document, weights: 'resume', from, queued: true, aside: true, name, group, varied });
}

export interface RunRequest {
  readonly document: NetworkDocument;
  readonly name: string;
  readonly group?: string;
  readonly varied?: VariedValues;
  /** Checkpoint from which the run continues. */
  readonly from?: CheckpointRef;
  /** Checkpoint with the weights of frozen layers. Without it, they keep those of the open network. */
  readonly held?: CheckpointRef | undefined;
  /** Keeps only the best and the last checkpoint. */
  readonly endsOnly?: boolean;
}

/** Queues runs in the background, where they leave the weights of the open network unchanged. Returns their ids. */
export function queueRuns(asked: readonly RunRequest[]): readonly string[] {
  const ids = asked.map(() => crypto.randomUUID());
  useRuns.getState().asked(ids);
  asked.forEach(({ from, endsOnly, ...run }, i) => {
    requestTraining({
      ...run,
      run: ids[i] as string,
      weights: from === undefined ? startWeights(run.document) : 'resume',
      from,
      queued: true,
      aside: true,
      keep: endsOnly === true ? 'ends' : 'checkpoints',
    });
  });
  return ids;
}

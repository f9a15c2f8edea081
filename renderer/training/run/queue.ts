import { startWeights } from '../../../src/graph/recipe.ts';
import type { RunList } from '../../../src/protocol/runs.ts';
import { isUnderWay, type RunRecord } from '../../../src/runs/record.ts';
import type { QueuedRun } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useRun, useUi } from '../../state/stores/stores.ts';
import { readRun, resumeInBackground } from '../runs/runsEngine.ts';
import { requestTraining } from './trainRequest.ts';

export function queueRun({ run, document, weights }: QueuedRun): void {
  useRun.getState().enqueue({ run, document, weights });
  requestTraining({ run, document, weights, queued: true });
}

/** Restores the active and queued runs of the engine after the page was reloaded. */
export async function takeQueue({ present, waiting }: Pick<RunList, 'present' | 'waiting'>): Promise<void> {
  const inHand = present === null ? waiting : [present, ...waiting];
  useRuns.getState().asked(inHand.flatMap(({ run, aside }) => (aside ? [run] : [])));
  for (const { run, aside } of waiting) {
    const read = aside ? null : await readRun(run);
    const isKnown = useRun.getState().queue.some((queued) => queued.run === run);
    if (read !== null && !isKnown)
      useRun.getState().enqueue({ run, document: read.document, weights: startWeights(read.document) });
  }
}

/** Requests the run again from its last checkpoint, or from its start. */
async function requestAgain({ id }: RunRecord): Promise<void> {
  const read = await readRun(id);
  if (read.checkpoints.length > 0) {
    resumeInBackground(read);
    return;
  }
  const { document, record } = read;
  const { name, group, varied } = record;
  requestTraining({
    run: id,
    document,
    weights: startWeights(document),
    queued: true,
    aside: true,
    name,
    group,
    varied,
  });
}

/** Notifies the user of the queued runs that were lost with the engine, and offers to request them again. */
export function reportLostQueue(): void {
  const { queue, clearQueue, run } = useRun.getState();
  const { runs, own } = useRuns.getState();
  const mine = (id: string): boolean => id === run || queue.some((queued) => queued.run === id);
  const aside = runs.filter(({ id, state }) => own.has(id) && isUnderWay(state) && !mine(id));
  const count = queue.length + aside.length;
  if (count === 0) return;
  clearQueue();
  async function again(): Promise<void> {
    // The active run of a series comes first.
    const order = [...aside].sort(
      (a, b) => Number(a.state === 'queued') - Number(b.state === 'queued') || a.created - b.created,
    );
    for (const record of order) await requestAgain(record);
    queue.forEach(queueRun);
  }
  useUi.getState().notify({
    tone: 'bad',
    about: 'queue',
    message: { key: 'run.queueLost', values: { count } },
    action: { label: { key: 'run.queueAgain' }, run: () => void again().catch(console.error) },
  });
}

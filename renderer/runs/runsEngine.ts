import type { NetworkDocument } from '../../src/graph/document.ts';
import type { EngineEvent } from '../../src/protocol.ts';
import type { RunMoment, RunRecord } from '../../src/runs/record.ts';
import type { Varied } from '../../src/sweep/plan.ts';
import { askEngine, EngineRefusal, tellEngine } from '../desktop/engine.ts';
import { onDevice } from '../device/deviceChoice.ts';
import { useUi } from '../stores/stores.ts';
import { useRuns } from './runsStore.ts';

export type RunRead = Extract<EngineEvent, { kind: 'runRead' }>;

/** What the engine refuses is told. */
function tell(error: unknown): void {
  if (error instanceof EngineRefusal) useUi.getState().notify({ tone: 'bad', about: 'runs', message: error.text });
  else console.error(error);
}

/** All runs, when the engine is there. */
export async function readRuns(): Promise<void> {
  const answer = await askEngine({ kind: 'listRuns' });
  if (answer.kind === 'runs') useRuns.getState().setAll(answer.runs);
}

export async function readRun(run: string): Promise<RunRead | null> {
  const answer = await askEngine({ kind: 'readRun', run });
  return answer.kind === 'runRead' ? answer : null;
}

export function changeRun(run: string, change: { name?: string; group?: string | null }): void {
  askEngine({ kind: 'changeRun', run, ...change })
    .then((answer) => {
      if (answer.kind === 'runChanged') useRuns.getState().change(run, answer.record);
    })
    .catch(tell);
}

export function deleteRuns(runs: readonly string[]): void {
  askEngine({ kind: 'deleteRuns', runs: [...runs] })
    .then(() => {
      for (const run of runs) useRuns.getState().change(run, null);
    })
    .catch(tell);
}

export const stopRuns = (runs: readonly Pick<RunRecord, 'id' | 'state'>[]): void => {
  // Those that wait first, so that none begins only to be stopped, too.
  const order = [...runs].sort((a, b) => Number(b.state === 'queued') - Number(a.state === 'queued'));
  for (const { id } of order) tellEngine({ kind: 'control', run: id, action: 'stop' });
};

/** Goes on with a run in place, from the last of its moments: as if it had not been interrupted; the engine keeps its weights. */
export function resumeRun({ record, document, moments }: RunRead): void {
  const last = moments.at(-1);
  if (last === undefined) return;
  useRuns.getState().asked([record.id]);
  tellEngine({
    kind: 'train',
    run: record.id,
    document,
    weights: 'resume',
    from: { run: record.id, step: last.step },
    paused: false,
    queued: true,
    name: record.name,
    group: record.group,
    varied: record.varied,
    keep: 'ends',
  });
}

export interface Asked {
  readonly document: NetworkDocument;
  readonly name: string;
  readonly group?: string;
  readonly varied?: Varied;
  /** A kept moment to go on from. */
  readonly from?: RunMoment;
  /** No moments between, and the engine does not take over the weights: of a sweep, or of a network that is not open. */
  readonly endsOnly?: boolean;
}

/** Puts runs into the queue behind what is under way; their ids. */
export function queueRuns(asked: readonly Asked[]): readonly string[] {
  const ids = asked.map(() => crypto.randomUUID());
  useRuns.getState().asked(ids);
  asked.forEach(({ document, name, group, varied, from, endsOnly }, i) => {
    tellEngine({
      kind: 'train',
      run: ids[i] as string,
      document,
      weights: from === undefined ? 'fresh' : 'resume',
      paused: false,
      queued: true,
      ...onDevice(),
      name,
      ...(from !== undefined && { from }),
      ...(group !== undefined && { group }),
      ...(varied !== undefined && { varied }),
      ...(endsOnly === true && { keep: 'ends' as const }),
    });
  });
  return ids;
}

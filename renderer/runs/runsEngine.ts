import type { NetworkDocument } from '../../src/graph/document.ts';
import type { EngineEvent } from '../../src/protocol.ts';
import type { RunMoment, RunRecord } from '../../src/runs/record.ts';
import type { Varied } from '../../src/sweep/plan.ts';
import { askEngine, EngineRefusal, tellEngine } from '../desktop/engine.ts';
import { useUi } from '../stores/stores.ts';
import { useRuns } from './runsStore.ts';

export type RunRead = Extract<EngineEvent, { kind: 'runRead' }>;

/** What the engine refuses is told. */
function tell(error: unknown): void {
  if (error instanceof EngineRefusal) useUi.getState().notify({ tone: 'bad', message: error.text });
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

export const stopRuns = (runs: readonly Pick<RunRecord, 'id'>[]): void => {
  // From the last in the queue on, so that none begins before it is stopped, too.
  for (const { id } of runs) tellEngine({ kind: 'control', run: id, action: 'stop' });
};

export interface Asked {
  readonly document: NetworkDocument;
  readonly name: string;
  readonly group?: string;
  readonly varied?: Varied;
  /** A kept moment to go on from. */
  readonly from?: RunMoment;
  /** Of a sweep: no moments between. */
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
      name,
      ...(from !== undefined && { from }),
      ...(group !== undefined && { group }),
      ...(varied !== undefined && { varied }),
      ...(endsOnly === true && { keep: 'ends' as const }),
    });
  });
  return ids;
}

import { check } from '../../../src/check/check.ts';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { KeptRun } from '../../../src/protocol/runs.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import type { Text } from '../../../src/text.ts';
import { openFrom, startFrom } from '../../state/files/opening.ts';
import { beginComparison, useCompare } from '../../state/stores/compareStore.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { wordsIn } from '../../ui/i18n/i18n.ts';
import { goOn } from '../run/runActions.ts';
import { numberedName, runNumbers } from './runNumbers.ts';
import { queueRuns, readRun, resumeRun } from './runsEngine.ts';

/** The engine takes over the weights of the open network alone. */
const isOpen = (document: NetworkDocument): boolean => sameNetwork(document, useDocument.getState().root);

const notifyOpened = (name: string): void => {
  useUi.getState().notify({ tone: 'good', message: { key: 'runs.queuedNotice', values: { name } } });
};

/**
 * In place of the open network, as a new one without a file: with weights, curves and checkpoints, where something is kept of
 * them. Asks about unsaved changes.
 */
export function openNetworkOf({ document, record, checkpoints }: KeptRun): void {
  const { generation } = useDocument.getState();
  const last = checkpoints.at(-1);
  const opening: Promise<unknown> =
    last === undefined ? startFrom(document) : openFrom({ kind: 'run', at: { run: record.id, step: last.step } });
  opening
    .then(() => {
      if (useDocument.getState().generation !== generation) useWorkspaces.getState().restore();
    })
    .catch(console.error);
}

/** The same network and recipe from the start; frozen layers keep the weights that they had in the run. */
export function trainAgain({ document, record, checkpoints }: KeptRun): void {
  const name = wordsIn[useUi.getState().language].say('runs.againName', { name: record.name });
  const group = record.group === null ? {} : { group: record.group };
  const last = checkpoints.at(-1);
  const held = last === undefined ? undefined : { run: record.id, step: last.step };
  queueRuns([{ document, name, ...group, varied: record.varied, held }]);
  notifyOpened(name);
}

/** It ended before its last step, and there is a checkpoint to go on from. */
export const canResume = ({ record, checkpoints }: KeptRun): boolean =>
  (record.state === 'interrupted' || record.state === 'stopped') &&
  record.step < record.steps &&
  checkpoints.length > 0;

/** In the run panel where its network is the open one, else behind what is under way. */
export function resume(read: KeptRun): void {
  const { record, document } = read;
  if (isOpen(document) && !isActive(useRun.getState().state)) {
    useWorkspaces.getState().restore();
    void goOn(record.id);
    return;
  }
  resumeRun(read);
  notifyOpened(record.name);
}

/** The checkpoint of the best epoch, where it is kept. */
export const bestCheckpoint = ({ record, checkpoints }: KeptRun) =>
  record.best === null ? undefined : checkpoints.find(({ epoch }) => epoch === record.best?.epoch);

/** A run of its own that goes on from the best epoch. */
export function branchFromBest(read: KeptRun): void {
  const checkpoint = bestCheckpoint(read);
  if (checkpoint === undefined) return;
  const { document, record } = read;
  const { say } = wordsIn[useUi.getState().language];
  const name = say('runs.branchName', { name: record.name, epoch: checkpoint.epoch });
  const from = { run: record.id, step: checkpoint.step };
  const group = record.group === null ? {} : { group: record.group };
  queueRuns([{ document, name, from, ...group }]);
  notifyOpened(name);
}

/** As the table of runs calls it. */
function nameOf(run: RunRecord): Text {
  const numbers = runNumbers(useRuns.getState().runs);
  return { en: numberedName(run, numbers, 'en'), zh: numberedName(run, numbers, 'zh') };
}

async function compare(a: RunRecord, b: RunRecord): Promise<void> {
  const isNewest = beginComparison();
  const reads = await Promise.all([a, b].map(({ id }) => readRun(id)));
  if (!isNewest()) return;
  const [first, second] = reads.map((read) => read && { document: read.document, check: check(read.document) });
  if (first == null || second == null) {
    useUi.getState().notify({ tone: 'bad', about: 'runs', message: { key: 'runs.readFailed' } });
    return;
  }
  useCompare.getState().compareBoth({ ...first, name: nameOf(a) }, { ...second, name: nameOf(b) });
}

/** The older first: what was before. */
export const compareRuns = (a: RunRecord, b: RunRecord): void => {
  const [first, second] = a.created <= b.created ? [a, b] : [b, a];
  compare(first, second).catch(console.error);
};

export const compareWithOpen = ({ document, record }: KeptRun): void =>
  useCompare.getState().compareWith(document, nameOf(record), true);

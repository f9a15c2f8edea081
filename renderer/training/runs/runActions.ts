import { check } from '../../../src/check/check.ts';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { KeptRun } from '../../../src/protocol/runs.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import type { Text } from '../../../src/text.ts';
import { openFrom, startFrom } from '../../state/files/opening.ts';
import { loadRunWeights } from '../../state/run/startWeights.ts';
import { beginComparison, useCompare } from '../../state/stores/compareStore.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { wordsIn } from '../../ui/i18n/i18n.ts';
import { resumeStopped } from '../run/runActions.ts';
import { numberedName, runNumbers } from './runNumbers.ts';
import { queueRuns, readRun, resumeInBackground } from './runsEngine.ts';

/** True if the network is the open one, whose weights the engine replaces when the run is resumed in the run panel. */
const isOpen = (document: NetworkDocument): boolean => sameNetwork(document, useDocument.getState().root);

const notifyOpened = (name: string): void => {
  useUi.getState().notify({ tone: 'good', message: { key: 'runs.queuedNotice', values: { name } } });
};

/**
 * Opens the network of a run as a new, unsaved one, with the weights, curves and checkpoints that were kept. Asks first
 * about unsaved changes to the open network.
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

/**
 * Trains the network of a run again, with the same settings and initial weights. Frozen layers keep their weights of that
 * run.
 */
export function trainAgain({ document: ran, record, checkpoints }: KeptRun): void {
  const name = wordsIn[useUi.getState().language].say('runs.againName', { name: record.name });
  const group = record.group === null ? {} : { group: record.group };
  const first = checkpoints.find(({ step }) => step === 0);
  // Without its initial weights, a run that did not begin with random ones cannot be repeated.
  const { start, ...fresh } = ran.recipe;
  const isHeld = start === 'held' && first !== undefined;
  const document = isHeld ? ran : { ...ran, recipe: fresh };
  const kept = isHeld ? first : checkpoints.at(-1);
  const held = kept === undefined ? undefined : { run: record.id, step: kept.step };
  queueRuns([{ document, name, ...group, varied: record.varied, held }]);
  notifyOpened(name);
}

/** True if the run ended before its last step and has a checkpoint. */
export const canResume = ({ record, checkpoints }: KeptRun): boolean =>
  (record.state === 'interrupted' || record.state === 'stopped') &&
  record.step < record.steps &&
  checkpoints.length > 0;

/** Resumes a run: in the run panel if its network is open and no run is active, else in the queue. */
export function resume(read: KeptRun): void {
  const { record, document } = read;
  if (isOpen(document) && !isActive(useRun.getState().state)) {
    useWorkspaces.getState().restore();
    void resumeStopped(record.id);
    return;
  }
  resumeInBackground(read);
  notifyOpened(record.name);
}

/** Checkpoint of the best epoch, if it was kept. */
export const bestCheckpoint = ({ record, checkpoints }: KeptRun) =>
  record.best === null ? undefined : checkpoints.find(({ epoch }) => epoch === record.best?.epoch);

/** Starts a new run from the checkpoint of the best epoch. */
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

/** Shows which weights of the best epoch, or of the last checkpoint, fit the open network. */
export function startFromRun(read: KeptRun): void {
  const at = bestCheckpoint(read) ?? read.checkpoints.at(-1);
  if (at !== undefined) void loadRunWeights({ run: read.record.id, step: at.step }, read.record.name);
}

/** Name of the run in the table of runs. */
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

/** Compares two runs. The older one counts as the earlier version. */
export const compareRuns = (a: RunRecord, b: RunRecord): void => {
  const [first, second] = a.created <= b.created ? [a, b] : [b, a];
  compare(first, second).catch(console.error);
};

export const compareWithOpen = ({ document, record }: KeptRun): void =>
  useCompare.getState().compareWith(document, nameOf(record), true);

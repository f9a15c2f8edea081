import { openFrom } from '../../state/files/opening.ts';
import { useUi } from '../../state/stores/stores.ts';
import { bestCheckpoint, startFromRun } from './runActions.ts';
import { readRun } from './runsEngine.ts';

/** Opens the best checkpoint of a run as a new network; the last one, with a notice, if the best is no longer kept. */
export async function openBest(run: string): Promise<void> {
  const { notify } = useUi.getState();
  const read = await readRun(run).catch(() => null);
  const best = read && bestCheckpoint(read);
  const at = best ?? read?.checkpoints.at(-1);
  if (at === undefined) {
    notify({ tone: 'bad', about: 'runs', message: { key: 'modelLibrary.noCheckpoint' } });
    return;
  }
  await openFrom({ kind: 'run', at: { run, step: at.step } });
  if (best == null) notify({ tone: 'good', about: 'runs', message: { key: 'modelLibrary.lastInstead' } });
}

/** Shows which of the best weights of a run fit the open network. */
export async function startFromBest(run: string): Promise<void> {
  const read = await readRun(run).catch(() => null);
  if (read === null || read.checkpoints.length === 0) {
    useUi.getState().notify({ tone: 'bad', about: 'runs', message: { key: 'modelLibrary.noCheckpoint' } });
    return;
  }
  startFromRun(read);
}

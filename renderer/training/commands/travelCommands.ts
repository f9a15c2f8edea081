import type { Commands } from '../../state/commands/command.ts';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useKept } from '../../state/travel/keptStore.ts';
import { pastOf, stopFrom } from '../../state/travel/track.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { branchHere, takeWeights } from '../travel/branching.ts';

const checkpointsOfRun = () => (useKept.getState().run === useRun.getState().run ? useKept.getState().checkpoints : []);
const isVisiting = (): boolean => useCheckpoint.getState().at !== null;

/** Moves by that many kept checkpoints; a negative number moves back. */
function travel(by: number): void {
  const { run, step } = useRun.getState();
  const { at, go } = useCheckpoint.getState();
  const to = stopFrom(pastOf(checkpointsOfRun(), step), at?.step ?? null, by);
  go(to === null || run === null ? null : { run, step: to });
}

export const travelCommands = {
  showWeights: { title: 'command.showWeights', group: 'view', run: () => showPanel('weights') },
  look: { title: 'command.look', group: 'view', run: () => showPanel('look') },
  earlier: {
    title: 'command.earlier',
    group: 'run',
    keys: ['Mod+['],
    enabled: () => checkpointsOfRun().length > 0,
    needs: 'command.needs.checkpoints',
    run: () => travel(-1),
  },
  later: {
    title: 'command.later',
    group: 'run',
    keys: ['Mod+]'],
    enabled: isVisiting,
    needs: 'command.needs.past',
    run: () => travel(1),
  },
  backToNow: {
    title: 'command.backToNow',
    group: 'run',
    enabled: isVisiting,
    needs: 'command.needs.past',
    run: () => useCheckpoint.getState().go(null),
  },
  branchHere: {
    title: 'command.branchHere',
    group: 'run',
    enabled: isVisiting,
    needs: 'command.needs.past',
    run: () => {
      const { at } = useCheckpoint.getState();
      if (at !== null) branchHere(at);
    },
  },
  takeWeights: {
    title: 'command.takeWeights',
    group: 'run',
    enabled: isVisiting,
    needs: 'command.needs.past',
    run: () => {
      const { at } = useCheckpoint.getState();
      if (at !== null) return takeWeights(at);
    },
  },
} satisfies Commands;

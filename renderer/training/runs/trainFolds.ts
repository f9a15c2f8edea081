import { foldRuns } from '../../../src/sweep/folds.ts';
import { pointName } from '../../../src/sweep/plan.ts';
import { settle } from '../../state/files/saving.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { wordsIn } from '../../ui/i18n/i18n.ts';
import { queueRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { freshGroup } from './sweepStore.ts';

/** Queues a run of the network for every fold, as a group of runs. */
export function trainFolds(): void {
  settle();
  const { root } = useDocument.getState();
  const { say } = wordsIn[useUi.getState().language];
  const group = freshGroup((number) => say('folds.groupName', { network: root.name, number }));
  const runs = foldRuns(root);
  queueRuns(runs.map(({ varied, document }) => ({ name: pointName(varied), varied, document, group, endsOnly: true })));
  useRunsView.getState().showGroup(group);
  showPanel('runs');
  useUi.getState().notify({
    tone: 'good',
    message: { key: 'sweep.started', values: { count: runs.length, group } },
  });
}

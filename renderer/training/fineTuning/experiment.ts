import { fineTuneExperiment, isTrainedOnData } from '../../../src/plan/fineTuneExperiment.ts';
import { settle } from '../../state/files/saving.ts';
import { notTrainable } from '../../state/run/notTrainable.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { wordsIn } from '../../ui/i18n/i18n.ts';
import { queueRuns } from '../runs/runsEngine.ts';
import { useRunsView } from '../runs/runsViewStore.ts';
import { freshGroup } from '../runs/sweepStore.ts';

/** Queues the network from its current weights and from random ones, and shows the curves of both. */
export function compareWithScratch(): void {
  settle();
  const { root, rootCheck } = useDocument.getState();
  const { language, notify } = useUi.getState();
  const why = notTrainable(root, rootCheck);
  if (why !== null) {
    notify({ tone: 'bad', about: 'run', message: why.message });
    return;
  }
  const { say } = wordsIn[language];
  const hasLead = isTrainedOnData(root, useRun.getState());
  const group = freshGroup((number) => say('fineTuning.experimentGroup', { network: root.name, number }));
  const { tuned, scratch } = fineTuneExperiment(root);
  const ids = queueRuns([
    { document: tuned, name: say('fineTuning.tuned'), group },
    { document: scratch, name: say('fineTuning.scratch'), group },
  ]);
  useRunsView.getState().showGroup(group);
  useRunsView.getState().select(ids);
  notify({
    tone: 'good',
    message: { key: 'sweep.started', values: { count: ids.length, group } },
    ...(hasLead && { detail: { key: 'fineTuning.lead' } }),
  });
}

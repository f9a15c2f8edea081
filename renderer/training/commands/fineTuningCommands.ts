import { unfreezeAll } from '../../../src/plan/freezing.ts';
import type { Commands } from '../../state/commands/command.ts';
import { freezeAllButHead, replaceHead, slowBody, unfreezeAllLayers } from '../../state/run/fineTuning.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { loadWeights } from '../fineTuning/startWeightsStore.ts';

export const fineTuningCommands = {
  loadWeights: {
    title: 'command.loadWeights',
    hint: 'fineTuning.loadHint',
    group: 'run',
    run: loadWeights,
  },
  replaceHead: {
    title: 'command.replaceHead',
    hint: 'fineTuning.replaceHeadHint',
    group: 'run',
    run: replaceHead,
  },
  freezeBody: { title: 'fineTuning.freezeBody', group: 'run', run: freezeAllButHead },
  unfreezeAll: {
    title: 'command.unfreezeAll',
    group: 'run',
    enabled: () => unfreezeAll(useDocument.getState().root).length > 0,
    needs: 'command.needs.frozen',
    run: unfreezeAllLayers,
  },
  bodyRate: { title: 'command.bodyRate', group: 'run', run: slowBody },
} satisfies Commands;

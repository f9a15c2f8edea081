import { unfreezeAll } from '../../../src/plan/freezing.ts';
import type { Commands } from '../../state/commands/command.ts';
import { freezeAllButHead, replaceHead, slowBody, unfreezeAllLayers } from '../../state/run/fineTuning.ts';
import { loadWeights } from '../../state/run/startWeights.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { compareWithScratch } from '../fineTuning/experiment.ts';

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
  compareWithScratch: {
    title: 'command.compareWithScratch',
    hint: 'command.compareWithScratchHint',
    group: 'run',
    enabled: () => useRun.getState().hasWeights,
    needs: 'command.needs.weights',
    run: compareWithScratch,
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

import { startWeights } from '../../../src/graph/recipe.ts';
import { bookSettings } from '../../../src/plan/bookSettings.ts';
import type { Commands } from '../../state/commands/command.ts';
import { engine } from '../../state/desktop/engine.ts';
import { control } from '../../state/run/control.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { devicesFound } from '../device/deviceChoice.ts';
import { applyBookSettings } from '../recipe/applyBookSettings.ts';
import { addToQueue, canExtend, canResumeLastRun, extend, resumeLastRun, start } from '../run/runActions.ts';

/** Number of epochs that the command adds. */
export const EXTRA_EPOCHS = 10;

/** Starts, pauses or resumes the run. Action of the main button and of F5. */
function trainOrPause(): void {
  const { state } = useRun.getState();
  if (state === 'paused') control('resume');
  else if (isActive(state)) control('pause');
  else void start(startWeights(useDocument.getState().root), false);
}

async function advance(action: 'step' | 'epoch'): Promise<void> {
  if (isActive(useRun.getState().state) || (await start(startWeights(useDocument.getState().root), true)))
    control(action);
}

/** Entries of the Run menu that the menu beside “Train” has as well. */
export const trainingEntries = [
  'goOn',
  'trainAgain',
  'trainFresh',
  'trainRedrawn',
  '-',
  'step',
  'epoch',
  'stop',
  '-',
  'extend',
  'queue',
] as const;

export const stopRun = (): void => control('stop');

const active = () => isActive(useRun.getState().state);

/** True if any layer is frozen, including layers inside blocks (as in the engine). */
const hasFrozen = (): boolean =>
  useDocument.getState().rootCheck.graph?.nodes.some(({ node }) => node.frozen === true) === true;

/** Asks the engine for the working providers, for the device menu. */
export async function readProviders(): Promise<void> {
  const { providers } = await engine.call('providers', {});
  devicesFound(providers);
}

export const runCommands = {
  train: { title: 'command.train', group: 'run', keys: ['F5'], whileTyping: true, run: trainOrPause },
  step: { title: 'command.step', group: 'run', keys: ['F10'], whileTyping: true, run: () => advance('step') },
  epoch: { title: 'command.epoch', group: 'run', keys: ['Mod+F10'], whileTyping: true, run: () => advance('epoch') },
  stop: {
    title: 'command.stop',
    group: 'run',
    keys: ['Shift+F5'],
    whileTyping: true,
    enabled: active,
    needs: 'command.needs.run',
    run: stopRun,
  },
  trainAgain: {
    title: 'command.trainAgain',
    hint: 'command.trainAgainHint',
    group: 'run',
    enabled: () => useRun.getState().hasWeights,
    needs: 'command.needs.weights',
    run: () => start('current', false),
  },
  trainFresh: {
    title: 'command.trainFresh',
    hint: 'command.trainFreshHint',
    group: 'run',
    run: () => start('fresh', false),
  },
  trainRedrawn: {
    title: 'command.trainRedrawn',
    hint: 'command.trainRedrawnHint',
    group: 'run',
    enabled: hasFrozen,
    needs: 'command.needs.frozen',
    run: () => start('redrawn', false),
  },
  goOn: {
    title: 'command.goOn',
    group: 'run',
    enabled: canResumeLastRun,
    needs: 'command.needs.ended',
    run: resumeLastRun,
  },
  extend: {
    title: 'command.extend',
    group: 'run',
    enabled: canExtend,
    needs: 'command.needs.ran',
    run: () => extend(EXTRA_EPOCHS),
  },
  bookSettings: {
    title: 'command.bookSettings',
    hint: 'recipe.useBookHint',
    group: 'run',
    enabled: () => bookSettings(useDocument.getState().root) !== null,
    needs: 'command.needs.book',
    run: applyBookSettings,
  },
  queue: { title: 'command.queue', group: 'run', keys: ['Mod+F5'], whileTyping: true, run: addToQueue },
} satisfies Commands;

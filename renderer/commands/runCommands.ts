import { askEngine, tellEngine } from '../desktop/engine.ts';
import { isActive } from '../stores/runStore.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

function control(action: 'pause' | 'resume' | 'step' | 'stop'): void {
  const { run, state } = useRun.getState();
  if (run !== null && isActive(state)) tellEngine({ kind: 'control', run, action });
}

/** Starts a run of the drawing as it is; with errors in it, shows them instead. Returns whether it started. */
function start(weights: 'fresh' | 'current', paused: boolean): boolean {
  useDocument.getState().commit();
  const { root: document, rootCheck: check } = useDocument.getState();
  const { showDock } = useUi.getState();
  if (check.graph === null) {
    showDock('problems');
    return false;
  }
  if (useRun.getState().engine !== 'ready') return false;
  const run = crypto.randomUUID();
  useRun.getState().begin(run, document);
  tellEngine({ kind: 'train', run, document, weights, paused, reportNorm: true });
  showDock('run');
  return true;
}

/** What the one big button and F5 do: start, pause, go on. */
function trainOrPause(): void {
  const { state } = useRun.getState();
  if (state === 'paused') control('resume');
  else if (isActive(state)) control('pause');
  else start('fresh', false);
}

export const trainOn = (): boolean => start('current', false);

function stepRun(): void {
  if (isActive(useRun.getState().state) || start('fresh', true)) control('step');
}

export const stopRun = (): void => control('stop');

/** Asks which providers work, for the label of the device. */
export async function readProviders(): Promise<void> {
  const answer = await askEngine({ kind: 'providers' });
  if (answer.kind === 'providers') useRun.getState().setProviders(answer.providers);
}

export const runCommands = {
  train: { title: 'command.train', group: 'run', keys: ['F5'], whileTyping: true, run: trainOrPause },
  step: { title: 'command.step', group: 'run', keys: ['F10'], whileTyping: true, run: stepRun },
  stop: {
    title: 'command.stop',
    group: 'run',
    keys: ['Shift+F5'],
    whileTyping: true,
    enabled: () => isActive(useRun.getState().state),
    needs: 'command.needs.run',
    run: stopRun,
  },
} satisfies Commands;

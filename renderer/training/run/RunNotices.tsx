import type { ReactNode } from 'react';
import { control } from '../../state/run/control.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRun } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { type Say, useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { Icon, type IconName } from '../../ui/icons/Icon.tsx';
import { chooseDevice } from '../device/deviceChoice.ts';
import { useInterrupted } from './interrupted.ts';
import type { NetworkChange } from './networkChange.ts';
import css from './RunNotices.module.css';
import { removeFromQueue, resumeStopped, start } from './runActions.ts';
import { useNetworkChange } from './useNetworkChange.ts';

/** Notices about the run, one line each. Empty if there are none. */
export function RunNotices() {
  return (
    <>
      <Ended />
      <Interrupted />
      <Edited />
      <Queue />
    </>
  );
}

interface LineProps {
  readonly icon: IconName;
  readonly tone?: 'bad' | 'warn';
  readonly children?: ReactNode;
  /** Short text that may be truncated; the full text is its tooltip. */
  readonly short?: string;
  /** Buttons for the possible actions. */
  readonly actions?: ReactNode;
}

function Line({ icon, tone, children, short, actions }: LineProps) {
  return (
    <div className={`${css.line} ${tone === undefined ? '' : css[tone]}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icon} size={14} />
      <p title={short} className={short === undefined ? '' : css.short}>
        {short ?? children}
      </p>
      {actions}
    </div>
  );
}

/** Full text of the reason why the run failed, paused by itself or ended early. */
function Ended() {
  const { say, tell } = useWords();
  const state = useRun((run) => run.state);
  const message = useRun((run) => run.message);
  const offered = useInterrupted(({ found }) => found?.record.id === useRun.getState().run);
  const onCpu = useRun(({ provider }) => (provider?.provider ?? 'cpu') === 'cpu');
  if (message === null || offered) return null;
  if (state === 'failed') {
    return (
      <Line icon="error" tone="bad" actions={onCpu || <TrainOnCpu />}>
        {tell(message)}
      </Line>
    );
  }
  if (state === 'paused') {
    return (
      <Line
        icon="warning"
        tone="bad"
        actions={
          <Button look="outlined" label={say('run.tryAgain')} onClick={() => control('resume')}>
            {say('run.tryAgain')}
          </Button>
        }
      >
        {tell(message)} {say('run.waits')}
      </Line>
    );
  }
  return state === 'done' || state === 'stopped' ? <Line icon="hint">{tell(message)}</Line> : null;
}

/** Offers the CPU for a run that failed on another device. The device never changes without a question. */
function TrainOnCpu() {
  const { say } = useWords();
  function train(): void {
    chooseDevice('cpu');
    void start('fresh', false);
  }
  return (
    <Button look="outlined" label={say('device.onCpu')} onClick={train}>
      {say('device.onCpu')}
    </Button>
  );
}

/** Run that was interrupted by the end of its engine or of the app. */
function Interrupted() {
  const { say } = useWords();
  const found = useInterrupted((state) => state.found);
  const ready = useRun((state) => state.engine === 'ready' && !isActive(state.state));
  if (found === null || !ready) return null;
  const { record, step } = found;
  const { forget } = useInterrupted.getState();
  return (
    <Line
      icon="warning"
      tone="warn"
      actions={
        <>
          <Button look="filled" label={say('run.resume')} onClick={() => void resumeStopped(record.id)}>
            {say('run.resume')}
          </Button>
          <Button label={say('run.leave')} hint={say('run.leaveHint')} onClick={() => forget(record.id)}>
            {say('run.leave')}
          </Button>
        </>
      }
    >
      {say('run.interrupted', { name: record.name, step: whole(step), steps: whole(record.steps) })}
    </Line>
  );
}

/** Consequences of edits to the network for the run. */
function Edited() {
  const { say } = useWords();
  const active = useRun((state) => isActive(state.state));
  const change = useNetworkChange();
  if (change === null) return null;
  return (
    <Line icon="hint" short={`${say(active ? 'run.editedNow' : 'run.editedSince')} ${weightsWords(say, change)}`} />
  );
}

const NAMED = 4;

function weightsWords(say: Say, { reinitialized, kept }: NetworkChange): string {
  if (reinitialized.length === 0) return say('run.allKept');
  const names = reinitialized.slice(0, NAMED).join(', ') + (reinitialized.length > NAMED ? ', …' : '');
  return kept === 0 ? say('run.allAnew') : say('run.someAnew', { names, count: reinitialized.length });
}

/** Queued runs. */
function Queue() {
  const { say } = useWords();
  const queue = useRun((state) => state.queue);
  if (queue.length === 0) return null;
  return (
    <div className={css.queue}>
      <span id="queue-title">{say('run.queue', { count: queue.length })}</span>
      <ol aria-labelledby="queue-title">
        {queue.map(({ run, document }) => {
          const { batchSize, epochs, optimizer } = document.recipe;
          return (
            <li key={run}>
              {document.name} <span>{say('run.queueOf', { epochs, batchSize, rate: optimizer.learningRate })}</span>
              <Button
                icon="close"
                label={say('run.unqueue', { name: document.name })}
                onClick={() => removeFromQueue(run)}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

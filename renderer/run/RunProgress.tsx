import { useWords } from '../i18n/i18n.ts';
import { clock, whole } from '../i18n/numbers.ts';
import { useRun } from '../stores/stores.ts';
import css from './RunPanel.module.css';
import { recipeNow } from './recipeNow.ts';

/** State of the run in words, and how far it is. */
export function RunProgress() {
  const { say } = useWords();
  const share = useRun(({ step, steps }) => (steps > 0 ? step / steps : 0));
  const state = useRun((run) => run.state);
  return (
    <div className={css.progress}>
      <RunWords />
      {state !== 'none' && (
        <div
          className={css.bar}
          role="progressbar"
          aria-label={say('run.progress')}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <div className={css.fill} style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
    </div>
  );
}

function RunWords() {
  const { say, tell } = useWords();
  const { state, step, steps, epoch, epochs, samplesPerSecond, document, changes, message, kept } = useRun();
  if (state === 'running') {
    const present = Math.min(epochs, epoch + 1);
    if (samplesPerSecond === 0) return <span>{say('run.starting', { epoch: present, epochs })}</span>;
    const batchSize = document === null ? 1 : recipeNow(document.recipe, changes).batchSize;
    const left = ((steps - step) * batchSize) / samplesPerSecond;
    return (
      <span>{say('run.running', { epoch: present, epochs, rate: whole(samplesPerSecond), left: clock(left) })}</span>
    );
  }
  const failed = state === 'failed';
  const why = (failed || state === 'done' || state === 'paused') && message !== null ? tell(message) : undefined;
  const words = say(`run.${state}`, { step: whole(step), steps: whole(steps), epochs });
  return (
    <span className={failed ? css.failed : ''} role={failed ? 'alert' : undefined} title={why ?? words}>
      {words}
      {why && ` – ${why}`}
      {kept !== null && ` ${say('run.kept', { epoch: kept })}`}
    </span>
  );
}

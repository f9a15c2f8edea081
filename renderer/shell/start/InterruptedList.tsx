import type { LostNetwork } from '../../../src/desktopCalls.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { startFrom } from '../../state/files/opening.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useInterrupted } from '../../training/run/interrupted.ts';
import { resumeStopped } from '../../training/run/runActions.ts';
import { readRun } from '../../training/runs/runsEngine.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { dateTime, whole } from '../../ui/i18n/numbers.ts';
import css from './StartPage.module.css';

/** Number of runs shown; all are in the list of runs. */
const MOST = 3;

/** Opens the network of the run and resumes the run. */
async function resume({ id }: RunRecord): Promise<void> {
  const read = await readRun(id);
  const { generation } = useDocument.getState();
  await startFrom(read.document);
  if (useDocument.getState().generation !== generation) await resumeStopped(id);
}

/**
 * Runs that were training when the app ended. A run of a network with unsaved changes is offered together with its
 * network.
 */
export function InterruptedList({ lost }: { readonly lost: readonly LostNetwork[] }) {
  const { say, language } = useWords();
  const runs = useRuns((state) => state.runs);
  const left = useInterrupted((state) => state.left);
  const names = new Set(lost.map(({ name }) => name.replace(/\.netloom$/, '')));
  const shown = runs
    .filter(({ id, state, bytes, network }) => {
      return state === 'interrupted' && bytes > 0 && !left.includes(id) && !names.has(network);
    })
    .slice(0, MOST);
  if (shown.length === 0) return null;
  return (
    <section className={css.lost} aria-label={say('start.interrupted')}>
      <div>
        <h3 className={css.lostTitle}>{say('start.interrupted')}</h3>
        <p className={css.about}>{say('start.interruptedAbout')}</p>
      </div>
      <ul className={css.rows}>
        {shown.map((record) => (
          <li key={record.id} className={css.lostRow}>
            <span className={css.words}>
              <span className={css.name}>{record.name}</span>
              <span className={css.about}>
                {dateTime(record.created, language)} ·{' '}
                {say('start.interruptedAt', { step: whole(record.step), steps: whole(record.steps) })}
              </span>
            </span>
            <Button
              label={say('run.leave')}
              hint={say('run.leaveHint')}
              look="plain"
              onClick={() => useInterrupted.getState().forget(record.id)}
            >
              {say('run.leave')}
            </Button>
            <Button label={say('run.resume')} look="filled" onClick={() => resume(record).catch(console.error)}>
              {say('run.resume')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

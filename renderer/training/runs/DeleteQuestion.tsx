import { useRef } from 'react';
import { isUnderWay } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes } from '../../ui/i18n/numbers.ts';
import css from './RunsView.module.css';
import { deleteRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';

/** Confirmation before runs are deleted for good. */
export function DeleteQuestion() {
  const { say } = useWords();
  const open = useRunsView((state) => state.deleting);
  const selected = useRunsView((state) => state.selected);
  const runs = useRuns((state) => state.runs);
  const keep = useRef<HTMLDivElement>(null);
  const chosen = runs.filter(({ id }) => selected.has(id));
  const ended = chosen.filter(({ state }) => !isUnderWay(state));
  const size = bytes(ended.reduce((sum, run) => sum + run.bytes, 0));
  const [first] = ended;
  const close = () => useRunsView.getState().askDelete(false);
  return (
    <Dialog title={say('runs.deleteTitle')} open={open} focus={keep} onClose={close}>
      <div ref={keep} className={css.question} tabIndex={-1}>
        {ended.length === 1 && first !== undefined && <p>{say('runs.deleteOne', { name: first.name, size })}</p>}
        {ended.length > 1 && <p>{say('runs.deleteAsk', { count: ended.length, size })}</p>}
        {ended.length < chosen.length && <p>{say('runs.deleteUnderWay', { count: chosen.length - ended.length })}</p>}
        <div className={css.answers}>
          <Button look="outlined" label={say('runs.keep')} onClick={close}>
            {say('runs.keep')}
          </Button>
          {ended.length > 0 && (
            <Button
              look="filled"
              label={say('runs.deleteNow')}
              onClick={() => {
                deleteRuns(ended.map(({ id }) => id));
                useRunsView.getState().select([]);
              }}
            >
              {say('runs.deleteNow')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

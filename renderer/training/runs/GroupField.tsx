import { useId, useState } from 'react';
import type { RunRecord } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Popover } from '../../ui/controls/Popover.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './RunDetails.module.css';
import { changeRun } from './runsEngine.ts';
import { choicesOf } from './tableRows.ts';

/** Field that moves runs into a group, existing or new, by its name. */
export function GroupField({ runs }: { readonly runs: readonly RunRecord[] }) {
  const { say } = useWords();
  return (
    <Popover label={say('runs.setGroup')} look="outlined">
      {(close) => <GroupForm runs={runs} close={close} />}
    </Popover>
  );
}

function GroupForm({ runs, close }: { readonly runs: readonly RunRecord[]; close(): void }) {
  const { say } = useWords();
  const list = useId();
  const all = useRuns((state) => state.runs);
  const [name, setName] = useState(runs[0]?.group ?? '');
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        const group = name.trim() === '' ? null : name.trim();
        for (const run of runs) changeRun(run.id, { group });
        close();
      }}
    >
      <label className={css.field}>
        {say('runs.groupName')}
        <input className={css.input} value={name} list={list} onChange={({ target }) => setName(target.value)} />
      </label>
      <datalist id={list}>
        {choicesOf(all.map(({ group }) => group)).map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      <p className={css.quiet}>{say('runs.noGroup')}</p>
      <Button
        look="filled"
        label={say('runs.apply')}
        onClick={() => {
          const group = name.trim() === '' ? null : name.trim();
          for (const run of runs) changeRun(run.id, { group });
          close();
        }}
      >
        {say('runs.apply')}
      </Button>
    </form>
  );
}

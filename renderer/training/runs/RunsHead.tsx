import { isUnderWay, keptState } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './RunsView.module.css';
import { stopRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { saveRuns } from './saveRuns.ts';
import { openSweep } from './sweepStore.ts';
import { choicesOf } from './tableRows.ts';
import { isShown, type RunRows, showColumn } from './useRunRows.ts';

/** Header of the runs view: filters, columns and actions on all runs. */
export function RunsHead({ shown: { rows, columns, group } }: { readonly shown: RunRows }) {
  const { say, pick } = useWords();
  const runs = useRuns((state) => state.runs);
  const filter = useRunsView((state) => state.filter);
  const { setFilter } = useRunsView.getState();
  const waiting = (group ?? []).filter(({ state }) => isUnderWay(state));
  return (
    <header className={css.head}>
      <span className={css.count} role="status">
        {rows.length === runs.length
          ? say('runs.count', { count: runs.length })
          : say('runs.countOf', { count: rows.length, all: runs.length })}
      </span>
      <SearchField
        className={css.search}
        label={say('runs.search')}
        value={filter.text}
        onSearch={(text) => setFilter({ text })}
      />
      <Filter
        label={say('runs.state')}
        all={say('runs.allStates')}
        value={filter.state}
        options={keptState.options
          .filter((state) => runs.some((run) => run.state === state))
          .map((state) => ({ value: state, label: say(`runs.state.${state}`) }))}
        onChange={(state) => setFilter({ state })}
      />
      <Filter
        label={say('runs.network')}
        all={say('runs.allNetworks')}
        value={filter.network}
        options={choicesOf(runs.map(({ network }) => network)).map((value) => ({ value, label: value }))}
        onChange={(network) => setFilter({ network })}
      />
      <Filter
        label={say('runs.group')}
        all={say('runs.allGroups')}
        value={filter.group}
        options={choicesOf(runs.map((run) => run.group)).map((value) => ({ value, label: value }))}
        onChange={(next) => setFilter({ group: next })}
      />
      <span className={css.space} />
      {waiting.length > 1 && (
        <Button
          look="outlined"
          label={say('runs.stopAll', { count: waiting.length })}
          onClick={() => stopRuns(waiting)}
        >
          {say('runs.stopAll', { count: waiting.length })}
        </Button>
      )}
      <Button look="outlined" label={say('command.sweep')} onClick={openSweep}>
        {say('command.sweep')}
      </Button>
      <MenuButton
        label={say('runs.columns')}
        look="outlined"
        entries={() =>
          columns.slice(1).map((column) => {
            const on = isShown(column, useUi.getState().folds);
            return {
              label: typeof column.head === 'string' ? say(column.head) : pick(column.head),
              checked: on,
              run: () => showColumn(column.id, !on),
            };
          })
        }
      />
      <MenuButton
        label={say('runs.export')}
        look="outlined"
        entries={() => [
          { label: say('runs.exportCsv'), run: () => saveRuns(rows, 'csv') },
          { label: say('runs.exportJson'), run: () => saveRuns(rows, 'json') },
        ]}
      />
    </header>
  );
}

interface FilterProps {
  readonly label: string;
  /** Label of the option that does not filter. */
  readonly all: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  onChange(value: string | null): void;
}

function Filter({ label, all, value, options, onChange }: FilterProps) {
  if (options.length < 2 && value === null) return null;
  return (
    <Select
      className={css.select}
      aria-label={label}
      value={value ?? ''}
      data-on={value !== null || undefined}
      onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

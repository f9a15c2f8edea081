import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import type { RunRecord } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useUi } from '../../state/stores/stores.ts';
import { VirtualTable } from '../../ui/controls/VirtualTable.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { rowAfter } from '../../ui/keys/rowKeys.ts';
import { type Column, DIFFERS } from './columns.ts';
import type { Differing } from './differing.ts';
import { NameField } from './NameField.tsx';
import css from './RunsTable.module.css';
import { withNumber } from './runNumbers.ts';
import { changeRun } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { StateSign } from './StateSign.tsx';
import { runName } from './settingWords.ts';
import { pressed } from './tableRows.ts';
import { useOwn } from './useOwn.ts';
import { useRunNumbers } from './useRunNumbers.ts';
import { isShown, type RunRows } from './useRunRows.ts';

const ROW = 30;

/** Table with one row per run; only visible rows are rendered. Arrow keys move the selection, Shift extends it. */
export function RunsTable({ shown: { rows, columns: all, differing } }: { readonly shown: RunRows }) {
  const { say, language } = useWords();
  const folds = useUi((state) => state.folds);
  const selected = useRunsView((state) => state.selected);
  const pointed = useRunsView((state) => state.pointed);
  const naming = useRunsView((state) => state.naming);
  const sorting = useRunsView((state) => state.sorting);
  const numbers = useRunNumbers();
  const [active, setActive] = useState<string | null>(null);
  const [anchor, setAnchor] = useState(0);
  const table = useRef<HTMLTableElement>(null);
  const columns = all.filter((column) => isShown(column, folds));
  const ids = rows.map(({ id }) => id);
  const at = ids.indexOf(active ?? '');

  function choose(index: number, add: boolean, range: boolean): void {
    const id = ids[index];
    if (id === undefined) return;
    setActive(id);
    if (!range) setAnchor(index);
    useRunsView.getState().select(pressed(ids, selected, { at: index, anchor, add, range }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== table.current) return;
    const to = rowAfter(event.key, at, ids.length);
    const { select, rename, askDelete } = useRunsView.getState();
    if (to !== null) choose(to, false, event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) select(ids);
    else if (event.key === ' ' && at >= 0) choose(at, true, false);
    else if (event.key === 'F2' && at >= 0) rename(active);
    else if (event.key === 'Delete' && selected.size > 0) askDelete(true);
    else return;
    event.preventDefault();
  }

  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <VirtualTable
      ref={table}
      role="grid"
      aria-multiselectable="true"
      frameClass={css.frame}
      className={css.table}
      style={{ minWidth: width }}
      label={say('runs.table')}
      count={rows.length}
      rowHeight={ROW}
      at={at}
      columns={columns.length}
      rowId={rowId}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerLeave={() => useRunsView.getState().point(null)}
      head={
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sorted={sorting.column === column.id ? sorting.down : null} />
            ))}
          </tr>
        </thead>
      }
      row={(index) => {
        const run = rows[index] as RunRecord;
        return (
          <tr
            key={run.id}
            id={rowId(index)}
            aria-rowindex={index + 2}
            aria-selected={selected.has(run.id)}
            data-active={index === at || undefined}
            data-pointed={run.id === pointed || undefined}
            onClick={(event: MouseEvent) => choose(index, event.ctrlKey || event.metaKey, event.shiftKey)}
            onPointerEnter={() => useRunsView.getState().point(run.id)}
          >
            {columns.map((column) => (
              <td
                key={column.id}
                className={column.number ? css.number : undefined}
                title={column.number ? undefined : column.text(run, { say, language })}
                onDoubleClick={column.id === 'name' ? () => useRunsView.getState().rename(run.id) : undefined}
              >
                {column.id === 'name' && naming === run.id ? (
                  <NameField
                    label={say('runs.newName')}
                    value={run.name}
                    onDone={(name) => {
                      useRunsView.getState().rename(null);
                      if (name !== null) changeRun(run.id, { name });
                      table.current?.focus();
                    }}
                  />
                ) : column.id === 'name' ? (
                  <Name run={run} number={numbers.get(run.id)} />
                ) : column.id === DIFFERS ? (
                  <Differs list={differing.get(run.id) ?? []} all={differing} />
                ) : column.id === 'state' ? (
                  <State run={run} />
                ) : (
                  column.text(run, { say, language })
                )}
              </td>
            ))}
          </tr>
        );
      }}
    />
  );
}

const rowId = (index: number): string => `run-row-${index}`;

function Head({ column, sorted }: { readonly column: Column; readonly sorted: boolean | null }) {
  const { say, pick } = useWords();
  const name = typeof column.head === 'string' ? say(column.head) : pick(column.head);
  // The first click sorts columns of numbers in descending order.
  const next = sorted === null ? column.number || column.id === 'created' : !sorted;
  return (
    <th
      scope="col"
      style={{ width: column.width }}
      className={column.number ? css.number : undefined}
      aria-sort={sorted === null ? 'none' : sorted ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className={css.sort}
        title={say(next ? 'runs.sortDown' : 'runs.sortUp', { column: name })}
        onClick={() => useRunsView.getState().sortBy(column.id, next)}
      >
        <span>{name}</span>
        {sorted !== null && <Icon name={sorted ? 'down' : 'up'} size={12} />}
      </button>
    </th>
  );
}

/** Name of a run, with its color if it is selected, and a sign if it continues another run. */
function Name({ run, number }: { readonly run: RunRecord; readonly number: number | undefined }) {
  const { say, language } = useWords();
  const color = useRunsView(({ selected, colors }) => (selected.has(run.id) ? colors.get(run.id) : undefined));
  const from = useRuns(({ runs }) => runs.find(({ id }) => id === run.from?.run)?.name);
  const words =
    run.from === null
      ? undefined
      : say('runs.continues', { name: from ?? run.from.run, step: run.from.step.toLocaleString('en') });
  return (
    <span className={css.named}>
      <i className={css.swatch} style={color === undefined ? undefined : { background: `var(${color})` }} />
      {words !== undefined && (
        <span className={css.continues} role="img" aria-label={words} title={words}>
          <Icon name="branch" size={13} />
        </span>
      )}
      <span>{withNumber(runName(run, language), number)}</span>
    </span>
  );
}

interface DiffersProps {
  readonly list: readonly Differing[];
  readonly all: ReadonlyMap<string, readonly Differing[]>;
}

function Differs({ list, all }: DiffersProps) {
  const { say, pick } = useWords();
  if (list.length === 0) {
    const some = [...all.values()].some((other) => other.length > 0);
    return some ? <span className={css.baseline}>{say('runs.baseline')}</span> : null;
  }
  return (
    <span className={css.chips}>
      {list.map(({ key, name, value }) => (
        <span key={key} className={css.differs}>
          {pick(name)} {pick(value)}
        </span>
      ))}
    </span>
  );
}

function State({ run }: { readonly run: RunRecord }) {
  const { say, pick } = useWords();
  const own = useOwn(run.id);
  const elsewhere = run.state === 'running' && !own;
  return (
    <span className={css.state} title={run.message ? pick(run.message) : elsewhere ? say('runs.elsewhere') : undefined}>
      <StateSign state={run.state} />
      {say(`runs.state.${run.state}`)}
      {elsewhere && <Icon name="lock" size={12} />}
    </span>
  );
}

import { useDeferredValue, useId, useMemo } from 'react';
import { nameOf } from '../../state/files/nameOf.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { WeightsView } from '../look/WeightsView.tsx';
import { ChangeWeights } from './ChangeWeights.tsx';
import { TensorTable } from './TensorTable.tsx';
import { headsOf } from './tensorColumns.ts';
import { csvOf, found, rowsOf, sorted, type TensorRow } from './tensorRows.ts';
import { useCompared } from './useCompared.ts';
import { useTensors } from './useTensors.ts';
import css from './WeightsPanel.module.css';
import { useWeightsTable } from './weightsStore.ts';

/** Panel “Weights”: statistics of all parameters and buffers, compared with the start of the run or with another run. */
export function WeightsPanel() {
  const { say, tell, language } = useWords();
  const { document: shown, check } = useShown();
  const at = useCheckpoint((state) => state.at);
  const { query, sorting, selected, compared } = useWeightsTable();
  const start = useCompared(compared);
  // The document of the check keeps its identity while layers are dragged.
  const document = check.graph?.document ?? null;
  const wanted = useMemo(() => (document === null ? null : { document, at, start }), [document, at, start]);
  const reply = useTensors(wanted);
  const filter = useDeferredValue(query);
  const all = useMemo(() => rowsOf(reply?.tensors ?? [], shown), [reply, shown]);
  const rows = useMemo(() => sorted(found(all, filter), sorting, language), [all, filter, sorting, language]);
  const chosen = rows.find(({ name }) => name === selected) ?? null;

  if (document === null) return <EmptyState>{say('weights.errors')}</EmptyState>;
  if (reply === null) return <EmptyState>{say('weights.asking')}</EmptyState>;
  if (reply.message !== null) return <EmptyState>{tell(reply.message)}</EmptyState>;
  if (all.length === 0) return <EmptyState>{say('weights.none')}</EmptyState>;

  function choose(row: TensorRow): void {
    useWeightsTable.setState({ selected: row.name });
  }

  async function save(): Promise<void> {
    const bytes = csvOf(rows, headsOf(say), language);
    const name = `${nameOf(useDocument.getState().root, language)} ${say('weights.tab')}`;
    await saveFile(name, 'csv', bytes, {
      about: 'tables',
      saved: (path) => ({ message: { key: 'analysis.saved', values: { path } } }),
    });
  }

  return (
    <div className={css.panel}>
      <div className={css.bar}>
        <SearchField
          label={say('weights.filter')}
          value={query}
          className={css.filter}
          onSearch={(text) => useWeightsTable.setState({ query: text })}
        />
        <ComparedField run={compared} />
        <span className={css.count}>
          {reply.trained
            ? say('weights.count', { count: whole(all.length), values: whole(sum(all)) })
            : say('weights.untrained')}
        </span>
        <Button
          label={say('weights.saveCsv')}
          icon="save"
          look="outlined"
          onClick={() => void save().catch(console.error)}
        >
          {say('analysis.csv')}
        </Button>
      </div>
      <div className={css.main}>
        <TensorTable
          rows={rows}
          at={chosen === null ? -1 : rows.indexOf(chosen)}
          sorting={sorting}
          onSort={(order) => useWeightsTable.setState({ sorting: order })}
          onChoose={choose}
        />
        {chosen !== null && (
          <aside className={css.detail} aria-label={chosen.tensor.path}>
            <h2 className={css.name}>{chosen.tensor.path}</h2>
            <p className={css.type}>
              {say('weights.type', { type: 'float32', count: whole(chosen.tensor.now.count) })}
              {chosen.tensor.frozen && ` · ${say('weights.frozen')}`}
            </p>
            <WeightsView
              path={chosen.tensor.path}
              weights={[chosen.tensor]}
              moved={compared === null ? say('look.moved') : say('weights.moved')}
            />
            <ChangeWeights key={chosen.tensor.path} row={chosen} />
          </aside>
        )}
      </div>
    </div>
  );
}

const sum = (rows: readonly TensorRow[]): number => rows.reduce((total, { tensor }) => total + tensor.now.count, 0);

/** Choice of the weights to compare with. */
function ComparedField({ run }: { readonly run: string | null }) {
  const { say } = useWords();
  const id = useId();
  const runs = useRuns((state) => state.runs);
  return (
    <label className={css.compared} htmlFor={id}>
      <span>{say('weights.compare')}</span>
      <Select
        id={id}
        value={run ?? ''}
        onChange={({ target }) => useWeightsTable.setState({ compared: target.value === '' ? null : target.value })}
      >
        <option value="">{say('weights.start')}</option>
        {runs.map(({ id: value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Select>
    </label>
  );
}

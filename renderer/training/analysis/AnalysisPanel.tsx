import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useAnalysis } from '../../state/analysis/analysisStore.ts';
import { nameOf } from '../../state/files/nameOf.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './AnalysisPanel.module.css';
import { heads } from './analysisColumns.ts';
import { CostTable } from './CostTable.tsx';
import { csvOf } from './costCsv.ts';
import { useCostTable } from './costTableStore.ts';
import { found, rowsOf, sorted, sumsOf } from './rows.ts';
import { StepFigures } from './StepFigures.tsx';

/** Analysis panel: cost of each layer, and totals for a training step and a prediction. */
export function AnalysisPanel() {
  const { say, language } = useWords();
  const id = useId();
  const query = useCostTable((state) => state.query);
  const sorting = useCostTable((state) => state.sorting);
  const { setQuery, setSorting } = useCostTable.getState();
  const check = useDocument((state) => state.rootCheck);
  const ownBatch = useDocument((state) => state.root.recipe.batchSize);
  const batch = useAnalysis((state) => state.batch) ?? ownBatch;
  const shownQuery = useDeferredValue(query);
  // Positions do not affect costs, so dragging a layer does not recompute the table.
  const all = useMemo(() => rowsOf(check.graph?.document ?? useDocument.getState().root, check), [check]);
  const shown = useMemo(() => sorted(found(all, shownQuery), sorting, language), [all, shownQuery, sorting, language]);
  const sums = useMemo(() => sumsOf(shown), [shown]);

  async function save(): Promise<void> {
    const words = Object.fromEntries(heads.map(({ column, title }) => [column, say(title)]));
    const bytes = csvOf(shown, sums, batch, {
      heads: { ...words, activation: say('analysis.activationBytes', { batch }) },
      total: say('analysis.total'),
      language,
    });
    await saveFile(nameOf(useDocument.getState().root, language), 'csv', bytes, {
      about: 'tables',
      saved: (path) => ({ message: { key: 'analysis.saved', values: { path } } }),
    });
  }

  return (
    <div className={css.panel}>
      <div className={css.bar}>
        <SearchField label={say('analysis.filter')} value={query} className={css.filter} onSearch={setQuery} />
        <BatchField id={`${id}-batch`} />
        <StepFigures batch={batch} />
        <span className={css.space} />
        <Button
          label={say('analysis.saveCsv')}
          icon="save"
          look="outlined"
          onClick={() => void save().catch(console.error)}
        >
          {say('analysis.csv')}
        </Button>
      </div>
      <CostTable rows={shown} sums={sums} batch={batch} sorting={sorting} onSort={setSorting} />
    </div>
  );
}

const LARGEST = 1_000_000;

/** Field for the batch size. An empty field means the batch size of the training settings. */
function BatchField({ id }: { readonly id: string }) {
  const { say } = useWords();
  const recipe = useDocument((state) => state.root.recipe.batchSize);
  const chosen = useAnalysis((state) => state.batch);
  const [draft, setDraft] = useState<string | null>(null);
  const set = (text: string): void => {
    setDraft(text);
    const batch = Number(text);
    const { setBatch } = useAnalysis.getState();
    if (text.trim() === '') setBatch(null);
    else if (Number.isSafeInteger(batch) && batch >= 1 && batch <= LARGEST) setBatch(batch);
  };
  return (
    <label className={css.batch} htmlFor={id}>
      {say('analysis.batch')}
      <input
        id={id}
        type="number"
        min={1}
        max={LARGEST}
        placeholder={`${recipe}`}
        value={draft ?? chosen ?? ''}
        onChange={({ target }) => set(target.value)}
        onBlur={() => setDraft(null)}
      />
    </label>
  );
}

import { useMemo, useState } from 'react';
import { shapeText } from '../../../src/layers/config.ts';
import { fits, matchWeights, type SourceTensor, type WeightRow } from '../../../src/plan/matchWeights.ts';
import { tensorsIn } from '../../../src/plan/otherWeights.ts';
import { rowText } from '../../../src/plan/weightTableText.ts';
import { takeStartWeights, useStartWeights } from '../../state/run/startWeights.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { VirtualTable } from '../../ui/controls/VirtualTable.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './StartWeightsDialog.module.css';

/** Table of the network's tensors and their sources in a file or run, which the user corrects. */
export function StartWeightsDialog() {
  const { say } = useWords();
  const { open, name, scope, close } = useStartWeights();
  return (
    <Dialog
      title={scope === null ? say('fineTuning.tableTitle', { name }) : say('weights.tableTitle', { name, scope })}
      open={open}
      onClose={close}
    >
      <Table />
    </Dialog>
  );
}

const ROW = 32;
const NAMED = 4;

function Table() {
  const { say } = useWords();
  const { tensors, chosen, scope, close } = useStartWeights();
  const graph = useDocument(({ rootCheck }) => rootCheck.graph);
  const [onlyGaps, setOnlyGaps] = useState(false);
  const { rows, unused } = useMemo(
    () => matchWeights(graph === null ? [] : tensorsIn(graph, scope), tensors, chosen),
    [graph, tensors, chosen, scope],
  );
  const taken = rows.filter(({ source }) => source !== null).length;
  const shown = onlyGaps ? rows.filter(({ source }) => source === null) : rows;
  const names = unused.slice(0, NAMED).map((tensor) => tensor.name);
  return (
    <div className={css.form}>
      <p role="status">
        {say(scope === null ? 'fineTuning.tableSummary' : 'weights.tableSummary', { taken, all: rows.length })}
      </p>
      {scope === null && unused.length > 0 && (
        <p className={css.quiet}>
          {say('fineTuning.tableUnused', {
            count: unused.length,
            names: `${names.join(', ')}${unused.length > NAMED ? ', …' : ''}`,
          })}
        </p>
      )}
      <label className={css.check}>
        <input type="checkbox" checked={onlyGaps} onChange={({ target }) => setOnlyGaps(target.checked)} />
        {say('fineTuning.onlyGaps')}
      </label>
      <div className={css.table} style={{ height: Math.min(380, (shown.length + 1) * ROW + 4) }}>
        <VirtualTable
          label={say('fineTuning.tensor')}
          count={shown.length}
          rowHeight={ROW}
          at={-1}
          columns={4}
          head={
            <thead>
              <tr>
                <th scope="col">{say('fineTuning.tensor')}</th>
                <th scope="col">{say('fineTuning.shape')}</th>
                <th scope="col">{say('fineTuning.source')}</th>
                <th scope="col">{say('fineTuning.rule')}</th>
              </tr>
            </thead>
          }
          row={(index) => {
            const row = shown[index];
            return row === undefined ? null : <Row key={row.name} row={row} tensors={tensors} />;
          }}
        />
      </div>
      <div className={css.actions}>
        <Button look="outlined" label={say('fineTuning.cancel')} onClick={close}>
          {say('fineTuning.cancel')}
        </Button>
        <Button
          look="filled"
          label={say(scope === null ? 'fineTuning.take' : 'weights.take')}
          disabled={taken === 0}
          onClick={() => void takeStartWeights(rows.length)}
        >
          {say(scope === null ? 'fineTuning.take' : 'weights.take')}
        </Button>
      </div>
    </div>
  );
}

function Row({ row, tensors }: { readonly row: WeightRow; readonly tensors: readonly SourceTensor[] }) {
  const { say, pick } = useWords();
  const { choose, scope } = useStartWeights.getState();
  const text = pick(rowText(row));
  return (
    <tr className={row.source === null ? css.gap : undefined}>
      <td title={row.name}>{row.name}</td>
      <td className={css.shape}>{shapeText(row.shape)}</td>
      <td>
        <Select
          className={css.select}
          aria-label={say('fineTuning.sourceOf', { name: row.name })}
          value={row.source ?? ''}
          onChange={({ target }) => choose(row.name, target.value === '' ? null : target.value)}
        >
          <option value="">{say(scope === null ? 'fineTuning.noSource' : 'weights.unchanged')}</option>
          {tensors
            .filter((tensor) => fits(row.shape, tensor))
            .map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </Select>
      </td>
      <td title={text}>{text}</td>
    </tr>
  );
}

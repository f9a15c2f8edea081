import { useDeferredValue, useMemo } from 'react';
import { sweepFields } from '../../../src/sweep/fields.ts';
import { planSweep, type SweepPlan } from '../../../src/sweep/plan.ts';
import { SWEEP_LIMIT, sweepPoints } from '../../../src/sweep/points.ts';
import { NotTrainableReason } from '../../state/run/NotTrainableWords.tsx';
import { useNotTrainable } from '../../state/run/useNotTrainable.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Choice } from '../../ui/controls/Choice.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { queueRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { SeriesSize } from './SeriesSize.tsx';
import css from './SweepDialog.module.css';
import { SweepRow } from './SweepRow.tsx';
import { readForm, startValues } from './sweepForm.ts';
import { useSweep } from './sweepStore.ts';

/** Dialog for a hyperparameter sweep, with the number of runs and their estimated time. */
export function SweepDialog() {
  const { say } = useWords();
  const { open, close } = useSweep();
  return (
    <Dialog title={say('sweep.title')} open={open} onClose={close}>
      <Form />
    </Dialog>
  );
}

function Form() {
  const { say } = useWords();
  const root = useDocument((state) => state.root);
  const form = useSweep();
  const { kind, rows, count, seeds, group, change } = form;
  const fields = useMemo(() => sweepFields(root), [root]);
  const read = useMemo(
    () => readForm({ kind, rows, count, seeds, group }, fields, root.recipe.seed),
    [kind, rows, count, seeds, group, fields, root.recipe.seed],
  );
  // Deferred, because the check of a large plan would delay typing.
  const spec = useDeferredValue(read.spec);
  const plan = useMemo(() => (spec === null ? null : planSweep(root, sweepPoints(spec))), [spec, root]);
  const unused = fields.find(({ id }) => rows.every((row) => row.field !== id));

  function start({ runs }: SweepPlan): void {
    const name = group.trim() === '' ? root.name : group.trim();
    queueRuns(runs.map((run) => ({ ...run, group: name, endsOnly: true })));
    useSweep.getState().close();
    useRunsView.getState().showGroup(name);
    useUi.getState().notify({
      tone: 'good',
      message: { key: 'sweep.started', values: { count: runs.length, group: name } },
    });
  }

  return (
    <div className={css.form}>
      <Choice
        label={say('sweep.kind')}
        value={kind}
        options={[
          { value: 'grid', label: say('sweep.grid') },
          { value: 'random', label: say('sweep.random') },
        ]}
        onChange={(next) => change({ kind: next })}
      />
      <div className={css.rows}>
        {rows.map((row, at) => (
          <SweepRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
            key={at}
            at={at}
            row={row}
            fields={fields}
            ranges={kind === 'random'}
            problem={row.values === '' ? undefined : read.problems.get(at)}
            onChange={(next) => change({ rows: rows.with(at, next) })}
            onRemove={rows.length > 1 ? () => change({ rows: rows.toSpliced(at, 1) }) : undefined}
          />
        ))}
        {unused !== undefined && (
          <div>
            <Button
              icon="zoomIn"
              label={say('sweep.add')}
              onClick={() => change({ rows: [...rows, { field: unused.id, values: startValues(unused) }] })}
            >
              {say('sweep.add')}
            </Button>
          </div>
        )}
      </div>
      <div className={css.numbers}>
        {kind === 'random' && (
          <NumberField
            label={say('sweep.count')}
            value={count}
            max={SWEEP_LIMIT}
            onChange={(next) => change({ count: next })}
          />
        )}
        <NumberField label={say('sweep.seeds')} value={seeds} max={50} onChange={(next) => change({ seeds: next })} />
        <label className={css.field}>
          {say('sweep.group')}
          <input className={css.input} value={group} onChange={({ target }) => change({ group: target.value })} />
        </label>
      </div>
      <Foot plan={spec === read.spec ? plan : null} size={read.size} onStart={start} />
    </div>
  );
}

interface FootProps {
  readonly plan: SweepPlan | null;
  readonly size: number | null;
  onStart(plan: SweepPlan): void;
}

function Foot({ plan, size, onStart }: FootProps) {
  const { say, pick } = useWords();
  const engine = useEngineReady();
  const count = plan?.runs.length ?? 0;
  const why = useNotTrainable();
  return (
    <>
      {plan !== null && plan.left.length > 0 && (
        <details className={css.left}>
          <summary>{say('sweep.left', { count: plan.left.length })}</summary>
          <ul>
            {plan.left.slice(0, 20).map(({ name, reason }) => (
              <li key={name}>
                <b>{name}</b> {pick(reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className={css.foot}>
        <p className={css.size} role="status">
          {plan !== null && count === 0 && why !== null && (
            <span className={css.wrong}>
              <NotTrainableReason why={why} />
            </span>
          )}
          {plan !== null && <SeriesSize documents={plan.runs.map(({ document }) => document)} />}
          {plan === null && size !== null && <b>{say('sweep.size', { count: size })}</b>}
          {plan === null && size !== null && size > SWEEP_LIMIT && (
            <span className={css.wrong}>{say('sweep.tooMany', { limit: SWEEP_LIMIT })}</span>
          )}
        </p>
        <Button
          look="filled"
          label={say('sweep.start', { count })}
          disabled={count === 0 || !engine}
          onClick={() => plan !== null && onStart(plan)}
        >
          {say('sweep.start', { count })}
        </Button>
      </div>
      <p className={css.note}>{say('sweep.keeps')}</p>
    </>
  );
}

const useEngineReady = (): boolean => useRun((state) => state.engine === 'ready');

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  onChange(value: number): void;
}

/** Field for an integer of at least 1. Other input is ignored. */
export function NumberField({ label, value, max, onChange }: NumberFieldProps) {
  return (
    <label className={css.field}>
      {label}
      <input
        className={`${css.input} ${css.number}`}
        type="number"
        min={1}
        max={max}
        value={value}
        onChange={({ target }) => {
          const number = Math.round(target.valueAsNumber);
          if (number >= 1 && number <= max) onChange(number);
        }}
      />
    </label>
  );
}

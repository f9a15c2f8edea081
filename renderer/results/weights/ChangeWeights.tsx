import { type ReactNode, useId, useState } from 'react';
import { layerIn } from '../../../src/check/faces.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { weightInitOptions } from '../../../src/layers/initializers.ts';
import { engine } from '../../state/desktop/engine.ts';
import { loadRunWeights, loadWeights, resetWeights } from '../../state/run/startWeights.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './ChangeWeights.module.css';
import type { TensorRow } from './tensorRows.ts';
import { useCompared } from './useCompared.ts';

const FILE = 'file';

/** Resets, reinitializes and loads the weights of the selected layer or tensor, each as one undo step. */
export function ChangeWeights({ row }: { readonly row: TensorRow }) {
  const { say } = useWords();
  const isBusy = useRun(({ state }) => isActive(state));
  const isPast = useCheckpoint(({ at }) => at !== null);
  const [wholeLayer, setWholeLayer] = useState(true);
  const start = useCompared(null);
  const runs = useRuns((state) => state.runs);
  const { path, param } = row.tensor;
  const scope = wholeLayer ? path : row.name;

  if (isBusy || isPast) return <p className={css.quiet}>{say(isBusy ? 'weights.busy' : 'weights.past')}</p>;

  function load(from: string): void {
    const run = runs.find(({ id }) => id === from);
    const loading = run === undefined ? loadWeights(scope) : loadLast(run.id, run.name, scope);
    loading.catch(console.error);
  }

  return (
    <section className={css.change} aria-label={say('weights.change')}>
      <h3 className={css.title}>{say('weights.change')}</h3>
      <Choice
        label={say('weights.scope')}
        value={String(wholeLayer)}
        onChange={(value) => setWholeLayer(value === 'true')}
      >
        <option value="true">{say('weights.scopeLayer', { name: path })}</option>
        <option value="false">{say('weights.scopeTensor', { name: param })}</option>
      </Choice>
      <Button
        look="outlined"
        label={say('weights.resetRun')}
        hint={say('weights.resetRunHint')}
        disabled={start === null}
        onClick={() => {
          if (start === null) return;
          const { moved } = useRun.getState();
          void resetWeights(scope, { kind: 'run', at: start, name: say('weights.start'), moved });
        }}
      >
        {say('weights.resetRun')}
      </Button>
      <Button
        look="outlined"
        label={say('weights.resetOpened')}
        hint={say('weights.resetOpenedHint')}
        onClick={() => void resetWeights(scope, { kind: 'opened', name: say('weights.opened') })}
      >
        {say('weights.resetOpened')}
      </Button>
      <Reinitialize scope={scope} path={path} isWeight={wholeLayer || param === 'weight'} />
      <Choice label={say('weights.loadFrom')} value="" onChange={load}>
        <option value="">{say('weights.loadChoose')}</option>
        <option value={FILE}>{say('weights.loadFile')}</option>
        {runs.map(({ id, name }) => (
          <option key={id} value={id}>
            {say('weights.loadRun', { name })}
          </option>
        ))}
      </Choice>
    </section>
  );
}

/** Loads from the last kept checkpoint of a run. */
async function loadLast(run: string, name: string, scope: string): Promise<void> {
  const { checkpoints } = await engine.call('listCheckpoints', { run });
  const step = checkpoints.at(-1)?.step;
  if (step !== undefined) await loadRunWeights({ run, step }, name, scope);
}

interface ReinitializeProps {
  readonly scope: string;
  /** Path of the layer. */
  readonly path: string;
  /** True if the weight is among the tensors, which the initializer of the layer concerns. */
  readonly isWeight: boolean;
}

function Reinitialize({ scope, path, isWeight }: ReinitializeProps) {
  const { say, pick } = useWords();
  const root = useDocument((state) => state.root);
  const node = root.nodes.find(({ name }) => name === path);
  const field = node && layerIn(root, node.layer)?.config.weightInit;
  const init = node?.config.weightInit ?? field?.default;
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = chosen ?? String(init);

  function reinitialize(): void {
    const edits: readonly Edit[] =
      node === undefined || !isWeight || field === undefined || wanted === init
        ? []
        : [{ kind: 'setConfig', node: node.id, key: 'weightInit', value: wanted }];
    const document = applyEdits(root, edits);
    void resetWeights(scope, { kind: 'initial', document, name: say('weights.initial') }, edits);
  }

  return (
    <>
      {field !== undefined && isWeight && (
        <Choice label={say('weights.initializer')} value={wanted} onChange={setChosen}>
          {weightInitOptions.map(({ value, label }) => (
            <option key={value} value={value}>
              {pick(label)}
            </option>
          ))}
        </Choice>
      )}
      <Button
        look="outlined"
        label={say('weights.reinitialize')}
        hint={say('weights.reinitializeHint')}
        onClick={reinitialize}
      >
        {say('weights.reinitialize')}
      </Button>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
  onChange(value: string): void;
}

function Choice({ label, value, children, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className={css.choice}>
      <label htmlFor={id}>{label}</label>
      <Select id={id} value={value} onChange={({ target }) => target.value !== '' && onChange(target.value)}>
        {children}
      </Select>
    </div>
  );
}

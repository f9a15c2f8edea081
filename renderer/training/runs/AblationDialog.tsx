import { useMemo } from 'react';
import { ablationRuns, planAblation } from '../../../src/sweep/ablation.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { type Key, useWords } from '../../ui/i18n/i18n.ts';
import { useAblate } from './ablateStore.ts';
import { queueRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { SeriesSize } from './SeriesSize.tsx';
import css from './SweepDialog.module.css';
import { NumberField } from './SweepDialog.tsx';
import { freshGroup } from './sweepStore.ts';

const MOST_SEEDS = 50;

/** Dialog that trains the network with and without the selected layers, from the same seeds. */
export function AblationDialog() {
  const { say } = useWords();
  const { open, close, nodes } = useAblate();
  const root = useDocument((state) => state.root);
  const names = root.nodes.filter(({ id }) => nodes.includes(id)).map(({ name }) => name);
  return (
    <Dialog title={say('ablate.title', { names: names.join(', ') })} open={open} onClose={close}>
      <Form names={names.join(', ')} />
    </Dialog>
  );
}

function Form({ names }: { readonly names: string }) {
  const { say, pick } = useWords();
  const { nodes, seeds, epochs, change, close } = useAblate();
  const root = useDocument((state) => state.root);
  const engine = useRun((state) => state.engine === 'ready');
  const plan = useMemo(() => {
    const shorter = { ...root, recipe: { ...root.recipe, epochs } };
    return planAblation(shorter, nodes, seeds);
  }, [root, nodes, seeds, epochs]);
  const runs = 'problem' in plan ? [] : ablationRuns(plan);
  const changes = 'problem' in plan ? [] : plan.arms.flatMap((arm) => arm.changes);

  function start(): void {
    const nameOf = (key: Key, seed: number) => say(key, { names, seed });
    const base = say('ablate.group', { network: root.name, names });
    const group = freshGroup((number) => (number === 1 ? base : `${base} ${number}`));
    queueRuns(
      runs.map(({ arm, seed, document, varied }) => ({
        document,
        varied,
        group,
        name: nameOf(arm.without === null ? 'ablate.with' : 'ablate.without', seed),
        endsOnly: true,
      })),
    );
    close();
    useRunsView.getState().showGroup(group);
    useUi.getState().notify({ tone: 'good', message: { key: 'sweep.started', values: { count: runs.length, group } } });
  }

  return (
    <div className={css.form}>
      <p>{say('ablate.hint', { names })}</p>
      <div className={css.numbers}>
        <NumberField
          label={say('ablate.seeds')}
          value={seeds}
          max={MOST_SEEDS}
          onChange={(next) => change({ seeds: next })}
        />
        <NumberField
          label={say('ablate.epochs')}
          value={epochs}
          max={10_000}
          onChange={(next) => change({ epochs: next })}
        />
      </div>
      {changes.length > 0 && (
        <div className={css.left}>
          {say('ablate.changes')}
          <ul>
            {changes.map((each) => (
              <li key={each.en}>{pick(each)}</li>
            ))}
          </ul>
        </div>
      )}
      {'problem' in plan && <p className={css.wrong}>{pick(plan.problem)}</p>}
      <div className={css.foot}>
        <p className={css.size} role="status">
          {runs.length > 0 && <SeriesSize documents={runs.map(({ document }) => document)} />}
        </p>
        <Button
          look="filled"
          label={say('sweep.start', { count: runs.length })}
          disabled={runs.length === 0 || !engine}
          onClick={start}
        >
          {say('sweep.start', { count: runs.length })}
        </Button>
      </div>
      <p className={css.note}>{say('sweep.keeps')}</p>
    </div>
  );
}

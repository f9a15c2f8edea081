import type { DataConfig, OptimizerConfig, Recipe } from '../../src/graph/document.ts';
import { optimizerTitles } from '../../src/graph/recipe.ts';
import { bool, type Field, float, int } from '../../src/layers/config.ts';
import { type Key, textOf, useWords } from '../i18n/i18n.ts';
import { useDocument } from '../stores/stores.ts';
import rowCss from './FieldRow.module.css';
import { FieldRow } from './FieldRow.tsx';
import css from './Inspector.module.css';

const seeds = { min: 0, max: 4_294_967_295 };
const sgdFields = {
  learningRate: float({ label: textOf('recipe.learningRate'), default: 0.1, min: 1e-6, max: 100, step: 0.01 }),
  momentum: float({ label: textOf('recipe.momentum'), default: 0, min: 0, max: 0.999, step: 0.1 }),
  weightDecay: float({ label: textOf('recipe.weightDecay'), default: 0, min: 0, max: 1, step: 0.0001 }),
};
/** Nesterov's way of looking ahead needs a momentum to look along. */
const nesterovField = { nesterov: bool({ label: textOf('recipe.nesterov'), default: false }) };
const fieldsOf = (optimizer: OptimizerConfig): Readonly<Record<string, Field>> => {
  const { learningRate, momentum, weightDecay } = sgdFields;
  if (optimizer.kind !== 'sgd') return { learningRate, weightDecay };
  return { learningRate, momentum, weightDecay, ...(optimizer.momentum > 0 ? nesterovField : {}) };
};
const runFields = {
  batchSize: int({ label: textOf('recipe.batchSize'), default: 32, min: 1, max: 8192 }),
  epochs: int({ label: textOf('recipe.epochs'), default: 10, min: 1, max: 10_000 }),
  seed: int({ label: textOf('recipe.seed'), default: 1, ...seeds }),
};
const dataFields = {
  validation: float({ label: textOf('data.validation'), default: 0.2, min: 0.01, max: 0.9, step: 0.05 }),
  splitSeed: int({ label: textOf('data.splitSeed'), default: 1, ...seeds }),
};

interface FieldsProps<T> {
  readonly fields: Readonly<Record<string, Field>>;
  readonly of: T;
  readonly change: (value: T) => void;
}

function Fields<T extends object>({ fields, of, change }: FieldsProps<T>) {
  const { commit, cancel } = useDocument.getState();
  return Object.entries(fields).map(([key, field]) => (
    <FieldRow
      key={key}
      field={field}
      value={of[key as keyof T] as number | boolean}
      onChange={(value) => change({ ...of, [key]: value })}
      onCommit={commit}
      onCancel={cancel}
    />
  ));
}

/** What belongs to the network as a whole: how it is trained, and on what. */
export function RecipeForm() {
  const { say } = useWords();
  const recipe = useDocument(({ document }) => document.recipe);
  const data = useDocument(({ document }) => document.data);
  const { transient } = useDocument.getState();
  const { optimizer } = recipe;
  const setRecipe = (next: Recipe) => transient([{ kind: 'setRecipe', recipe: next }]);
  const setOptimizer = (next: OptimizerConfig) =>
    setRecipe({
      ...recipe,
      optimizer: next.kind === 'sgd' ? { ...next, nesterov: next.nesterov && next.momentum > 0 } : next,
    });
  const setData = (next: DataConfig) => transient([{ kind: 'setData', data: next }]);
  return (
    <>
      <section className={css.section}>
        <h2>{say('inspector.training')}</h2>
        <div className={css.fields}>
          <Fixed label="recipe.optimizer" value={optimizerTitles[optimizer.kind]} />
          <Fields fields={fieldsOf(optimizer)} of={optimizer} change={setOptimizer} />
          <Fields fields={runFields} of={recipe} change={setRecipe} />
        </div>
      </section>
      <section className={css.section}>
        <h2>{say('inspector.data')}</h2>
        <div className={css.fields}>
          <Fixed label="data.source" value={data.source === 'mnist' ? say('data.mnist') : data.source} />
          <Fields fields={dataFields} of={data} change={setData} />
        </div>
      </section>
    </>
  );
}

/** What there is only one choice of so far. */
function Fixed({ label, value }: { readonly label: Key; readonly value: string }) {
  const { say } = useWords();
  return (
    <div className={rowCss.row}>
      <span className={css.muted}>{say(label)}</span>
      <span className={rowCss.fixed}>{value}</span>
    </div>
  );
}

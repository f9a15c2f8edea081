import type { DataConfig } from '../../src/graph/document.ts';
import { defaultOptimizers, type OptimizerConfig, type OptimizerKind, type Recipe } from '../../src/graph/recipe.ts';
import type { Field } from '../../src/layers/config.ts';
import { useWords } from '../i18n/i18n.ts';
import { useDocument } from '../stores/stores.ts';
import rowCss from './FieldRow.module.css';
import { FieldRow } from './FieldRow.tsx';
import css from './Inspector.module.css';
import { dataFields, optimizerFields, optimizerKind, runFields } from './recipeFields.ts';

interface FieldsProps<T> {
  readonly fields: readonly (readonly [string, Field])[];
  readonly of: T;
  readonly change: (value: T) => void;
}

function Fields<T extends object>({ fields, of, change }: FieldsProps<T>) {
  const { commit, cancel } = useDocument.getState();
  return fields.map(([key, field]) => (
    <FieldRow
      key={key}
      field={field}
      value={(of[key as keyof T] as number | boolean | undefined) ?? field.default}
      onChange={(value) => change({ ...of, [key]: value })}
      onCommit={commit}
      onCancel={cancel}
    />
  ));
}

/** Nesterov's way of looking ahead needs a momentum to look along. */
const sound = (optimizer: OptimizerConfig): OptimizerConfig =>
  optimizer.kind === 'sgd' && optimizer.momentum === 0 ? { ...optimizer, nesterov: false } : optimizer;

/** What belongs to the network as a whole: how it is trained, and on what. */
export function RecipeForm() {
  const { say } = useWords();
  const recipe = useDocument(({ document }) => document.recipe);
  const data = useDocument(({ document }) => document.data);
  const { transient } = useDocument.getState();
  const setRecipe = (next: Recipe) => transient([{ kind: 'setRecipe', recipe: next }]);
  const setData = (next: DataConfig) => transient([{ kind: 'setData', data: next }]);
  return (
    <>
      <section className={css.section}>
        <h2>{say('inspector.training')}</h2>
        <div className={css.fields}>
          <OptimizerForm
            optimizer={recipe.optimizer}
            change={(optimizer) => setRecipe({ ...recipe, optimizer: sound(optimizer) })}
          />
        </div>
        <div className={css.fields}>
          <Fields fields={Object.entries(runFields)} of={recipe} change={setRecipe} />
        </div>
      </section>
      <section className={css.section}>
        <h2>{say('inspector.data')}</h2>
        <div className={css.fields}>
          <div className={rowCss.row}>
            <span className={css.muted}>{say('data.source')}</span>
            <span className={rowCss.fixed}>{data.source === 'mnist' ? say('data.mnist') : data.source}</span>
          </div>
          <Fields fields={Object.entries(dataFields)} of={data} change={setData} />
        </div>
      </section>
    </>
  );
}

interface OptimizerProps {
  readonly optimizer: OptimizerConfig;
  change(optimizer: OptimizerConfig): void;
}

function OptimizerForm({ optimizer, change }: OptimizerProps) {
  const { say } = useWords();
  const { commit, cancel } = useDocument.getState();
  const fields = Object.entries(optimizerFields[optimizer.kind]).filter(
    ([key]) => key !== 'nesterov' || (optimizer.kind === 'sgd' && optimizer.momentum > 0),
  );
  const advanced = fields.filter(([, field]) => field.advanced);
  return (
    <>
      <FieldRow
        field={optimizerKind}
        value={optimizer.kind}
        onChange={(kind) => change(defaultOptimizers[kind as OptimizerKind])}
        onCommit={commit}
        onCancel={cancel}
      />
      <Fields fields={fields.filter(([, field]) => !field.advanced)} of={optimizer} change={change} />
      {advanced.length > 0 && (
        <details className={css.more}>
          <summary>{say('inspector.more')}</summary>
          <div className={css.fields}>
            <Fields fields={advanced} of={optimizer} change={change} />
          </div>
        </details>
      )}
    </>
  );
}

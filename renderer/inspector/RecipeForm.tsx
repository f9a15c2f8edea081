import type { ConfigValue, DataConfig } from '../../src/graph/document.ts';
import type { OptimizerConfig, Recipe, Schedule } from '../../src/graph/recipe.ts';
import type { Field } from '../../src/layers/config.ts';
import { useWords } from '../i18n/i18n.ts';
import { useDocument } from '../stores/stores.ts';
import rowCss from './FieldRow.module.css';
import { FieldRow } from './FieldRow.tsx';
import { Fold } from './Fold.tsx';
import css from './Inspector.module.css';
import {
  type Clipping,
  clippings,
  dataFields,
  decayField,
  type Kinds,
  keepBestField,
  optimizers,
  runFields,
  type Stopping,
  schedules,
  stoppings,
} from './recipeFields.ts';

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
      value={(of[key as keyof T] as ConfigValue | undefined) ?? field.default}
      onChange={(value) => change({ ...of, [key]: value })}
      onCommit={commit}
      onCancel={cancel}
    />
  ));
}

/** Nesterov's way of looking ahead needs a momentum to look along. */
const sound = (optimizer: OptimizerConfig): OptimizerConfig =>
  optimizer.kind === 'sgd' && optimizer.momentum === 0 ? { ...optimizer, nesterov: false } : optimizer;

/** A constant rate and unclipped gradients are what a recipe means that says nothing of them. */
function withSchedule({ schedule: _, ...recipe }: Recipe, schedule: Schedule): Recipe {
  return schedule.kind === 'constant' ? recipe : { ...recipe, schedule };
}

function withClip({ clip: _, ...recipe }: Recipe, clip: Clipping): Recipe {
  return clip.kind === 'none' ? recipe : { ...recipe, clip };
}

function withStopping({ earlyStopping: _, ...recipe }: Recipe, stopping: Stopping): Recipe {
  if (stopping.kind === 'none') return recipe;
  const { kind: monitor, ...rest } = stopping;
  return { ...recipe, earlyStopping: { monitor, ...rest } };
}

function stoppingOf({ earlyStopping }: Recipe): Stopping {
  if (earlyStopping === undefined) return stoppings.start.none;
  const { monitor: kind, ...rest } = earlyStopping;
  return { kind, ...rest };
}

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
      <Fold name="training" look="section" title={say('inspector.training')}>
        <KindForm
          kinds={optimizers}
          of={recipe.optimizer}
          change={(optimizer) => setRecipe({ ...recipe, optimizer: sound(optimizer) })}
          hidden={'momentum' in recipe.optimizer && recipe.optimizer.momentum === 0 ? ['nesterov'] : []}
        />
        <div className={css.fields}>
          <Fields fields={Object.entries(runFields)} of={recipe} change={setRecipe} />
        </div>
        <KindForm
          kinds={schedules}
          of={recipe.schedule ?? schedules.start.constant}
          change={(schedule) => setRecipe(withSchedule(recipe, schedule))}
        />
        <KindForm
          kinds={clippings}
          of={recipe.clip ?? clippings.start.none}
          change={(clip) => setRecipe(withClip(recipe, clip))}
        />
        <KindForm kinds={stoppings} of={stoppingOf(recipe)} change={(next) => setRecipe(withStopping(recipe, next))} />
        <div className={css.fields}>
          <Fields fields={[['keepBest', keepBestField]]} of={recipe} change={setRecipe} />
          <Fields fields={[['decayBiasAndNorm', decayField]]} of={recipe} change={setRecipe} />
        </div>
      </Fold>
      <Fold name="data" look="section" title={say('inspector.data')}>
        <div className={css.fields}>
          <div className={rowCss.row}>
            <span className={rowCss.label}>{say('data.source')}</span>
            <span className={rowCss.fixed}>{data.source === 'mnist' ? say('data.mnist') : data.source}</span>
          </div>
          <Fields fields={Object.entries(dataFields)} of={data} change={setData} />
        </div>
      </Fold>
    </>
  );
}

interface KindProps<T extends { readonly kind: string }> {
  readonly kinds: Kinds<T>;
  readonly of: T;
  change(value: T): void;
  /** Fields that make no sense as things are. */
  readonly hidden?: readonly string[];
}

/** A choice among kinds, and the form of the one that is chosen. */
function KindForm<T extends { readonly kind: string }>({ kinds, of, change, hidden = [] }: KindProps<T>) {
  const { say } = useWords();
  const { commit, cancel } = useDocument.getState();
  const kind = of.kind as T['kind'];
  const fields = Object.entries(kinds.fields[kind]).filter(([key]) => !hidden.includes(key));
  const advanced = fields.filter(([, field]) => field.advanced);
  return (
    <div className={css.fields}>
      <FieldRow
        field={kinds.choice}
        value={kind}
        onChange={(next) => change(kinds.start[next as T['kind']])}
        onCommit={commit}
        onCancel={cancel}
      />
      <Fields fields={fields.filter(([, field]) => !field.advanced)} of={of} change={change} />
      {advanced.length > 0 && (
        <Fold name="more" look="more" title={say('inspector.more')}>
          <div className={css.fields}>
            <Fields fields={advanced} of={of} change={change} />
          </div>
        </Fold>
      )}
    </div>
  );
}

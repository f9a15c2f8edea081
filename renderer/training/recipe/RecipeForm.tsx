import type { OptimizerConfig, Recipe, Schedule } from '../../../src/graph/recipe.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Fold } from '../../ui/controls/Fold.tsx';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { FineTuningForm } from '../fineTuning/FineTuningForm.tsx';
import { EstimateWords } from '../run/EstimateWords.tsx';
import { useRunLength } from '../run/useRunLength.ts';
import { BookSettings } from './BookSettings.tsx';
import { DataForm } from './DataForm.tsx';
import { Fields, KindForm } from './KindForm.tsx';
import { LossRow } from './LossRow.tsx';
import recipeCss from './Recipe.module.css';
import {
  type Clipping,
  clippings,
  decayField,
  keepBestField,
  lengthFields,
  optimizers,
  type Stopping,
  schedules,
  seedField,
  stoppings,
} from './recipeFields.ts';
import { SchedulePlot } from './SchedulePlot.tsx';

/** Turns Nesterov momentum off if there is no momentum. */
const withoutUselessNesterov = (optimizer: OptimizerConfig): OptimizerConfig =>
  optimizer.kind === 'sgd' && optimizer.momentum === 0 ? { ...optimizer, nesterov: false } : optimizer;

/** Sets the schedule. A constant learning rate is the default, so the field is omitted for it. */
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

/** Form for the training settings and the dataset. */
export function RecipeForm() {
  const { say } = useWords();
  return (
    <>
      <Fold name="training" look="section" title={say('inspector.training')}>
        <TrainingForm />
      </Fold>
      <FineTuningForm />
      <Fold name="data" look="section" title={say('inspector.data')}>
        <DataForm />
      </Fold>
    </>
  );
}

/** Form for loss, optimizer, learning rate, length of the run and further settings. */
function TrainingForm() {
  const recipe = useDocument(({ document }) => document.recipe);
  const setRecipe = (next: Recipe) => useDocument.getState().transient([{ kind: 'setRecipe', recipe: next }]);
  const decays = recipe.optimizer.weightDecay > 0;
  return (
    <>
      <BookSettings />
      <LossRow />
      <KindForm
        kinds={optimizers}
        of={recipe.optimizer}
        change={(optimizer) => setRecipe({ ...recipe, optimizer: withoutUselessNesterov(optimizer) })}
        hidden={'momentum' in recipe.optimizer && recipe.optimizer.momentum === 0 ? ['nesterov'] : []}
      >
        {decays && <Fields fields={[['decayBiasAndNorm', decayField]]} of={recipe} change={setRecipe} />}
      </KindForm>
      <KindForm
        kinds={schedules}
        of={recipe.schedule ?? schedules.start.constant}
        change={(schedule) => setRecipe(withSchedule(recipe, schedule))}
      >
        <SchedulePlot recipe={recipe} />
      </KindForm>
      <div className={`${rowCss.fields} ${recipeCss.group}`}>
        <LengthFields recipe={recipe} change={setRecipe} />
      </div>
      <div className={recipeCss.group}>
        <KindForm
          kinds={clippings}
          of={recipe.clip ?? clippings.start.none}
          change={(clip) => setRecipe(withClip(recipe, clip))}
        />
        <KindForm kinds={stoppings} of={stoppingOf(recipe)} change={(next) => setRecipe(withStopping(recipe, next))} />
        <div className={rowCss.fields}>
          <Fields fields={[['keepBest', keepBestField]]} of={recipe} change={setRecipe} />
        </div>
      </div>
      <div className={`${rowCss.fields} ${recipeCss.group}`}>
        <SeedField recipe={recipe} change={setRecipe} />
      </div>
    </>
  );
}

interface PartProps {
  readonly recipe: Recipe;
  readonly change: (recipe: Recipe) => void;
}

/** Batch size and epochs, with the resulting number of steps and estimated time. */
function LengthFields({ recipe, change }: PartProps) {
  const { say } = useWords();
  const length = useRunLength();
  const notes = {
    ...(length && {
      batchSize: (
        <span className={recipeCss.below}>{say('recipe.stepsPerEpoch', { steps: whole(length.stepsPerEpoch) })}</span>
      ),
    }),
    epochs: (
      <span className={recipeCss.below}>
        {length && `${say('recipe.stepsInAll', { steps: whole(length.steps) })} · `}
        <EstimateWords />
      </span>
    ),
  };
  return <Fields fields={Object.entries(lengthFields)} of={recipe} notes={notes} change={change} />;
}

const SEEDS = 1_000_000;

/** Random seed, which determines the initial weights and the order of the samples. */
function SeedField({ recipe, change }: PartProps) {
  const { say } = useWords();
  function another(): void {
    change({ ...recipe, seed: Math.floor(Math.random() * SEEDS) });
    useDocument.getState().commit();
  }
  return (
    <div className={recipeCss.seed}>
      <Fields fields={[['seed', seedField]]} of={recipe} change={change} />
      <Button look="outlined" label={say('recipe.newSeed')} hint={say('recipe.newSeedHint')} onClick={another}>
        {say('recipe.newSeed')}
      </Button>
    </div>
  );
}

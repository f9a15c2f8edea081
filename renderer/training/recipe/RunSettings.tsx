import { useState } from 'react';
import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import css from '../../ui/fields/Effect.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { recipeNow } from '../run/recipeNow.ts';
import { change as changeRun } from '../run/runActions.ts';
import { settingsChange } from '../run/settingsChange.ts';

/** Asks during a run whether changed settings apply to it. At the bottom of the panel, so that the fields do not move. */
export function RunSettings() {
  const { say } = useWords();
  const recipe = useDocument(({ root }) => root.recipe);
  const data = useDocument(({ root }) => root.data);
  const active = useRun(({ state }) => isActive(state));
  const began = useRun(({ document }) => document);
  const changes = useRun((run) => run.changes);
  // Change that the user has dismissed; a further change asks again.
  const [left, setLeft] = useState<unknown>(null);
  const key = `${JSON.stringify(recipe)} ${JSON.stringify(data)}`;
  if (!active || began === null || left === key) return null;
  const found = settingsChange(began, changes, { recipe, data });
  if (found === null) return null;
  const inForce = recipeNow(began.recipe, changes);
  const keys = (['learningRate', 'batchSize', 'epochs'] as const).filter((key) => found.now[key] !== undefined);
  return (
    <section className={css.effect} aria-label={say('recipe.running')} role="status">
      <h2>{say('recipe.running')}</h2>
      {keys.map((key) => (
        <p key={key}>{say(`run.change.${key}`, { from: inForce[key], to: found.now[key] ?? '' })}</p>
      ))}
      {found.later && <p className={css.nothing}>{say('recipe.forNextRun')}</p>}
      <div className={css.answers}>
        {keys.length > 0 && (
          <Button look="filled" label={say('recipe.applyNow')} onClick={() => changeRun(found.now)}>
            {say('recipe.applyNow')}
          </Button>
        )}
        <Button look="outlined" label={say('recipe.nextRunOnly')} onClick={() => setLeft(key)}>
          {say('recipe.nextRunOnly')}
        </Button>
      </div>
    </section>
  );
}

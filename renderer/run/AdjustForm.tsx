import { type FormEvent, useId, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Popover } from '../controls/Popover.tsx';
import { useWords } from '../i18n/i18n.ts';
import { isActive } from '../stores/runStore.ts';
import { useRun } from '../stores/stores.ts';
import css from './AdjustForm.module.css';
import { type Adjustable, recipeNow } from './recipeNow.ts';
import { canExtend, change, extend } from './runActions.ts';

/** Changes a run while it goes on; gives one that has ended more epochs. */
export function Adjust() {
  const { say } = useWords();
  const possible = useRun(({ run }) => run !== null) && canExtend();
  useRun(({ state }) => state);
  if (!possible) return null;
  return (
    <Popover label={say('run.adjust')} icon="adjust">
      {(close) => <Form close={close} />}
    </Popover>
  );
}

const limits: Readonly<
  Record<keyof Adjustable, { readonly min: number; readonly max: number; readonly whole: boolean }>
> = {
  learningRate: { min: 1e-9, max: 100, whole: false },
  batchSize: { min: 1, max: 8192, whole: true },
  epochs: { min: 1, max: 10_000, whole: true },
};

function Form({ close }: { close(): void }) {
  const { say } = useWords();
  const id = useId();
  const document = useRun((run) => run.document);
  const changes = useRun((run) => run.changes);
  const active = useRun((run) => isActive(run.state));
  const present = document && recipeNow(document.recipe, changes);
  const [draft, setDraft] = useState<Partial<Record<keyof Adjustable, string>>>({});
  if (present === null) return null;
  const keys = active ? (['learningRate', 'batchSize', 'epochs'] as const) : (['epochs'] as const);
  const valueIn = (key: keyof Adjustable): number => Number(draft[key] ?? present[key]);
  const isWrong = (key: keyof Adjustable): boolean => {
    const [value, { min, max, whole }] = [valueIn(key), limits[key]];
    return !(value >= min && value <= max) || (whole && !Number.isInteger(value));
  };
  const changed = keys.filter((key) => valueIn(key) !== present[key]);

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (changed.length === 0 || keys.some(isWrong) || present === null) return;
    if (active) change(Object.fromEntries(changed.map((key) => [key, valueIn(key)])));
    else extend(valueIn('epochs') - present.epochs);
    close();
  }

  return (
    <form className={css.form} onSubmit={apply}>
      <p>{say(active ? 'run.adjustHint' : 'run.extendHint')}</p>
      {keys.map((key) => (
        <label key={key} htmlFor={`${id}-${key}`}>
          <span>{say(`run.adjust.${key}`)}</span>
          <input
            id={`${id}-${key}`}
            type="number"
            step="any"
            min={limits[key].min}
            max={limits[key].max}
            aria-invalid={isWrong(key)}
            value={draft[key] ?? present[key]}
            onChange={({ target }) => setDraft({ ...draft, [key]: target.value })}
          />
        </label>
      ))}
      <div>
        {active && (
          <Button
            look="outlined"
            label={say('run.tenMore')}
            onClick={() => {
              extend(10);
              close();
            }}
          >
            {say('run.tenMore')}
          </Button>
        )}
        <button type="submit" className={css.apply} disabled={changed.length === 0 || keys.some(isWrong)}>
          {say(active ? 'run.apply' : 'run.extendApply')}
        </button>
      </div>
    </form>
  );
}

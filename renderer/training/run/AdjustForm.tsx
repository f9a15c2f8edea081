import { type FormEvent, useId, useState } from 'react';
import { isActive } from '../../state/stores/runStore.ts';
import { useRun } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Popover } from '../../ui/controls/Popover.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './AdjustForm.module.css';
import { type Adjustable, recipeNow } from './recipeNow.ts';
import { canExtend, change, extend } from './runActions.ts';

/** Form that changes an active run, or adds epochs to a run that has ended. */
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

/** Limits of a setting. The number of epochs must exceed those already done. */
function limitsOf(key: keyof Adjustable, done: number): (typeof limits)[keyof Adjustable] {
  return key === 'epochs' ? { ...limits.epochs, min: done + 1 } : limits[key];
}

export function isAllowed(key: keyof Adjustable, value: number, done: number): boolean {
  const { min, max, whole } = limitsOf(key, done);
  return value >= min && value <= max && (!whole || Number.isInteger(value));
}

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
  const done = active ? 0 : useRun.getState().epoch;
  const isWrong = (key: keyof Adjustable): boolean => !isAllowed(key, valueIn(key), done);
  const changed = keys.filter((key) => valueIn(key) !== present[key]);

  function reason(key: keyof Adjustable): string {
    const { min, max, whole } = limitsOf(key, done);
    if (key === 'epochs' && done > 0 && valueIn(key) <= done) return say('run.adjust.done', { count: done });
    return say(whole ? 'run.adjust.wholeRange' : 'run.adjust.range', { min, max: max.toLocaleString('en') });
  }

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
            type="text"
            inputMode="decimal"
            aria-invalid={isWrong(key)}
            aria-describedby={isWrong(key) ? `${id}-${key}-why` : undefined}
            value={draft[key] ?? present[key]}
            onChange={({ target }) => setDraft({ ...draft, [key]: target.value })}
          />
          {isWrong(key) && (
            <em id={`${id}-${key}-why`} role="alert">
              {reason(key)}
            </em>
          )}
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
        <button type="submit" className={css.apply} aria-disabled={changed.length === 0 || keys.some(isWrong)}>
          {say(active ? 'run.apply' : 'run.extendApply')}
        </button>
      </div>
    </form>
  );
}

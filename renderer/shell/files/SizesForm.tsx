import { type FormEvent, useId, useState } from 'react';
import type { ChosenSize } from '../../../src/protocol/imported.ts';
import { importAgain } from '../../state/files/opening.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './SizesForm.module.css';

const LARGEST = 65_536;

/** A size as the user wrote it; null if it is none. */
function sizeOf(text: string): number | null {
  const size = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
  return size >= 1 && size <= LARGEST ? size : null;
}

interface Props {
  readonly sizes: readonly ChosenSize[];
  /** The model is open with these sizes; otherwise they are proposals. */
  readonly isImported: boolean;
}

/** Sizes that a model leaves open, and the button that imports it again with others. */
export function SizesForm({ sizes, isImported }: Props) {
  const { say } = useWords();
  const [texts, setTexts] = useState(() => sizes.map(({ size }) => `${size}`));
  const id = useId();
  const chosen = sizes.map(({ name }, i) => [name, sizeOf(texts[i] ?? '')] as const);
  const isComplete = chosen.every(([, size]) => size !== null);
  const isOther = sizes.some(({ size }, i) => chosen[i]?.[1] !== size);

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    if (isComplete && isOther) importAgain(Object.fromEntries(chosen) as Record<string, number>).catch(console.error);
  }

  return (
    <form className={css.form} aria-label={say('opened.sizes')} onSubmit={submit}>
      <p className={css.title}>{say('opened.sizes')}</p>
      {isImported && <p className={css.hint}>{say('opened.sizesHint')}</p>}
      {sizes.map(({ name }, i) => (
        <div key={name} className={css.row}>
          <label htmlFor={`${id}-${i}`}>{name}</label>
          <input
            id={`${id}-${i}`}
            inputMode="numeric"
            value={texts[i]}
            aria-invalid={chosen[i]?.[1] === null || undefined}
            onChange={({ target }) => setTexts(texts.with(i, target.value))}
          />
        </div>
      ))}
      {!isComplete && (
        <p role="alert" className={css.problem}>
          {say('opened.size')}
        </p>
      )}
      <div>
        <Button
          label={say('opened.again')}
          look={isImported ? 'outlined' : 'filled'}
          disabled={!isComplete || !isOther}
          onClick={submit}
        >
          {say('opened.again')}
        </Button>
      </div>
    </form>
  );
}

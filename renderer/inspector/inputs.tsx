import { useState } from 'react';
import type { Text } from '../../src/text.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './FieldRow.module.css';

interface Gesture {
  onCommit(): void;
  onCancel(): void;
}

interface TextProps<V> extends Gesture {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  readonly disabled?: boolean;
  readonly numeric?: boolean;
  read(text: string): V;
  /** What was expected instead, if the value is not allowed. */
  invalid(value: V): Text | null;
  onChange(value: V): void;
  /** Arrow up and down. */
  onStep?(direction: 1 | -1): void;
}

/**
 * A text that stands for a value. While it is typed the drawing follows, as long as the value is allowed; what is not
 * allowed is said and changes nothing. Enter or leaving makes one undo step, Escape takes it back.
 */
export function TextInput<V>(props: TextProps<V>) {
  const { id, label, value, disabled, numeric, read, invalid, onChange, onCommit, onCancel, onStep } = props;
  const { say, pick } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const expected = draft === null ? null : invalid(read(draft));

  function leave(): void {
    onCommit();
    setDraft(null);
  }

  return (
    <>
      <input
        id={id}
        aria-label={label}
        className={numeric ? css.number : css.text}
        value={draft ?? value}
        disabled={disabled}
        inputMode={numeric ? 'decimal' : 'text'}
        aria-invalid={expected !== null}
        onFocus={(event) => event.target.select()}
        onChange={({ target }) => {
          setDraft(target.value);
          const next = read(target.value);
          if (invalid(next) === null) onChange(next);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          if (event.key === 'Escape') {
            onCancel();
            setDraft(null);
          }
          if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && onStep) {
            event.preventDefault();
            setDraft(null);
            onStep(event.key === 'ArrowUp' ? 1 : -1);
          }
        }}
      />
      {expected !== null && (
        <p className={css.wrong} role="alert">
          {say('field.mustBe', { expected: pick(expected) })}
        </p>
      )}
    </>
  );
}

/** Empty text is no number, though `Number('')` is 0. */
export const readNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** Rounded to what the step can reach: 0.1 + 0.2 shows as 0.3. */
export const roundTo = (value: number, step: number): number =>
  Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(step)))));

interface NumberProps extends Gesture {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly step: number;
  invalid(value: number): Text | null;
  onChange(value: number): void;
}

export function NumberInput({ id, label, value, step, invalid, onChange, onCommit, onCancel }: NumberProps) {
  const { say } = useWords();
  const by = (direction: 1 | -1) => {
    const next = roundTo(value + direction * step, step);
    if (invalid(next) !== null) return;
    onChange(next);
    onCommit();
  };
  const stepper = (direction: 1 | -1) => (
    <button
      type="button"
      className={css.stepper}
      tabIndex={-1}
      aria-label={say(direction === 1 ? 'field.greater' : 'field.less', { label })}
      disabled={invalid(roundTo(value + direction * step, step)) !== null}
      onClick={() => by(direction)}
    >
      {direction === 1 ? '+' : '−'}
    </button>
  );
  return (
    <span className={css.control}>
      <TextInput
        id={id}
        numeric
        value={String(value)}
        read={readNumber}
        invalid={invalid}
        onChange={onChange}
        onCommit={onCommit}
        onCancel={onCancel}
        onStep={by}
      />
      {stepper(-1)}
      {stepper(1)}
    </span>
  );
}

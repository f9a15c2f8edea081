import { useEffect, useRef, useState } from 'react';
import type { Text } from '../../../src/text.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './FieldRow.module.css';

/** An edit of a field: any number of changed values, then one commit, which is one undo step. */
export interface Gesture<V> {
  onChange(value: V): void;
  onCommit(): void;
  onCancel(): void;
}

interface Props<V> extends Gesture<V> {
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly numeric?: boolean;
  read(text: string): V;
  /** Description of the allowed values if the value is not allowed, otherwise null. */
  invalid(value: V): Text | null;
  /** Value of the text, if the text does not show it: the result of an expression. */
  result?(value: V): string;
  /** Called by arrow keys or the wheel; `onCommit` ends the steps. */
  onStep?(direction: 1 | -1, large: boolean): void;
}

/** Text that was left in the field though its value is not allowed. */
interface RefusedText {
  readonly draft: string;
  readonly expected: Text;
}

/** Turns of the wheel within this interval (ms) are one edit. */
const WHEEL_PAUSE = 400;

/**
 * A text field for a value. While the user types, allowed values change the network at once; a value that is not
 * allowed shows a message and leaves the old value in force, also after the field is left. Enter or leaving the field
 * makes one undo step, Escape restores the old value.
 */
export function TextInput<V>(props: Props<V>) {
  const { id, label, describedBy, value, placeholder, disabled, numeric, read, invalid, result } = props;
  const { onChange, onCommit, onCancel, onStep } = props;
  const { say, pick } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const [refused, setRefused] = useState<RefusedText | null>(null);
  const expected = draft === null ? null : invalid(read(draft));
  const comesTo = draft === null || expected !== null ? undefined : result?.(read(draft));
  const input = useRef<HTMLInputElement>(null);

  function leave(): void {
    onCommit();
    setDraft(null);
    if (draft !== null && expected !== null) setRefused({ draft, expected });
  }
  function change(text: string): void {
    setDraft(text);
    setRefused(null);
    const next = read(text);
    // The beginning of a refused value may be allowed: 50 of 500.
    if (invalid(next) === null) onChange(next);
    else onCancel();
  }
  function step(direction: 1 | -1, large: boolean): void {
    setDraft(null);
    setRefused(null);
    onStep?.(direction, large);
  }
  useWheel(input, step, onCommit);

  return (
    <>
      <input
        ref={input}
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        className={numeric ? css.number : css.text}
        value={draft ?? value}
        placeholder={placeholder}
        disabled={disabled}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={expected !== null}
        onFocus={(event) => event.target.select()}
        onChange={({ target }) => change(target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && expected === null) leave();
          if (event.key === 'Escape' && draft !== null) {
            // Otherwise Escape would also close the dialog around the field.
            event.stopPropagation();
            onCancel();
            setDraft(null);
          }
          if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && onStep) {
            event.preventDefault();
            step(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
          }
        }}
        onKeyUp={(event) => {
          if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && onStep) onCommit();
        }}
      />
      {comesTo !== undefined && comesTo !== draft?.trim() && <span className={css.result}>{`= ${comesTo}`}</span>}
      {expected !== null && (
        <p className={css.wrong} role="alert">
          {say('field.mustBe', { expected: pick(expected) })}
        </p>
      )}
      {refused !== null && (
        <p className={css.wrong} role="alert">
          {say('field.refused', { value: refused.draft, expected: pick(refused.expected) })}
        </p>
      )}
    </>
  );
}

/** Turning the wheel over the focused field steps it; over any other field it scrolls the panel. */
function useWheel(
  input: React.RefObject<HTMLInputElement | null>,
  step: (direction: 1 | -1, large: boolean) => void,
  end: () => void,
): void {
  const latest = useRef({ step, end });
  useEffect(() => {
    latest.current = { step, end };
  });
  useEffect(() => {
    const element = input.current;
    if (element === null) return;
    let timer: number | undefined;
    // React's wheel listener is passive and cannot prevent scrolling.
    const onWheel = (event: WheelEvent): void => {
      if (document.activeElement !== element || event.deltaY + event.deltaX === 0) return;
      event.preventDefault();
      // With Shift held, some systems scroll sideways.
      latest.current.step(event.deltaY + event.deltaX < 0 ? 1 : -1, event.shiftKey);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => latest.current.end(), WHEEL_PAUSE);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
      window.clearTimeout(timer);
    };
  }, [input]);
}

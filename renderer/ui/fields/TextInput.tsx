import { useEffect, useRef, useState } from 'react';
import type { Text } from '../../../src/text.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './FieldRow.module.css';

/** A change is any number of values and one commit: one undo step. */
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
  /** What was expected instead, if the value is not allowed. */
  invalid(value: V): Text | null;
  /** What the text comes to, where that is not what it says: a sum. */
  result?(value: V): string;
  /** By arrow keys or the wheel; ended by `onCommit`. */
  onStep?(direction: 1 | -1, large: boolean): void;
}

/** Turns of the wheel this close together (ms) are one gesture. */
const WHEEL_PAUSE = 400;

/**
 * A text that stands for a value. While it is typed the drawing follows, as long as the value is allowed; what is not
 * allowed is said and changes nothing. Enter or leaving makes one undo step, Escape takes it back.
 */
export function TextInput<V>(props: Props<V>) {
  const { id, label, describedBy, value, placeholder, disabled, numeric, read, invalid, result } = props;
  const { onChange, onCommit, onCancel, onStep } = props;
  const { say, pick } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const expected = draft === null ? null : invalid(read(draft));
  const comesTo = draft === null || expected !== null ? undefined : result?.(read(draft));
  const input = useRef<HTMLInputElement>(null);

  function leave(): void {
    onCommit();
    setDraft(null);
  }
  function step(direction: 1 | -1, large: boolean): void {
    setDraft(null);
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
        onChange={({ target }) => {
          setDraft(target.value);
          const next = read(target.value);
          if (invalid(next) === null) onChange(next);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          if (event.key === 'Escape' && draft !== null) {
            // What it is in stays as it is: a dialog would close.
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
    </>
  );
}

/** Turning the wheel over a field that has the focus steps it; over any other it scrolls the panel. */
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
    // React listens passively, and a passive listener cannot keep the panel from scrolling.
    const onWheel = (event: WheelEvent): void => {
      if (document.activeElement !== element || event.deltaY + event.deltaX === 0) return;
      event.preventDefault();
      // With Shift held, some systems turn the wheel sideways.
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

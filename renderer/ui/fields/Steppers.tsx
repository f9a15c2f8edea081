import { type PointerEvent, useEffect, useRef } from 'react';
import { useWords } from '../i18n/i18n.ts';
import css from './FieldRow.module.css';

/** Delay before a held button repeats, and the interval after that (ms). */
const FIRST = 400;
const NEXT = 60;

interface Props {
  readonly label: string;
  can(direction: 1 | -1): boolean;
  step(direction: 1 | -1, large: boolean): void;
  /** Ends a press: all its steps are one undo step. */
  end(): void;
}

/** − and +: a press steps once, holding repeats, Shift steps by ten. For the mouse; the keyboard uses arrow keys. */
export function Steppers({ label, can, step, end }: Props) {
  const { say } = useWords();
  const timer = useRef<number | undefined>(undefined);
  const latest = useRef({ can, step });
  useEffect(() => {
    latest.current = { can, step };
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function hold(direction: 1 | -1, large: boolean, wait: number): void {
    latest.current.step(direction, large);
    timer.current = window.setTimeout(() => {
      if (latest.current.can(direction)) hold(direction, large, NEXT);
    }, wait);
  }
  function release(): void {
    window.clearTimeout(timer.current);
    end();
  }

  return ([-1, 1] as const).map((direction) => (
    <button
      key={direction}
      type="button"
      className={css.stepper}
      tabIndex={-1}
      aria-label={say(direction === 1 ? 'field.greater' : 'field.less', { label })}
      title={say('field.stepHint')}
      disabled={!can(direction)}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(direction, event.shiftKey, FIRST);
      }}
      onPointerUp={release}
      onLostPointerCapture={release}
      // A press by assistive technology has no pointer.
      onClick={(event) => {
        if (event.detail > 0) return;
        step(direction, event.shiftKey);
        end();
      }}
    >
      {direction === 1 ? '+' : '−'}
    </button>
  ));
}

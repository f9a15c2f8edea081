import type { Text } from '../../../src/text.ts';
import { useWords } from '../i18n/i18n.ts';
import { evaluate } from './expression.ts';
import css from './FieldRow.module.css';
import { Steppers } from './Steppers.tsx';
import { stepped } from './stepped.ts';
import { type Gesture, TextInput } from './TextInput.tsx';

interface Props extends Gesture<number> {
  readonly id: string;
  readonly label: string;
  readonly describedBy?: string;
  /** Undefined if the selected layers have different values. */
  readonly value: number | undefined;
  readonly step: number;
  readonly min: number;
  readonly max?: number;
  readonly unit?: string;
  invalid(value: number): Text | null;
}

/** A number or an arithmetic expression; buttons, arrow keys and the wheel step it. */
export function NumberInput({ id, label, describedBy, value, step, min, max, unit, invalid, ...gesture }: Props) {
  const { say } = useWords();
  const next = (direction: 1 | -1, large = false) =>
    value === undefined ? undefined : stepped(value, direction * (large ? 10 : 1), { step, min, max });
  const by = (direction: 1 | -1, large: boolean) => {
    const to = next(direction, large);
    if (to !== undefined && to !== value) gesture.onChange(to);
  };
  return (
    <span className={css.control}>
      <TextInput
        id={id}
        describedBy={describedBy}
        numeric
        value={value === undefined ? '' : String(value)}
        placeholder={value === undefined ? say('field.mixed') : undefined}
        read={evaluate}
        invalid={invalid}
        result={String}
        onStep={by}
        {...gesture}
      />
      {unit && (
        <span className={css.unit} aria-hidden="true">
          {unit}
        </span>
      )}
      <Steppers
        label={label}
        can={(direction) => value !== undefined && next(direction) !== value}
        step={by}
        end={gesture.onCommit}
      />
    </span>
  );
}

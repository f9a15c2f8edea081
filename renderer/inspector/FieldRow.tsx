import { useId } from 'react';
import type { ConfigValue } from '../../src/graph/document.ts';
import { type Field, invalidValue, shapeText } from '../../src/layers/config.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './FieldRow.module.css';
import { NumberInput, TextInput } from './inputs.tsx';
import { PairInput } from './PairInput.tsx';

interface Props {
  readonly field: Field;
  readonly value: ConfigValue;
  /** Within the gesture of typing. Only ever called with a value that the field allows. */
  onChange(value: ConfigValue): void;
  /** Ends the gesture: one undo step. */
  onCommit(): void;
  onCancel(): void;
}

/** `1×28×28`, `1, 28, 28` and `1 28 28` are all understood. */
const readNumbers = (text: string): readonly number[] =>
  text
    .trim()
    .split(/[\s,×x*]+/)
    .map(Number);

/** A field of a config schema: its label, and the control that its kind asks for. */
export function FieldRow({ field, value, onChange, onCommit, onCancel }: Props) {
  const { pick } = useWords();
  const id = useId();
  const label = pick(field.label);
  const gesture = { onCommit, onCancel };
  const now = (next: ConfigValue) => {
    onChange(next);
    onCommit();
  };
  return (
    <div className={css.row} title={field.help && pick(field.help)}>
      <label htmlFor={id}>{label}</label>
      {control()}
    </div>
  );

  // Called, not rendered: as a component it would be a new one every time, and the field would lose its focus.
  function control() {
    switch (field.kind) {
      case 'int':
      case 'float':
        return (
          <NumberInput
            id={id}
            label={label}
            value={value as number}
            step={field.kind === 'int' ? 1 : field.step}
            invalid={(next) => invalidValue(field, next)}
            onChange={onChange}
            {...gesture}
          />
        );
      case 'bool':
        return (
          <input
            id={id}
            type="checkbox"
            className={css.check}
            checked={value === true}
            onChange={({ target }) => now(target.checked)}
          />
        );
      case 'pair':
      case 'padding':
        return (
          <PairInput
            id={id}
            label={label}
            value={value as readonly [number, number] | 'same'}
            allowSame={field.kind === 'padding'}
            invalid={(next) => invalidValue(field, next)}
            onChange={onChange}
            {...gesture}
          />
        );
      case 'choice':
        return (
          <select id={id} className={css.select} value={value as string} onChange={({ target }) => now(target.value)}>
            {field.options.map((option) => (
              <option key={option.value} value={option.value}>
                {pick(option.label)}
              </option>
            ))}
          </select>
        );
      case 'shape':
        return (
          <TextInput
            id={id}
            value={shapeText(value as readonly number[])}
            read={readNumbers}
            invalid={(next) => invalidValue(field, next)}
            onChange={onChange}
            {...gesture}
          />
        );
      case 'numbers':
        return (
          <TextInput
            id={id}
            value={(value as readonly number[]).join(' ')}
            read={(text) => (text.trim() === '' ? [] : readNumbers(text))}
            invalid={(next) => invalidValue(field, next)}
            onChange={onChange}
            {...gesture}
          />
        );
      default:
        return field satisfies never;
    }
  }
}

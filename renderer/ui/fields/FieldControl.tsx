import type { ConfigValue } from '../../../src/graph/document.ts';
import { type Field, invalidValue, type Pair, shapeText } from '../../../src/layers/config.ts';
import { Select } from '../controls/Select.tsx';
import { useWords } from '../i18n/i18n.ts';
import { evaluate } from './expression.ts';
import css from './FieldRow.module.css';
import { FieldSlider } from './FieldSlider.tsx';
import { NumberInput } from './NumberInput.tsx';
import { PairInput } from './PairInput.tsx';
import { Switch } from './Switch.tsx';
import { type Gesture, TextInput } from './TextInput.tsx';

interface Props extends Gesture<ConfigValue> {
  readonly id: string;
  readonly describedBy?: string;
  readonly field: Field;
  /** Undefined if the selected layers have different values. */
  readonly value: ConfigValue | undefined;
}

/** Reads `1×28×28`, `1, 28, 28` and `1 28 28`. */
const readNumbers = (text: string): readonly number[] =>
  text
    .trim()
    .split(/[\s,，、×x*]+/)
    .map(evaluate);

const MIXED = '';

/** The control for the kind of a field, with a slider below it where the field has one. */
export function FieldControl(props: Props) {
  const { field, value, id: _, describedBy: __, ...gesture } = props;
  const slider = 'slider' in field ? field.slider : undefined;
  if (slider === undefined || value === undefined) return <Control {...props} />;
  return (
    <div>
      <Control {...props} />
      <FieldSlider field={field} value={value} slider={slider} {...gesture} />
    </div>
  );
}

function Control({ id, describedBy, field, value, ...gesture }: Props) {
  const { pick, say } = useWords();
  const common = { id, describedBy, ...gesture };
  const invalid = (next: ConfigValue) => invalidValue(field, next);
  const now = (next: ConfigValue) => {
    gesture.onChange(next);
    gesture.onCommit();
  };
  const mixed = value === undefined ? say('field.mixed') : undefined;
  switch (field.kind) {
    case 'int':
    case 'float':
      return (
        <NumberInput
          {...common}
          label={pick(field.label)}
          value={value as number | undefined}
          step={field.kind === 'int' ? 1 : field.step}
          min={field.min}
          max={field.max}
          unit={field.unit && pick(field.unit)}
          invalid={invalid}
        />
      );
    case 'bool':
      return <Switch id={id} describedBy={describedBy} value={value as boolean | undefined} onChange={now} />;
    case 'pair':
    case 'padding':
      return (
        <PairInput
          {...common}
          label={pick(field.label)}
          value={value as Pair | 'same' | undefined}
          allowSame={field.kind === 'padding'}
          min={field.min}
          max={field.max}
          invalid={invalid}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          aria-describedby={describedBy}
          className={css.select}
          value={(value as string | undefined) ?? MIXED}
          onChange={({ target }) => now(target.value)}
        >
          {mixed && (
            <option value={MIXED} disabled hidden>
              {mixed}
            </option>
          )}
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {pick(option.label)}
            </option>
          ))}
        </Select>
      );
    case 'shape':
      return (
        <TextInput
          {...common}
          value={value === undefined ? '' : shapeText(value as readonly number[])}
          placeholder={mixed}
          read={readNumbers}
          invalid={invalid}
        />
      );
    case 'numbers':
      return (
        <TextInput
          {...common}
          value={value === undefined ? '' : (value as readonly number[]).join(' ')}
          placeholder={mixed}
          read={(text) => (text.trim() === '' ? [] : readNumbers(text))}
          invalid={invalid}
        />
      );
    default:
      return field satisfies never;
  }
}

import { type ReactNode, useId } from 'react';
import { valueText } from '../../../src/check/fixes.ts';
import { sameValue } from '../../../src/check/sameValue.ts';
import type { ConfigValue } from '../../../src/graph/document.ts';
import type { Field } from '../../../src/layers/config.ts';
import { useWords } from '../i18n/i18n.ts';
import { Icon } from '../icons/Icon.tsx';
import { FieldControl } from './FieldControl.tsx';
import css from './FieldRow.module.css';
import type { Gesture } from './TextInput.tsx';

interface Props extends Gesture<ConfigValue> {
  readonly field: Field;
  /** Undefined if the selected layers have different values. */
  readonly value: ConfigValue | undefined;
  /** The value is not the default; derived from the value when absent. */
  readonly changed?: boolean;
  onReset?(): void;
  /** Error message for the value. */
  readonly children?: ReactNode;
}

/** A field of a config schema: label, control and a button that resets it to the default. */
export function FieldRow({
  field,
  value,
  changed = !sameValue(value, field.default),
  onReset,
  children,
  ...gesture
}: Props) {
  const { say, pick } = useWords();
  const id = useId();
  const help = field.help && pick(field.help);
  const start = pick(valueText(field, field.default)) || '–';
  const reset = () => {
    gesture.onChange(field.default);
    gesture.onCommit();
  };
  return (
    <div className={css.row}>
      <span className={css.label} title={help}>
        <label htmlFor={id}>{pick(field.label)}</label>
        {changed && (
          <button
            type="button"
            className={css.reset}
            aria-label={say('field.reset', { label: pick(field.label) })}
            title={say('field.resetTo', { value: start })}
            onClick={onReset ?? reset}
          >
            <Icon name="reset" size={12} />
          </button>
        )}
      </span>
      <FieldControl id={id} describedBy={help && `${id}-help`} field={field} value={value} {...gesture} />
      {help && (
        <span id={`${id}-help`} hidden>
          {help}
        </span>
      )}
      {children}
    </div>
  );
}

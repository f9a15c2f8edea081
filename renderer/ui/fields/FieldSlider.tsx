import { Slider } from '@base-ui/react/slider';
import type { ConfigValue } from '../../../src/graph/document.ts';
import type { Field, SliderRange } from '../../../src/layers/config.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './FieldSlider.module.css';
import type { Gesture } from './TextInput.tsx';

interface Props extends Gesture<ConfigValue> {
  readonly field: Field;
  readonly value: ConfigValue;
  readonly slider: SliderRange;
}

/**
 * Slider of a number; one with two thumbs for a range from least to most; one each for other lists of numbers. It reaches a value
 * outside of its usual range.
 */
export function FieldSlider({ field, value, slider, onChange, onCommit }: Props) {
  const { say, pick } = useWords();
  const label = pick(field.label);
  if (typeof value === 'number') {
    return (
      <OneSlider
        label={() => label}
        values={[value]}
        slider={slider}
        onChange={([next]) => onChange(next as number)}
        onCommit={onCommit}
      />
    );
  }
  if (field.kind !== 'numbers' || !Array.isArray(value)) return null;
  const values = value as readonly number[];
  const [first] = values;
  if (values.length === 1 && first !== undefined) {
    // Where two numbers are a range, one number d stands for −d to d.
    const from = (field.lengths ?? []).length > 1 ? Math.max(0, slider.min) : slider.min;
    return (
      <OneSlider
        label={() => label}
        values={values}
        slider={{ ...slider, min: from }}
        onChange={onChange}
        onCommit={onCommit}
      />
    );
  }
  if (field.ascending) {
    return (
      <OneSlider
        label={(at) => say(at === 0 ? 'field.least' : 'field.most', { label })}
        values={values}
        slider={slider}
        onChange={onChange}
        onCommit={onCommit}
      />
    );
  }
  return values.map((one, at) => (
    <OneSlider
      // biome-ignore lint/suspicious/noArrayIndexKey: numbers of a list are identified by position
      key={at}
      label={() => say('field.numberAt', { label, place: at + 1 })}
      values={[one]}
      slider={slider}
      onChange={([next]) => onChange(values.with(at, next as number))}
      onCommit={onCommit}
    />
  ));
}

interface OneProps {
  label(at: number): string;
  /** One number per thumb. */
  readonly values: readonly number[];
  readonly slider: SliderRange;
  onChange(values: readonly number[]): void;
  onCommit(): void;
}

function OneSlider({ label, values, slider: { min, max, step }, onChange, onCommit }: OneProps) {
  return (
    <Slider.Root
      value={values}
      min={Math.min(min, ...values)}
      max={Math.max(max, ...values)}
      step={step}
      largeStep={10 * step}
      onValueChange={(next) => onChange([...next])}
      onValueCommitted={onCommit}
    >
      <Slider.Control className={css.control}>
        <Slider.Track className={css.track}>
          <Slider.Indicator className={css.indicator} />
          {values.map((_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: thumbs are identified by position
            <Slider.Thumb key={at} index={at} className={css.thumb} getAriaLabel={() => label(at)} />
          ))}
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}

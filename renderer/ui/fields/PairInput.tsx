import { useState } from 'react';
import type { Text } from '../../../src/text.ts';
import { useWords } from '../i18n/i18n.ts';
import { Icon } from '../icons/Icon.tsx';
import { evaluate } from './expression.ts';
import css from './FieldRow.module.css';
import { Steppers } from './Steppers.tsx';
import { stepped } from './stepped.ts';
import { type Gesture, TextInput } from './TextInput.tsx';

type Pair = readonly [number, number];

interface Props extends Gesture<Pair | 'same'> {
  readonly id: string;
  readonly label: string;
  readonly describedBy?: string;
  /** Undefined if the selected layers have different values. */
  readonly value: Pair | 'same' | undefined;
  readonly allowSame: boolean;
  readonly min: number;
  readonly max?: number;
  invalid(value: Pair | 'same'): Text | null;
}

/** Height and width, equal unless unlinked; a padding can be `same` instead. */
export function PairInput({ id, label, describedBy, value, allowSame, min, max, invalid, ...gesture }: Props) {
  const { onChange, onCommit } = gesture;
  const { say } = useWords();
  const isSame = value === 'same';
  const pair = value === undefined || isSame ? undefined : value;
  const alike = pair === undefined || pair[0] === pair[1];
  const [wanted, setWanted] = useState(true);
  // Different numbers can come from elsewhere: an undo, a fix, another layer.
  const linked = wanted && alike;

  const withOne = (index: 0 | 1, number: number): Pair =>
    linked || pair === undefined ? [number, number] : index === 0 ? [number, pair[1]] : [pair[0], number];
  const next = (index: 0 | 1, direction: 1 | -1, large: boolean): Pair | undefined =>
    pair && withOne(index, stepped(pair[index], direction * (large ? 10 : 1), { step: 1, min, max }));
  const by = (index: 0 | 1) => (direction: 1 | -1, large: boolean) => {
    const to = next(index, direction, large);
    if (to !== undefined && String(to) !== String(pair)) onChange(to);
  };
  const field = (index: 0 | 1) => (
    <TextInput
      id={index === 0 ? id : undefined}
      label={say(index === 0 ? 'field.height' : 'field.width', { label })}
      describedBy={describedBy}
      numeric
      disabled={isSame}
      value={isSame ? '–' : pair === undefined ? '' : String(pair[index])}
      placeholder={value === undefined ? say('field.mixed') : undefined}
      read={evaluate}
      invalid={(number) => (isSame ? null : invalid(withOne(index, number)))}
      result={String}
      onStep={by(index)}
      onChange={(number) => onChange(withOne(index, number))}
      onCommit={onCommit}
      onCancel={gesture.onCancel}
    />
  );

  return (
    <span className={css.control}>
      {field(0)}
      {value !== undefined && (
        <>
          <span className={css.times}>×</span>
          {field(1)}
        </>
      )}
      {allowSame && (
        <button
          type="button"
          className={css.same}
          aria-pressed={isSame}
          title={say('field.sameHint')}
          onClick={() => {
            onChange(isSame ? [0, 0] : 'same');
            onCommit();
          }}
        >
          {say('field.same')}
        </button>
      )}
      {linked && pair !== undefined && (
        <span className={allowSame ? css.roomy : css.steppers}>
          <Steppers
            label={label}
            can={(direction) => String(next(0, direction, false)) !== String(pair)}
            step={by(0)}
            end={onCommit}
          />
        </span>
      )}
      <button
        type="button"
        className={css.stepper}
        aria-label={say('field.link')}
        aria-pressed={linked}
        title={say('field.link')}
        disabled={isSame}
        onClick={() => {
          if (!linked && pair !== undefined && !alike) {
            onChange([pair[0], pair[0]]);
            onCommit();
          }
          setWanted(!linked);
        }}
      >
        <Icon name="link" size={14} />
      </button>
    </span>
  );
}

import { useState } from 'react';
import type { Text } from '../../src/text.ts';
import { useWords } from '../i18n/i18n.ts';
import { Icon } from '../icons/Icon.tsx';
import css from './FieldRow.module.css';
import { readNumber, TextInput } from './inputs.tsx';

type Pair = readonly [number, number];

interface Props {
  readonly id: string;
  readonly label: string;
  readonly value: Pair | 'same';
  readonly allowSame: boolean;
  invalid(value: Pair | 'same'): Text | null;
  onChange(value: Pair | 'same'): void;
  onCommit(): void;
  onCancel(): void;
}

/** Height and width, alike unless unlinked; a padding can be `same` instead. */
export function PairInput({ id, label, value, allowSame, invalid, onChange, onCommit, onCancel }: Props) {
  const { say } = useWords();
  const isSame = value === 'same';
  const [height, width] = isSame ? [0, 0] : value;
  const [linked, setLinked] = useState(height === width);

  const withOne = (index: 0 | 1, number: number): Pair =>
    linked ? [number, number] : index === 0 ? [number, width] : [height, number];
  const field = (index: 0 | 1) => (
    <TextInput
      id={index === 0 ? id : undefined}
      label={say(index === 0 ? 'field.height' : 'field.width', { label })}
      numeric
      disabled={isSame}
      value={isSame ? '–' : String(index === 0 ? height : width)}
      read={readNumber}
      invalid={(number) => (isSame ? null : invalid(withOne(index, number)))}
      onChange={(number) => onChange(withOne(index, number))}
      onCommit={onCommit}
      onCancel={onCancel}
      onStep={(direction) => {
        const next = withOne(index, (index === 0 ? height : width) + direction);
        if (invalid(next) !== null) return;
        onChange(next);
        onCommit();
      }}
    />
  );

  return (
    <span className={css.control}>
      {field(0)}
      <span className={css.times}>×</span>
      {field(1)}
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
      <button
        type="button"
        className={css.stepper}
        aria-label={say('field.link')}
        aria-pressed={linked}
        title={say('field.link')}
        disabled={isSame}
        onClick={() => {
          if (!linked && height !== width) {
            onChange([height, height]);
            onCommit();
          }
          setLinked(!linked);
        }}
      >
        <Icon name="link" size={14} />
      </button>
    </span>
  );
}

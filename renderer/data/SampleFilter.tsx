import { useState } from 'react';
import type { DataFacts } from '../../src/graph/document.ts';
import { useOwnData } from '../state/data/ownData.ts';
import { useDocument } from '../state/stores/stores.ts';
import { SearchField } from '../ui/controls/SearchField.tsx';
import { Select } from '../ui/controls/Select.tsx';
import { MOST_CLASSES_SHOWN } from '../ui/controls/ShownClasses.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './SamplesPanel.module.css';

export interface SampleFilterValue {
  readonly label: number | null;
  readonly part: 'train' | 'validation' | 'test' | null;
  readonly text: string;
}

interface Props {
  readonly value: SampleFilterValue;
  /** Samples that the filter lets through. */
  readonly count: number;
  readonly target: DataFacts['targets'][number] | undefined;
  onChange(value: SampleFilterValue): void;
}

const PARTS = { train: 'data.training', validation: 'data.heldOut', test: 'data.test' } as const;

/** The first class whose name or number begins with `text`; null for no text, and a class without samples where there is none. */
export function classCalled(text: string, names: readonly string[] | undefined, classes: number): number | null {
  const word = text.trim().toLowerCase();
  if (word === '') return null;
  const nameOf = (label: number): string => (names?.[label] ?? `${label}`).toLowerCase();
  const labels = Array.from({ length: classes }, (_, label) => label);
  const exact = labels.find((label) => nameOf(label) === word);
  return exact ?? labels.find((label) => nameOf(label).startsWith(word)) ?? classes;
}

/** Filter of the samples by class, part of the split, and name of the file. */
export function SampleFilter({ value, count, target, onChange }: Props) {
  const { say } = useWords();
  const source = useDocument(({ root }) => root.data.source);
  const areFiles = useOwnData(({ opened }) => opened?.data.source === source && opened.contents.image !== null);
  const classes = target?.classes ?? 0;
  const [word, setWord] = useState('');
  const parts = Object.entries(PARTS) as [NonNullable<SampleFilterValue['part']>, (typeof PARTS)['train']][];
  return (
    <div className={css.filter}>
      {classes > MOST_CLASSES_SHOWN && (
        <SearchField
          label={say('data.findClass')}
          value={word}
          onSearch={(text) => {
            setWord(text);
            onChange({ ...value, label: classCalled(text, target?.names, classes) });
          }}
        />
      )}
      {classes > 0 && classes <= MOST_CLASSES_SHOWN && (
        <Select
          aria-label={say('data.classFilter')}
          value={value.label ?? ''}
          onChange={({ target: { value: label } }) =>
            onChange({ ...value, label: label === '' ? null : Number(label) })
          }
        >
          <option value="">{say('data.allClasses')}</option>
          {Array.from({ length: classes }, (_, label) => {
            const name = target?.names?.[label] ?? `${label}`;
            return (
              <option key={name} value={label}>
                {name}
              </option>
            );
          })}
        </Select>
      )}
      <Select
        aria-label={say('data.partFilter')}
        value={value.part ?? ''}
        onChange={({ target: { value: part } }) =>
          onChange({ ...value, part: part === '' ? null : (part as SampleFilterValue['part']) })
        }
      >
        <option value="">{say('data.allParts')}</option>
        {parts.map(([part, word]) => (
          <option key={part} value={part}>
            {say(word)}
          </option>
        ))}
      </Select>
      {areFiles && (
        <SearchField
          label={say('data.fileSearch')}
          value={value.text}
          onSearch={(text) => onChange({ ...value, text })}
        />
      )}
      <span className={css.count} role="status">
        {say('data.found', { count: whole(count) })}
      </span>
    </div>
  );
}

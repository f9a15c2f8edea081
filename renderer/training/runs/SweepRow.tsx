import { useId } from 'react';
import type { SweepField } from '../../../src/sweep/field.ts';
import { writeValue } from '../../../src/sweep/values.ts';
import type { Text } from '../../../src/text.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './SweepDialog.module.css';
import { settingName } from './settingWords.ts';
import { type SweepForm, startValues } from './sweepForm.ts';

type Row = SweepForm['rows'][number];

interface Props {
  readonly at: number;
  readonly row: Row;
  readonly fields: readonly SweepField[];
  /** True if ranges are allowed in addition to lists of values. */
  readonly ranges: boolean;
  readonly problem: Text | undefined;
  onChange(row: Row): void;
  /** Undefined if the row cannot be removed. */
  readonly onRemove: (() => void) | undefined;
}

/** Row with a hyperparameter and its values. */
export function SweepRow({ at, row, fields, ranges, problem, onChange, onRemove }: Props) {
  const { say, pick } = useWords();
  const hint = useId();
  const field = fields.find(({ id }) => id === row.field);
  const owners = [...new Set(fields.map(({ owner }) => pick(owner)))];
  const choose = (id: string): void => {
    const next = fields.find((each) => each.id === id);
    if (next !== undefined) onChange({ field: id, values: startValues(next) });
  };
  return (
    <div className={css.row}>
      <Select
        className={css.select}
        aria-label={say('sweep.field', { at: at + 1 })}
        value={row.field}
        onChange={({ target }) => choose(target.value)}
      >
        {owners.map((owner) => (
          <optgroup key={owner} label={owner}>
            {fields
              .filter((each) => pick(each.owner) === owner)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {pick(each.label)}
                </option>
              ))}
          </optgroup>
        ))}
      </Select>
      <div className={css.values}>
        <input
          className={css.input}
          aria-label={say('sweep.values', { field: pick(settingName(row.field)) })}
          aria-invalid={problem !== undefined}
          aria-describedby={hint}
          spellCheck={false}
          value={row.values}
          onChange={({ target }) => onChange({ ...row, values: target.value })}
        />
        <p id={hint} className={problem === undefined ? css.note : css.wrong}>
          {problem === undefined
            ? `${say(ranges ? 'sweep.rangeHint' : 'sweep.valuesHint')}${
                field === undefined ? '' : ` · ${say('sweep.now', { value: writeValue(field.value) })}`
              }`
            : pick(problem)}
        </p>
      </div>
      {onRemove !== undefined && (
        <Button icon="close" label={say('sweep.remove', { field: pick(settingName(row.field)) })} onClick={onRemove} />
      )}
    </div>
  );
}

import { useState } from 'react';
import type { OutputResults } from '../../../src/protocol/results.ts';
import { MOST_CLASSES_SHOWN, ShownClasses } from '../../ui/controls/ShownClasses.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import css from './ClassTable.module.css';
import { type ClassColumn, classRows } from './evaluation.ts';

interface Props {
  readonly output: OutputResults;
  readonly labels: readonly string[];
}

const columns = ['class', 'precision', 'recall', 'f1', 'support'] as const satisfies readonly ClassColumn[];
const scores = ['precision', 'recall', 'f1'] as const;

/** Precision, recall and F1 score by class, with their means. */
export function ClassTable({ output, labels }: Props) {
  const { say } = useWords();
  const [{ column, down }, setSorting] = useState<{ column: ClassColumn; down: boolean }>({
    column: 'class',
    down: false,
  });
  const { macro, weighted, accuracy, topK } = output;
  const rows = classRows(output, column, down);
  const total = output.classes.reduce((sum, { support }) => sum + support, 0);
  const means = { macro, weighted };
  const press = (next: ClassColumn): void =>
    setSorting({ column: next, down: next === column ? !down : next === 'support' });
  return (
    <div className={css.frame}>
      <table className={css.table} aria-label={say('results.classes')}>
        <thead>
          <tr>
            {columns.map((each) => (
              <th
                key={each}
                scope="col"
                aria-sort={each === column ? (down ? 'descending' : 'ascending') : 'none'}
                title={say(`results.help.${each}`)}
              >
                <button type="button" onClick={() => press(each)}>
                  {say(`results.column.${each}`)}
                  <span aria-hidden="true">{each === column ? (down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_CLASSES_SHOWN).map((row) => (
            <tr key={row.class}>
              <th scope="row">{labels[row.class]}</th>
              {scores.map((score) => (
                <td key={score}>
                  <Share value={row[score]} />
                </td>
              ))}
              <td>{whole(row.support)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {(['macro', 'weighted'] as const).map((mean) => (
            <tr key={mean} title={say(`results.help.${mean}`)}>
              <th scope="row">{say(`results.mean.${mean}`)}</th>
              {scores.map((score) => (
                <td key={score}>{percent(means[mean]?.[score] ?? 0)}</td>
              ))}
              <td>{whole(total)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
      <ShownClasses count={rows.length} />
      <dl className={css.figures}>
        <div>
          <dt>{say('results.accuracy')}</dt>
          <dd>{percent(accuracy ?? 0)}</dd>
        </div>
        {topK.map(({ k, accuracy: share }) => (
          <div key={k} title={say('results.help.top', { k })}>
            <dt>{say('results.top', { k })}</dt>
            <dd>{percent(share)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Share as a number and as a bar. */
const Share = ({ value }: { readonly value: number }) => (
  <span className={css.share}>
    <span className={css.bar} style={{ transform: `scaleX(${value})` }} />
    {percent(value)}
  </span>
);

import type { DataConfig } from '../../src/graph/document.ts';
import { changeReading, type OpenedData } from '../state/data/ownData.ts';
import { Select } from '../ui/controls/Select.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import css from './TableForm.module.css';

interface Props {
  readonly columns: OpenedData['columns'];
  /** Name of the target column. */
  readonly target: string;
  readonly table: NonNullable<DataConfig['table']>;
}

/** Roles of the columns of a table: one is the target, the others are features or ignored. */
export function TableForm({ columns, target, table }: Props) {
  const { say } = useWords();
  const ignored = table.ignored ?? [];
  const change = (next: Partial<typeof table>) => void changeReading({ table: { ...table, ...next } });
  const roleOf = (name: string): 'target' | 'ignored' | 'feature' =>
    name === target ? 'target' : ignored.includes(name) ? 'ignored' : 'feature';
  function setRole(name: string, role: string): void {
    const others = ignored.filter((each) => each !== name);
    if (role === 'target') change({ target: name, targetKind: undefined, ignored: others });
    else change({ target, ignored: role === 'ignored' ? [...others, name] : others });
  }
  return (
    <section aria-label={say('data.columns')}>
      <h2>{say('data.columns')}</h2>
      <table className={css.columns}>
        <thead>
          <tr>
            <th scope="col">{say('data.column')}</th>
            <th scope="col">{say('data.content')}</th>
            <th scope="col">{say('data.missing')}</th>
            <th scope="col">{say('data.role')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, kind, missing }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td>{say(`data.kind.${kind}`)}</td>
              <td>{missing}</td>
              <td>
                {kind === 'number' || kind === 'category' || name === target ? (
                  <Select
                    aria-label={say('data.roleOf', { name })}
                    value={roleOf(name)}
                    // Without a target there is nothing to learn: another column becomes it.
                    disabled={name === target}
                    onChange={(event) => setRole(name, event.target.value)}
                  >
                    <option value="feature">{say('data.feature')}</option>
                    <option value="target">{say('data.target')}</option>
                    <option value="ignored">{say('data.ignored')}</option>
                  </Select>
                ) : (
                  <span className={css.left}>{say('data.ignored')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

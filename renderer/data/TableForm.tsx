import type { DataConfig } from '../../src/graph/document.ts';
import { changeReading, type OpenedData } from '../state/data/ownData.ts';
import { Select } from '../ui/controls/Select.tsx';
import { figure } from '../ui/i18n/figure.ts';
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
  const change = (next: typeof table) => void changeReading({ table: { ...table, ...next } });
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
      <ul className={css.columns}>
        {columns.map(({ name, kind, missing, bars, numbers, association }) => (
          <li key={name}>
            <span className={css.name} title={name}>
              {name}
              <span className={css.content}>
                {say(`data.kind.${kind}`)}
                {missing > 0 && kind !== 'empty' && ` · ${say('data.missing', { count: missing })}`}
              </span>
              {association !== null && (
                <span className={css.content} title={say(`data.measure.${association.measure}`)}>
                  {say(`data.short.${association.measure}`, { value: figure(association.value) })}
                </span>
              )}
              {bars.length > 0 && (
                <Distribution
                  label={say('data.distribution', { name })}
                  title={
                    numbers === null
                      ? bars.map((bar) => `${bar.name}: ${bar.count}`).join('\n')
                      : say('data.numbers', {
                          low: figure(numbers.low),
                          high: figure(numbers.high),
                          mean: figure(numbers.mean),
                          std: figure(numbers.std),
                        })
                  }
                  counts={bars.map(({ count }) => count)}
                />
              )}
            </span>
            {kind === 'number' || kind === 'category' || name === target ? (
              <Select
                aria-label={say('data.roleOf', { name })}
                value={roleOf(name)}
                // A table needs a target: it changes when another column becomes the target.
                disabled={name === target}
                onChange={(event) => setRole(name, event.target.value)}
              >
                <option value="feature">{say('data.feature')}</option>
                <option value="target">{say('data.target')}</option>
                <option value="ignored">{say('data.ignored')}</option>
              </Select>
            ) : (
              <span className={css.content}>{say('data.ignored')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DistributionProps {
  readonly label: string;
  readonly title: string;
  readonly counts: readonly number[];
}

const BAR_HEIGHT = 16;

/** Small bars, one for each count. */
function Distribution({ label, title, counts }: DistributionProps) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      className={css.bars}
      viewBox={`0 0 ${counts.length} ${BAR_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${title}`}
    >
      <title>{title}</title>
      <path d={counts.map((n, at) => `M${at} ${BAR_HEIGHT}v${-(BAR_HEIGHT * n) / most}h0.9V${BAR_HEIGHT}z`).join('')} />
    </svg>
  );
}

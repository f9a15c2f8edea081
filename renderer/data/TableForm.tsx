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
  /** True if the table lists images: its columns are ignored unless chosen. */
  readonly listsImages: boolean;
}

const roles = ['feature', 'target', 'further', 'ignored'] as const;

/** Roles of the columns of a table: one is the target, the others are features, further targets or ignored. */
export function TableForm({ columns, target, table, listsImages }: Props) {
  const { say } = useWords();
  const { targets = [], ignored = [], features = [] } = table;
  function roleOf(name: string): (typeof roles)[number] {
    if (name === target) return 'target';
    if (targets.includes(name)) return 'further';
    return (listsImages ? features.includes(name) : !ignored.includes(name)) ? 'feature' : 'ignored';
  }
  function setRole(name: string, role: string): void {
    const others = (names: readonly string[], isOne: boolean) => [
      ...names.filter((each) => each !== name),
      ...(isOne ? [name] : []),
    ];
    const next = {
      ...table,
      target,
      targets: others(targets, role === 'further'),
      ...(listsImages
        ? { features: others(features, role === 'feature') }
        : { ignored: others(ignored, role === 'ignored') }),
    };
    void changeReading({ table: role === 'target' ? { ...next, target: name, targetKind: undefined } : next });
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
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {say(`data.${role}`)}
                  </option>
                ))}
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

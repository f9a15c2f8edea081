import { partNamed } from '../../../src/data/partNames.ts';
import type { SplitConfig } from '../../../src/graph/document.ts';
import { changeReading, type OpenedData } from '../../state/data/ownData.ts';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './SplitForm.module.css';
import { started } from './splitFields.ts';

type ValueSplit = Extract<SplitConfig, { kind: 'column' | 'folders' }>;
type PartName = ValueSplit['parts'][string];

const PARTS: readonly PartName[] = ['train', 'validation', 'test', 'unused'];

interface Props {
  readonly split: ValueSplit;
  readonly contents: OpenedData;
}

/** Part of each value of a column, or of each folder. */
export function AssignedParts({ split, contents }: Props) {
  const { say } = useWords();
  const isFolders = split.kind === 'folders';
  const columns = contents.groupings;
  const names = isFolders
    ? contents.folders
    : (columns.find(({ name }) => name === split.column)?.values ?? Object.keys(split.parts));
  const set = (name: string, part: string) => {
    const { [name]: _, ...others } = split.parts;
    const parts = part === '' ? others : { ...others, [name]: part as PartName };
    void changeReading({ split: { ...split, parts } });
  };
  const chooseColumn = (name: string) => {
    const found = columns.filter((column) => column.name === name);
    void changeReading({ split: started('column', { ...NO_SPLIT }, { ...contents, groupings: found }) });
  };
  return (
    <div className={css.parts}>
      {split.kind === 'column' && (
        <div className={css.part}>
          <span>{say('split.columnName')}</span>
          <Select
            aria-label={say('split.columnName')}
            value={split.column}
            onChange={({ target }) => chooseColumn(target.value)}
          >
            {columns.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </div>
      )}
      {names.map((name) => {
        const own = Object.hasOwn(split.parts, name) ? split.parts[name] : partNamed(name);
        return (
          <div key={name} className={css.part}>
            <span title={name}>{name}</span>
            <Select
              aria-label={say('split.partOf', { name })}
              value={own ?? ''}
              onChange={({ target }) => set(name, target.value)}
            >
              {isFolders && partNamed(name) === null && <option value="">{say('split.part.outer')}</option>}
              {PARTS.map((part) => (
                <option key={part} value={part}>
                  {say(`split.part.${part}`)}
                </option>
              ))}
            </Select>
          </div>
        );
      })}
    </div>
  );
}

const NO_SPLIT = { source: '', validation: 0.2, splitSeed: 1 } as const;

import figureCss from '../../ui/controls/FigureTable.module.css';
import { RowButton } from '../../ui/controls/RowButton.tsx';
import { SortHead } from '../../ui/controls/SortHead.tsx';
import { VirtualTable } from '../../ui/controls/VirtualTable.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { type RowWalk, useRowWalk } from '../../ui/keys/useRowWalk.ts';
import { figure } from '../look/figures.ts';
import css from './TensorTable.module.css';
import { headsOf, tableColumns } from './tensorColumns.ts';
import { type Column, figureIn, numberColumns, type Sorting, type TensorRow } from './tensorRows.ts';

const ROW = 28;

interface Props {
  readonly rows: readonly TensorRow[];
  /** Index of the selected row; -1 for none. */
  readonly at: number;
  readonly sorting: Sorting;
  onSort(sorting: Sorting): void;
  onChoose(row: TensorRow): void;
}

/** One row per parameter or buffer; only visible rows are rendered. */
export function TensorTable({ rows, at, sorting, onSort, onChoose }: Props) {
  const { say } = useWords();
  const heads = headsOf(say);
  const names = rows.map(({ name }) => name);
  const walk = useRowWalk(names, at, (to) => onChoose(rows[to] as TensorRow));

  return (
    <VirtualTable
      className={`${figureCss.table} ${css.table}`}
      frameClass={css.frame}
      label={say('weights.title')}
      count={rows.length}
      rowHeight={ROW}
      at={at}
      columns={tableColumns.length}
      head={
        <>
          <colgroup>
            {tableColumns.map((column) => (
              <col key={column} className={css[column]} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {tableColumns.map((column) =>
                column === 'shape' ? (
                  <th key={column} scope="col" className={css.head}>
                    {heads.shape}
                  </th>
                ) : (
                  <SortHead<Column>
                    key={column}
                    words={heads[column]}
                    number={column !== 'name' && column !== 'kind'}
                    column={column}
                    sorting={sorting}
                    onSort={onSort}
                  />
                ),
              )}
            </tr>
          </thead>
        </>
      }
      row={(index) => (
        <Row
          key={(rows[index] as TensorRow).name}
          row={rows[index] as TensorRow}
          index={index}
          selected={index === at}
          tabStop={at >= 0 ? index === at : index === 0}
          walk={walk}
          onChoose={onChoose}
        />
      )}
    />
  );
}

interface RowProps {
  readonly row: TensorRow;
  readonly index: number;
  readonly selected: boolean;
  /** True for the one row that is in the tab order. */
  readonly tabStop: boolean;
  readonly walk: RowWalk;
  onChoose(row: TensorRow): void;
}

function Row({ row, index, selected, tabStop, walk, onChoose }: RowProps) {
  const { pick, say } = useWords();
  const { shape, frozen, now } = row.tensor;
  return (
    <tr aria-rowindex={index + 2} aria-current={selected || undefined}>
      <th scope="row">
        <RowButton id={row.name} name={row.name} tabStop={tabStop} walk={walk} onChoose={() => onChoose(row)} />
      </th>
      <td className={figureCss.muted}>
        {frozen && <Icon name="frozen" size={12} />} {pick(row.kind)}
      </td>
      <td className={figureCss.mono}>{shape.join('×')}</td>
      {numberColumns.map((column) => (
        <td key={column} className={figureCss.number}>
          {now.broken > 0 && column === 'mean' ? (
            <span className={css.bad} title={say('look.broken')}>
              {say('weights.broken', { count: now.broken })}
            </span>
          ) : (
            words(row, column)
          )}
        </td>
      ))}
    </tr>
  );
}

function words(row: TensorRow, column: (typeof numberColumns)[number]): string {
  const value = figureIn(row, column);
  if (value === null) return '–';
  if (column === 'count') return whole(value);
  return column === 'zeros' || column === 'moved' ? percent(value) : figure(value);
}

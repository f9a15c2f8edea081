import { useState } from 'react';
import { idsOf } from '../../../src/plan/level.ts';
import { showPath } from '../../state/levels/navigate.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import figureCss from '../../ui/controls/FigureTable.module.css';
import { SortHead } from '../../ui/controls/SortHead.tsx';
import { VirtualTable } from '../../ui/controls/VirtualTable.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, short, whole } from '../../ui/i18n/numbers.ts';
import { useRowWalk } from '../../ui/keys/useRowWalk.ts';
import { heads } from './analysisColumns.ts';
import { CostRowView } from './CostRowView.tsx';
import css from './CostTable.module.css';
import type { CostRow, Sorting, Sums } from './rows.ts';

const ROW = 28;

interface Props {
  readonly rows: readonly CostRow[];
  readonly sums: Sums;
  readonly batch: number;
  readonly sorting: Sorting;
  onSort(sorting: Sorting): void;
}

/** Cost table with one row per layer; only visible rows are rendered. Selection is shared with the canvas. */
export function CostTable({ rows, sums, batch, sorting, onSort }: Props) {
  const { say } = useWords();
  const selected = useUi(({ selection }) => selection.nodes);
  // Row selected among those of one block: on the canvas they all belong to the same node.
  const [chosen, setChosen] = useState<string | null>(null);
  const levels = useDocument((state) => state.levels);
  const within = selected.map((id) => [...idsOf(levels), id].join('/'));
  const isWithin = ({ id }: CostRow, paths: readonly string[]): boolean =>
    paths.some((path) => id === path || id.startsWith(`${path}/`));
  const here = rows.findIndex((row) => row.id === chosen && isWithin(row, within));
  const at = here >= 0 ? here : rows.findIndex((row) => isWithin(row, within.slice(0, 1)));

  const ids = rows.map(({ id }) => id);
  const walk = useRowWalk(ids, at, (to) => choose(rows[to] as CostRow));

  function choose({ id }: CostRow): void {
    setChosen(id);
    showPath(id.split('/'));
  }

  return (
    <VirtualTable
      className={`${figureCss.table} ${css.table}`}
      label={say('analysis.title')}
      count={rows.length}
      rowHeight={ROW}
      at={at}
      columns={heads.length}
      head={
        <>
          <colgroup>
            {heads.map(({ column }) => (
              <col key={column} className={css[column]} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {heads.map(({ column, title, number }) => (
                <SortHead
                  key={column}
                  words={column === 'activation' ? say('analysis.activationOf', { batch }) : say(title)}
                  number={number}
                  column={column}
                  sorting={sorting}
                  onSort={onSort}
                />
              ))}
            </tr>
          </thead>
        </>
      }
      row={(index) => {
        const row = rows[index] as CostRow;
        return (
          <CostRowView
            key={row.id}
            row={row}
            index={index}
            batch={batch}
            sums={sums}
            selected={isWithin(row, within)}
            tabStop={at >= 0 ? index === at : index === 0}
            walk={walk}
            onSelect={choose}
          />
        );
      }}
      foot={
        <tr aria-rowindex={rows.length + 2}>
          <th scope="row">{say('analysis.total')}</th>
          <td>{say('analysis.layers', { count: rows.length })}</td>
          <td />
          <td className={figureCss.number}>{whole(sums.trainable)}</td>
          <td className={figureCss.number}>{whole(sums.frozen)}</td>
          <td className={figureCss.number} title={say('analysis.exact', { count: whole(sums.macs) })}>
            {short(sums.macs)}
          </td>
          <td className={figureCss.number} title={say('analysis.outputSum')}>
            {bytes(sums.activation * batch)}
          </td>
        </tr>
      }
    />
  );
}

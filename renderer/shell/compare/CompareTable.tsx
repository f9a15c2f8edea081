import { type KeyboardEvent, useState } from 'react';
import type { Comparison, Row } from '../../../src/compare/compare.ts';
import { signed } from '../../../src/compare/words.ts';
import { VirtualTable } from '../../ui/controls/VirtualTable.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { short, whole } from '../../ui/i18n/numbers.ts';
import { rowAfter } from '../../ui/keys/rowKeys.ts';
import { signedShort } from './CompareHead.tsx';
import { RowLine, SettingLine } from './CompareRow.tsx';
import css from './CompareTable.module.css';
import { Figure } from './Figure.tsx';
import type { Item } from './items.ts';

const ROW = 28;

interface Props {
  readonly comparison: Comparison;
  readonly items: readonly Item[];
  /** Key of the selected row. */
  readonly selected: string | null;
  onSelect(row: Row, around: readonly Row[]): void;
  onFold(key: string, open: boolean): void;
  onEnter(row: Row, around: readonly Row[]): void;
}

/** The differences, row by row; only visible rows are mounted. Arrow keys move, fold and unfold. */
export function CompareTable({ comparison, items, selected, onSelect, onFold, onEnter }: Props) {
  const { say } = useWords();
  const [setting, setSetting] = useState<string | null>(null);
  const at = items.findIndex(({ key }) => key === (setting ?? selected));

  function choose(item: Item): void {
    setSetting(item.kind === 'setting' ? item.key : null);
    if (item.kind === 'row') onSelect(item.row, item.around);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const item = items[at];
    const next = items[rowAfter(event.key, at, items.length) ?? -1];
    if (next !== undefined) choose(next);
    else if (item?.kind !== 'row') return;
    else if (event.key === 'ArrowRight' && item.open === false) onFold(item.key, true);
    else if (event.key === 'ArrowLeft' && item.open) onFold(item.key, false);
    else if (event.key === 'ArrowLeft') {
      const outer = items.find(({ key }) => key === item.around.at(-1)?.key);
      if (outer !== undefined) choose(outer);
    } else if (event.key === 'Enter') onEnter(item.row, item.around);
    else return;
    event.preventDefault();
  }

  if (items.length === 0) return <p className={css.equal}>{say('compare.equal')}</p>;
  const { a, b, difference } = comparison;
  return (
    <VirtualTable
      role="treegrid"
      frameClass={css.frame}
      className={css.table}
      label={say('compare.table')}
      count={items.length}
      rowHeight={ROW}
      at={at}
      columns={7}
      rowId={rowId}
      tabIndex={0}
      onKeyDown={onKeyDown}
      head={
        <thead>
          <tr>
            <th scope="col" className={css.name}>
              {say('compare.name')}
            </th>
            <th scope="col" className={css.kind}>
              {say('compare.kind')}
            </th>
            <th scope="col">{say('compare.changes')}</th>
            <Figure head words={say('compare.headParams')} wide />
            <Figure head words={say('compare.difference')} />
            <Figure head words={say('compare.headMacs')} wide />
            <Figure head words={say('compare.difference')} />
          </tr>
        </thead>
      }
      row={(index) => {
        const item = items[index] as Item;
        const line = { id: rowId(index), index, selected: index === at, onChoose: () => choose(item) };
        return item.kind === 'setting' ? (
          <SettingLine key={`setting ${item.key}`} setting={item.setting} {...line} />
        ) : (
          <RowLine
            key={item.key}
            item={item}
            {...line}
            onFold={(open) => onFold(item.key, open)}
            onEnter={() => onEnter(item.row, item.around)}
          />
        );
      }}
      foot={
        <tr>
          <th scope="row">{say('compare.totals')}</th>
          <td />
          <td />
          <Figure words={`${whole(a.params)} → ${whole(b.params)}`} />
          <Figure words={signed(difference.params)} />
          <Figure words={`${short(a.macs)} → ${short(b.macs)}`} hint={`${whole(a.macs)} → ${whole(b.macs)}`} />
          <Figure words={signedShort(difference.macs)} hint={signed(difference.macs)} />
        </tr>
      }
    />
  );
}

const rowId = (index: number): string => `compare-row-${index}`;

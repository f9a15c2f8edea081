import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Comparison, Row } from '../../../src/compare/compare.ts';
import { signed } from '../../../src/compare/words.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { short, whole } from '../../ui/i18n/numbers.ts';
import { signedShort } from './CompareHead.tsx';
import { RowLine, SettingLine } from './CompareRow.tsx';
import css from './CompareTable.module.css';
import { Figure } from './Figure.tsx';
import type { Item } from './items.ts';

const ROW = 28;

interface Props {
  readonly comparison: Comparison;
  readonly items: readonly Item[];
  /** Key of the row that is looked at. */
  readonly selected: string | null;
  onSelect(row: Row, around: readonly Row[]): void;
  onFold(key: string, open: boolean): void;
  onEnter(row: Row, around: readonly Row[]): void;
}

/** What is different, row by row; only those in sight are there. Arrow keys go through them, fold and unfold. */
export function CompareTable({ comparison, items, selected, onSelect, onFold, onEnter }: Props) {
  const { say } = useWords();
  const scroll = useRef<HTMLDivElement>(null);
  const [setting, setSetting] = useState<string | null>(null);
  const at = items.findIndex(({ key }) => key === (setting ?? selected));
  const { getVirtualItems, getTotalSize, scrollToIndex } = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 8,
    // The head and the foot lie over the rows.
    scrollPaddingStart: ROW,
    scrollPaddingEnd: ROW,
  });
  useEffect(() => {
    if (at >= 0) scrollToIndex(at, { align: 'auto' });
  }, [at, scrollToIndex]);

  function choose(item: Item): void {
    setSetting(item.kind === 'setting' ? item.key : null);
    if (item.kind === 'row') onSelect(item.row, item.around);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const item = items[at];
    const last = items.length - 1;
    const to = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last }[event.key];
    const next = to === undefined ? undefined : items[to];
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
  const shown = getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = getTotalSize() - (shown.at(-1)?.end ?? 0);
  const { a, b, difference } = comparison;
  return (
    <div className={css.frame} ref={scroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows fold
        role="treegrid"
        className={css.table}
        aria-label={say('compare.table')}
        aria-rowcount={items.length + 2}
        tabIndex={0}
        aria-activedescendant={shown.some(({ index }) => index === at) ? rowId(at) : undefined}
        onKeyDown={onKeyDown}
      >
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
        <tbody>
          {above > 0 && <Gap height={above} />}
          {shown.map(({ index }) => {
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
          })}
          {below > 0 && <Gap height={below} />}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('compare.totals')}</th>
            <td />
            <td />
            <Figure words={`${whole(a.params)} → ${whole(b.params)}`} />
            <Figure words={signed(difference.params)} />
            <Figure words={`${short(a.macs)} → ${short(b.macs)}`} hint={`${whole(a.macs)} → ${whole(b.macs)}`} />
            <Figure words={signedShort(difference.macs)} hint={signed(difference.macs)} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const rowId = (index: number): string => `compare-row-${index}`;

/** In the place of the rows that are out of sight. */
const Gap = ({ height }: { readonly height: number }) => (
  <tr>
    <td colSpan={7} style={{ height, padding: 0 }} />
  </tr>
);

import { memo } from 'react';
import figureCss from '../../ui/controls/FigureTable.module.css';
import { RowButton } from '../../ui/controls/RowButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, short, whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import type { RowWalk } from '../../ui/keys/useRowWalk.ts';
import css from './CostTable.module.css';
import type { CostRow, Sums } from './rows.ts';

interface Props {
  readonly row: CostRow;
  readonly index: number;
  readonly batch: number;
  readonly sums: Sums;
  readonly selected: boolean;
  /** True for the one row that is in the tab order. */
  readonly tabStop: boolean;
  readonly walk: RowWalk;
  onSelect(row: CostRow): void;
}

/** Row of the cost table. */
export const CostRowView = memo(function CostRowView(props: Props) {
  const { row, index, batch, sums, selected, tabStop, walk, onSelect } = props;
  const { pick } = useWords();
  return (
    <tr aria-rowindex={index + 2} aria-current={selected || undefined}>
      <th scope="row">
        <span className={css.mark} style={{ background: `var(--category-${row.category}, var(--muted))` }} />
        <RowButton
          id={row.id}
          name={row.name}
          tabStop={tabStop}
          walk={walk}
          className={css.choose}
          onChoose={() => onSelect(row)}
        />
      </th>
      <td className={figureCss.muted}>{pick(row.kind)}</td>
      <td className={`${figureCss.number} ${figureCss.mono}`}>{row.shape === '' ? '?' : row.shape}</td>
      <Share value={row.trainable} of={sums.trainable} words={whole(row.trainable)} />
      <td className={figureCss.number}>
        {row.frozen > 0 && (
          <>
            <Icon name="frozen" size={12} /> {whole(row.frozen)}
          </>
        )}
      </td>
      <Share value={row.macs} of={sums.macs} words={short(row.macs)} />
      <Share value={row.activation} of={sums.activation} words={bytes(row.activation * batch)} />
    </tr>
  );
});

/** Number with a bar for its share of the total. */
function Share({ value, of, words }: { readonly value: number; readonly of: number; readonly words: string }) {
  if (value === 0) return <td className={`${figureCss.number} ${figureCss.muted}`}>–</td>;
  return (
    <td className={figureCss.number}>
      <span className={css.share}>
        <span className={css.bar} style={{ width: `${(100 * value) / of}%` }} />
        {words}
      </span>
    </td>
  );
}

import { type KeyboardEvent, memo, type RefObject, useEffect, useRef } from 'react';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, short, whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
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
  /** Id of the row that gets the focus when it is rendered. */
  readonly focusNext: RefObject<string | null>;
  onSelect(row: CostRow): void;
  onKey(event: KeyboardEvent): void;
}

/** Row of the cost table. Its name is a button that covers the whole row. */
export const CostRowView = memo(function CostRowView(props: Props) {
  const { row, index, batch, sums, selected, tabStop, focusNext, onSelect, onKey } = props;
  const { pick } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusNext.current !== row.id || !tabStop) return;
    focusNext.current = null;
    button.current?.focus({ preventScroll: true });
  }, [tabStop, focusNext, row.id]);
  return (
    <tr aria-rowindex={index + 2} aria-current={selected || undefined}>
      <th scope="row">
        <span className={css.mark} style={{ background: `var(--category-${row.category}, var(--muted))` }} />
        <button
          ref={button}
          type="button"
          className={css.choose}
          tabIndex={tabStop ? 0 : -1}
          onClick={() => onSelect(row)}
          onKeyDown={onKey}
        >
          {row.name}
        </button>
      </th>
      <td className={css.muted}>{pick(row.kind)}</td>
      <td className={`${css.number} ${css.mono}`}>{row.shape === '' ? '?' : row.shape}</td>
      <Share value={row.trainable} of={sums.trainable} words={whole(row.trainable)} />
      <td className={css.number}>
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
  if (value === 0) return <td className={`${css.number} ${css.muted}`}>–</td>;
  return (
    <td className={css.number}>
      <span className={css.share}>
        <span className={css.bar} style={{ width: `${(100 * value) / of}%` }} />
        {words}
      </span>
    </td>
  );
}

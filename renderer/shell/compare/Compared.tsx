import { useMemo, useState } from 'react';
import type { Comparison, Row } from '../../../src/compare/compare.ts';
import { type Other, useCompare } from '../../state/stores/compareStore.ts';
import { CompareHead } from './CompareHead.tsx';
import { ComparePictures } from './ComparePictures.tsx';
import { CompareTable } from './CompareTable.tsx';
import css from './CompareView.module.css';
import { inward, itemsOf, type Looking, pictured } from './items.ts';

interface Props {
  readonly a: Other;
  readonly b: Other;
  readonly comparison: Comparison;
}

const NOWHERE: Looking = { row: null, card: null, around: [] };

export function Compared({ a, b, comparison }: Props) {
  const view = useCompare((state) => state.view);
  const onlyDifferences = useCompare((state) => state.onlyDifferences);
  const [unfolded, setUnfolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [looking, setLooking] = useState(NOWHERE);
  const [shown, setShown] = useState(comparison);
  if (shown !== comparison) {
    setShown(comparison);
    setLooking(NOWHERE);
  }
  const items = useMemo(
    () => itemsOf(comparison, { onlyDifferences, unfolded }),
    [comparison, onlyDifferences, unfolded],
  );
  const enter = (row: Row, around: readonly Row[]): void => {
    const way = inward(row);
    if (way.length > 0) setLooking({ row: null, card: null, around: [...around, ...way] });
  };
  return (
    <div className={css.compared}>
      <CompareHead a={a} b={b} comparison={comparison} />
      {view === 'pictures' && (
        <ComparePictures a={a} b={b} comparison={comparison} looking={looking} onLook={setLooking} onEnter={enter} />
      )}
      <CompareTable
        comparison={comparison}
        items={items}
        selected={looking.row?.key ?? null}
        onSelect={(row, around) => setLooking(pictured({ row, around }))}
        onFold={(key, open) => setUnfolded((before) => new Map(before).set(key, open))}
        onEnter={enter}
      />
    </div>
  );
}

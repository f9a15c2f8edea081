import { useMemo, useState } from 'react';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { VirtualList } from '../../ui/controls/VirtualList.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './Outline.module.css';
import { OutlineRow } from './OutlineRow.tsx';
import { outlineOf } from './outlineOf.ts';

const ROW = 42;

/** The network as a list of its layers in data order: for screen readers and for large networks. */
export function Outline() {
  const { say } = useWords();
  const check = useDocument((state) => state.check);
  const edges = useDocument((state) => state.document.edges);
  // Positions do not matter here, so a drag does not rebuild the list.
  const items = useMemo(() => outlineOf(useDocument.getState().document, edges, check), [edges, check]);
  const selected = useUi((state) => state.selection.nodes);
  const [at, setAt] = useState<string | null>(null);
  const indexOf = (id: string | null | undefined): number => items.findIndex((item) => item.id === id);
  const active = indexOf(at) >= 0 ? indexOf(at) : indexOf(selected[0]);

  if (items.length === 0) return <p className={css.empty}>{say('outline.empty')}</p>;
  return (
    <VirtualList
      label={say('outline.title')}
      count={items.length}
      rowHeight={ROW}
      active={active}
      isSelected={(index) => selected.includes(items[index]?.id ?? '')}
      onMove={(index) => setAt(items[index]?.id ?? null)}
      onEnter={(index) => {
        const id = items[index]?.id;
        if (id === undefined) return;
        useUi.getState().select({ nodes: [id] });
        canvas.current?.center(id);
      }}
      row={(index) => {
        const item = items[index];
        return item && <OutlineRow item={item} />;
      }}
    />
  );
}

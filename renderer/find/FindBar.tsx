import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { canvas } from '../canvas/canvasHandle.ts';
import { keyboardOrder } from '../canvas/walk.ts';
import { Button } from '../controls/Button.tsx';
import { SearchField } from '../controls/SearchField.tsx';
import { useWords } from '../i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import css from './FindBar.module.css';
import { findNodes } from './findNodes.ts';

/** A bar on the canvas that walks through the layers it finds. */
export function FindBar() {
  const open = useUi((state) => state.surface === 'find');
  return open ? <Bar /> : null;
}

function Bar() {
  const { say } = useWords();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const check = useDocument((state) => state.check);
  // Whatever is searched changes the check; a drag does not.
  const found = useMemo(() => {
    const { document } = useDocument.getState();
    const place = new Map(keyboardOrder(document).map((id, index) => [id, index]));
    const nodes = document.nodes.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
    return findNodes(nodes, check, query);
  }, [check, query]);
  const index = found.findIndex(({ id }) => id === at);
  useFocusBack();

  function walk(step: 1 | -1): void {
    const start = index < 0 && step < 0 ? 0 : index;
    const next = found[(start + step + found.length) % found.length];
    if (next === undefined) return;
    setAt(next.id);
    useUi.getState().select({ nodes: [next.id] });
    canvas.current?.centre(next.id);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') useUi.getState().showSurface(null);
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) walk(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  return (
    <search className={css.bar} data-find aria-label={say('find.title')} onKeyDown={onKeyDown}>
      <SearchField
        type="text"
        label={say('find.title')}
        hint={say('find.hint')}
        value={query}
        look="bare"
        onSearch={(text) => {
          setQuery(text);
          setAt(null);
        }}
      />
      <span className={css.count} role="status">
        {query.trim() !== '' &&
          (found.length === 0
            ? say('find.none')
            : index < 0
              ? say('find.found', { count: found.length })
              : say('find.count', { at: index + 1, count: found.length }))}
      </span>
      <Button icon="up" label={say('find.previous')} disabled={found.length === 0} onClick={() => walk(-1)} />
      <Button icon="down" label={say('find.next')} disabled={found.length === 0} onClick={() => walk(1)} />
      <Button icon="close" label={say('controls.close')} onClick={() => useUi.getState().showSurface(null)} />
    </search>
  );
}

/** Takes the focus, and gives it back to where it was. */
function useFocusBack(): void {
  const before = useRef(document.activeElement);
  useEffect(() => {
    const { current } = before;
    return () => {
      if (current instanceof HTMLElement && current.isConnected) current.focus();
    };
  }, []);
}

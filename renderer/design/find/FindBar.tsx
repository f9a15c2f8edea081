import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { showPath } from '../../state/levels/navigate.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './FindBar.module.css';
import { findInside } from './findInside.ts';
import { showFound } from './findStore.ts';

/** Search bar on the canvas; it goes through the matching layers. */
export function FindBar() {
  const open = useUi((state) => state.surface === 'find');
  return open ? <Bar /> : null;
}

function Bar() {
  const { say } = useWords();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const check = useDocument((state) => state.rootCheck);
  // Every change of searchable text changes the check; a drag does not.
  const found = useMemo(() => {
    return query.trim() === '' ? [] : findInside(useDocument.getState().root, check, query);
  }, [check, query]);
  const levels = useDocument((state) => state.levels);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another level shows other cards
  useEffect(() => showFound(found), [found, levels]);
  useEffect(() => () => showFound([]), []);
  const index = found.findIndex((ids) => ids.join('/') === at);
  useFocusBack();

  function walk(step: 1 | -1): void {
    const start = index < 0 && step < 0 ? 0 : index;
    const next = found[(start + step + found.length) % found.length];
    if (next === undefined) return;
    setAt(next.join('/'));
    showPath(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
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

/** Focuses the search field, and returns the focus afterwards. */
function useFocusBack(): void {
  const before = useRef(document.activeElement);
  useEffect(() => {
    const { current } = before;
    return () => {
      if (current instanceof HTMLElement && current.isConnected) current.focus();
    };
  }, []);
}

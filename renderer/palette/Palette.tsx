import { type KeyboardEvent, useRef, useState } from 'react';
import { layers } from '../../src/layers/index.ts';
import type { Category, LayerDef } from '../../src/layers/layer.ts';
import { canvas } from '../canvas/canvasHandle.ts';
import { placeAfter } from '../canvas/placement.ts';
import { LAYER_DRAG } from '../canvas/useDrop.ts';
import { useWords } from '../i18n/i18n.ts';
import { Icon } from '../icons/Icon.tsx';
import { LayerIcon } from '../icons/LayerIcon.tsx';
import { useDocument, useUi } from '../stores/stores.ts';
import { findLayers } from './findLayers.ts';
import css from './Palette.module.css';

/** Adds a layer where it belongs, without the mouse having to say where. */
function addLayer(layer: LayerDef): void {
  const { document, edit } = useDocument.getState();
  const { selection, select } = useUi.getState();
  const selected = selection.nodes.length === 1 ? selection.nodes[0] : undefined;
  const placed = placeAfter(document, layer, selected, canvas.current?.middle() ?? { x: 0, y: 0 });
  edit(placed.edits);
  select({ nodes: [placed.node] });
  canvas.current?.reveal(placed.node);
}

export function Palette() {
  const { say } = useWords();
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = findLayers(layers, query);
  const categories = [...new Set(found.map((layer) => layer.category))];

  function move(from: Element | null, step: 1 | -1): void {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
    const at = items.indexOf(from as HTMLElement);
    items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]?.focus();
  }

  function onSearchKey(event: KeyboardEvent): void {
    const [first] = found;
    if (event.key === 'Enter' && first !== undefined) addLayer(first);
    if (event.key === 'ArrowDown') move(null, 1);
    if (event.key === 'Escape') setQuery('');
  }

  function onListKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(document.activeElement, event.key === 'ArrowDown' ? 1 : -1);
  }

  return (
    <aside className={css.palette} aria-label={say('palette.title')}>
      <label className={css.search}>
        <Icon name="search" size={14} />
        <input
          type="search"
          value={query}
          placeholder={say('palette.search')}
          aria-label={say('palette.search')}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
      </label>
      <div
        ref={list}
        className={css.list}
        role="listbox"
        aria-label={say('palette.title')}
        tabIndex={-1}
        onKeyDown={onListKey}
      >
        {categories.map((category) => (
          <Group key={category} category={category} layers={found.filter((layer) => layer.category === category)} />
        ))}
        {found.length === 0 && <p className={css.none}>{say('palette.none')}</p>}
      </div>
      <p className={css.hint}>{say('palette.hint')}</p>
    </aside>
  );
}

function Group({ category, layers: members }: { readonly category: Category; readonly layers: readonly LayerDef[] }) {
  const { say, pick } = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: options of a list box are grouped by role
    <div role="group" aria-label={say(`category.${category}`)}>
      <h2 className={css.category}>{say(`category.${category}`)}</h2>
      {members.map((layer) => (
        <div
          key={layer.type}
          role="option"
          aria-selected={false}
          tabIndex={0}
          draggable
          className={css.item}
          title={pick(layer.doc)}
          onDragStart={(event) => {
            event.dataTransfer.setData(LAYER_DRAG, layer.type);
            event.dataTransfer.effectAllowed = 'copy';
          }}
          onDoubleClick={() => addLayer(layer)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') addLayer(layer);
          }}
        >
          <span style={{ color: `var(--category-${category})` }}>
            <LayerIcon layer={layer.type} category={category} />
          </span>
          {pick(layer.title)}
        </div>
      ))}
    </div>
  );
}

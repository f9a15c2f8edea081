import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Offer } from '../../../src/layers/presets.ts';
import { withLibrary } from '../../../src/plan/library.ts';
import { offersIn } from '../../../src/plan/offers.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { useLibrary } from '../library/libraryStore.ts';
import { addOffer } from './addOffer.ts';
import { Category, sectionOf } from './Category.tsx';
import { findLayers } from './findLayers.ts';
import { NothingFound } from './NothingFound.tsx';
import { DragCard, OfferCard } from './OfferCard.tsx';
import { OfferRow } from './OfferRow.tsx';
import css from './Palette.module.css';
import { RecentOffers } from './RecentOffers.tsx';
import { useOfferCard } from './useOfferCard.ts';

/** The user's own blocks come first. */
const ownFirst = (offers: readonly Offer[]): readonly Offer[] => [
  ...offers.filter(({ from }) => from !== undefined),
  ...offers,
];

/** All layers and presets: by category or, during a search, best match first. */
export function Palette() {
  const { say } = useWords();
  const id = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [pointed, setPointed] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const folds = useUi((state) => state.folds);
  const { shown, hide, dragged, picture, handlers } = useOfferCard();
  const searching = query.trim() !== '';
  const blocks = useDocument(({ document }) => document.blocks);
  const { library, damaged } = useLibrary();
  const offers = offersIn(withLibrary({ blocks }, library));
  const categories = [...new Set(ownFirst(offers).map(sectionOf))];
  const found = findLayers(offers, query);
  const isOpen = (category: string) => folds[`palette.${category}`] ?? true;
  // The arrow keys move in the list while the search field keeps the focus for typing.
  const rowId = (offer: string) => `${id}-${offer}`;
  const first = searching ? found[Math.min(active, found.length - 1)] : undefined;

  function search(text: string): void {
    setQuery(text);
    setActive(0);
    hide();
  }

  function walk(from: Element, step: 1 | -1): void {
    const stops = [...(list.current?.querySelectorAll<HTMLElement>('[data-offer], [data-fold]') ?? [])];
    const next = stops[stops.indexOf(from as HTMLElement) + step];
    if (next !== undefined) next.focus();
    else if (step === -1) document.getElementById(`${id}-search`)?.focus();
  }

  function onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && first !== undefined) addOffer(first);
    if (event.key === 'Escape') search('');
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (!searching) {
      list.current?.querySelector<HTMLElement>('[data-offer], [data-fold]')?.focus();
      return;
    }
    const next = Math.max(0, Math.min(found.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1)));
    setActive(next);
    const row = document.getElementById(rowId(found[next]?.id ?? ''));
    row?.scrollIntoView({ block: 'nearest' });
    if (row !== null && found[next] !== undefined) handlers.onPoint(found[next], row);
  }

  function onListKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      walk(event.target as Element, event.key === 'ArrowDown' ? 1 : -1);
    }
    if (event.key === 'Escape') hide();
  }

  const row = (offer: Offer, stop: boolean) => (
    <OfferRow
      key={offer.id}
      id={rowId(offer.id)}
      offer={offer}
      query={query}
      active={offer === first}
      stop={stop}
      describedBy={shown?.offer === offer ? `${id}-card` : undefined}
      {...handlers}
    />
  );

  return (
    <aside
      className={css.palette}
      aria-label={say('palette.title')}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
    >
      <SearchField
        id={`${id}-search`}
        label={say('palette.search')}
        value={query}
        className={css.search}
        aria-controls={`${id}-list`}
        aria-activedescendant={first && rowId(first.id)}
        onSearch={search}
        onKeyDown={onSearchKey}
        onBlur={handlers.onLeave}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move through all lists inside */}
      <div ref={list} id={`${id}-list`} className={css.list} onKeyDown={onListKey} onScroll={hide}>
        {searching ? (
          found.length > 0 ? (
            <div role="listbox" aria-label={say('palette.found')} className={css.found}>
              {found.map((offer, index) => row(offer, index === 0))}
            </div>
          ) : (
            <NothingFound query={query} onSearch={search} />
          )
        ) : (
          <>
            <RecentOffers still={pointed} {...handlers} />
            {categories.map((category) => (
              <Category key={category} category={category} open={isOpen(category)}>
                {offers
                  .filter((offer) => sectionOf(offer) === category)
                  .map((offer, index) => row(offer, index === 0 && category === categories.find(isOpen)))}
              </Category>
            ))}
            {damaged.length > 0 && (
              <p className={css.damaged} title={damaged.map(({ file }) => file).join('\n')}>
                {say('library.damaged', { count: damaged.length })}
              </p>
            )}
          </>
        )}
      </div>
      <p className={css.hint}>{say('palette.hint')}</p>
      <OfferCard id={`${id}-card`} shown={shown} />
      {dragged && <DragCard ref={picture} offer={dragged} />}
    </aside>
  );
}

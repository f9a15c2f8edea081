import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Fitting } from '../../../../src/plan/fits.ts';
import { focusItem } from '../../../state/levels/focusItem.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { SearchField } from '../../../ui/controls/SearchField.tsx';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { documentWithLibrary, editWithLibrary } from '../../library/libraryStore.ts';
import { findAnnotations } from '../annotations/annotationOffers.ts';
import { AnnotationLine, OfferLine } from '../cards/OfferLine.tsx';
import { fittingsAt, placedAt } from './adding.ts';
import { type Asking, type Place, useGesture } from './gesture.ts';
import css from './QuickAdd.module.css';
import { quickFound } from './quickFound.ts';

/** Margin between the list and the window's edges, in pixels. */
const EDGE = 8;
const SIZE = { width: 320, height: 380 } as const;

const close = (): void => useGesture.setState({ asking: null });

function add(fitting: Fitting, { place: wanted, point }: Asking): void {
  // A layer that takes no connection can still be placed beside the selected layer.
  const place: Place = !fitting.possible && wanted.kind === 'after' ? { kind: 'anywhere' } : wanted;
  if (!fitting.possible && place === wanted) return;
  const document = documentWithLibrary();
  const { check } = useDocument.getState();
  const placed = placedAt(document, check, fitting, place, point);
  close();
  if (placed === null) return;
  editWithLibrary(document, placed.edits);
  useUi.getState().usedOffer(fitting.id);
  focusItem(placed.node);
}

/** List of layers at the pointer, with a search field. Layers that fit there come first. */
export function QuickAdd() {
  const asking = useGesture((state) => state.asking);
  return asking && <OpenQuickAdd key={`${asking.at.x} ${asking.at.y}`} asking={asking} />;
}

function useHeading(place: Place): string {
  const { say } = useWords();
  const { nodes, edges } = useDocument.getState().document;
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id;
  switch (place.kind) {
    case 'anywhere':
      return say('quickAdd.anywhere');
    case 'after':
      return say('quickAdd.behind', { name: name(place.node) });
    case 'behind':
      return say('quickAdd.behind', { name: name(place.from.node) });
    case 'before':
      return say('quickAdd.before', { name: name(place.to.node) });
    case 'inPlaceOf':
      return say('quickAdd.inPlaceOf', { name: name(place.node) });
    case 'onEdge': {
      const edge = edges.find(({ id }) => id === place.edge);
      return say('quickAdd.onEdge', { from: name(edge?.from.node ?? ''), to: name(edge?.to.node ?? '') });
    }
    default:
      return place satisfies never;
  }
}

function OpenQuickAdd({ asking }: { readonly asking: Asking }) {
  const { say } = useWords();
  const id = useId();
  const heading = useHeading(asking.place);
  const surface = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const fittings = useMemo(() => {
    return fittingsAt(documentWithLibrary(), useDocument.getState().check, asking.place);
  }, [asking.place]);
  const { named, fitting, others } = useMemo(() => quickFound(fittings, query), [fittings, query]);
  const found = [...named, ...fitting, ...others];
  // Without a connection, notes and frames are offered, too.
  const annotations = asking.place.kind === 'anywhere' ? findAnnotations(query) : [];

  useEffect(() => {
    const before = document.activeElement;
    const onPress = (event: PointerEvent): void => {
      if (!surface.current?.contains(event.target as Node)) close();
    };
    window.addEventListener('pointerdown', onPress, true);
    return () => {
      window.removeEventListener('pointerdown', onPress, true);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    surface.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  function choose(index: number): void {
    const offer = found[index];
    const annotation = annotations[index - found.length];
    if (offer !== undefined) add(offer, asking);
    if (annotation === undefined) return;
    close();
    annotation.add(asking.at);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = found.length + annotations.length - 1;
    if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? last : active - 1);
    else if (event.key === 'PageDown') setActive(Math.min(last, active + 8));
    else if (event.key === 'PageUp') setActive(Math.max(0, active - 8));
    else if (event.key === 'Enter') choose(active);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const nothing = found.length + annotations.length === 0;
  const left = Math.max(EDGE, Math.min(asking.at.x, window.innerWidth - SIZE.width - EDGE));
  const top = Math.max(EDGE, Math.min(asking.at.y, window.innerHeight - SIZE.height - EDGE));
  const line = (index: number) => ({
    id: `${id}${index}`,
    index,
    query,
    active: index === active,
    onPoint: () => setActive(index),
    onChoose: () => choose(index),
  });
  const row = (offer: Fitting, index: number) => <OfferLine key={offer.id} offer={offer} {...line(index)} />;
  return (
    <div
      ref={surface}
      className={css.surface}
      style={{ left, top, width: SIZE.width }}
      role="dialog"
      aria-label={heading}
    >
      <p className={css.heading}>{heading}</p>
      <SearchField
        type="text"
        role="combobox"
        label={say('quickAdd.search')}
        value={query}
        className={css.search}
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={nothing ? undefined : `${id}${active}`}
        // The list is opened for typing.
        autoFocus
        onSearch={(text) => {
          setQuery(text);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}list`} role="listbox" aria-label={heading} className={css.list}>
        {named.map(row)}
        {asking.place.kind !== 'anywhere' && fitting.length > 0 && (
          <p className={css.group} role="presentation">
            {say('quickAdd.fits')}
          </p>
        )}
        {fitting.map((offer, index) => row(offer, named.length + index))}
        {others.length > 0 && (
          <p className={css.group} role="presentation">
            {say('quickAdd.misfits')}
          </p>
        )}
        {others.map((offer, index) => row(offer, named.length + fitting.length + index))}
        {annotations.map((annotation, index) => (
          <AnnotationLine key={annotation.icon} annotation={annotation} {...line(found.length + index)} />
        ))}
      </div>
      {nothing && (
        <p className={css.none} role="status">
          {say('quickAdd.none')}
        </p>
      )}
    </div>
  );
}

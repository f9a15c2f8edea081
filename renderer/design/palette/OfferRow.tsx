import { namesOf, type Offer } from '../../../src/layers/presets.ts';
import { openContextMenu } from '../../ui/controls/ContextMenu.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { highlight } from '../../ui/search/highlight.ts';
import { matches } from '../../ui/search/match.ts';
import { addOffer } from './addOffer.ts';
import { Marked } from './Marked.tsx';
import { OfferFace } from './OfferFace.tsx';
import { offerMenu } from './offerMenu.ts';
import css from './Palette.module.css';
import type { OfferHandlers } from './useOfferCard.ts';

interface Props extends OfferHandlers {
  readonly id: string;
  readonly offer: Offer;
  readonly query: string;
  readonly active: boolean;
  /** True for the one row in the tab order. */
  readonly stop: boolean;
  readonly describedBy: string | undefined;
}

/** A layer or preset in the list: added by drag, double-click or Enter. */
export function OfferRow({ id, offer, query, active, stop, describedBy, onPoint, onLeave, onGrab }: Props) {
  const { say } = useWords();
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-describedby={describedBy}
      tabIndex={stop ? 0 : -1}
      draggable
      data-offer={offer.id}
      className={[css.item, active && css.active].filter(Boolean).join(' ')}
      onPointerEnter={(event) => onPoint(offer, event.currentTarget)}
      onPointerLeave={onLeave}
      onFocus={(event) => onPoint(offer, event.currentTarget)}
      onBlur={onLeave}
      onPointerDown={() => onGrab.prepare(offer)}
      onDragStart={(event) => onGrab.start(event, offer)}
      onDoubleClick={() => addOffer(offer)}
      onContextMenu={(event) => {
        const entries = offerMenu(offer);
        if (entries === null) return;
        event.preventDefault();
        onLeave();
        openContextMenu(say('block.menu'), { x: event.clientX, y: event.clientY }, entries);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') addOffer(offer);
      }}
    >
      <OfferFace offer={offer} query={query} iconClass={css.icon} nameClass={css.name} />
      <FoundBy offer={offer} query={query} />
    </div>
  );
}

/** The matching synonym, if the visible title does not match. */
function FoundBy({ offer, query }: { readonly offer: Offer; readonly query: string }) {
  const { pick } = useWords();
  if (query.trim() === '' || highlight(pick(offer.title), query).length > 0) return null;
  const word = query.trim().split(/\s+/)[0] ?? '';
  const name = namesOf(offer)
    .flatMap(({ en, zh }) => (en === zh ? [en] : [en, zh]))
    .find((text) => text !== '' && text !== offer.id && matches({ en: '', zh: text }, word) !== null);
  if (name === undefined) return null;
  return (
    <span className={css.foundBy} aria-hidden="true">
      <Marked text={name} query={query} />
    </span>
  );
}

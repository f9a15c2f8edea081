import { withLibrary } from '../../src/check/library.ts';
import { offerIn } from '../../src/check/offers.ts';
import { useWords } from '../i18n/i18n.ts';
import { LayerIcon } from '../icons/LayerIcon.tsx';
import { useLibrary } from '../library/libraryStore.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { addOffer } from './addOffer.ts';
import css from './Palette.module.css';
import type { OfferHandlers } from './useOfferCard.ts';

/** What was added last, at hand: a click adds it again. */
export function RecentOffers({ onPoint, onLeave, onGrab }: OfferHandlers) {
  const { say, pick } = useWords();
  const blocks = useDocument(({ document }) => document.blocks);
  const seen = withLibrary({ blocks }, useLibrary().library);
  const recent = useUi((state) => state.recentOffers).flatMap((id) => offerIn(seen, id) ?? []);
  if (recent.length === 0) return null;
  return (
    <section aria-label={say('palette.recent')}>
      <h2 className={css.recentTitle}>{say('palette.recent')}</h2>
      <div className={css.recent}>
        {recent.map((offer) => (
          <button
            key={offer.id}
            type="button"
            draggable
            data-offer={offer.id}
            className={css.chip}
            aria-label={say('palette.addAgain', { layer: pick(offer.title) })}
            onClick={() => addOffer(offer)}
            onPointerEnter={(event) => onPoint(offer, event.currentTarget)}
            onPointerLeave={onLeave}
            onPointerDown={() => onGrab.prepare(offer)}
            onDragStart={(event) => onGrab.start(event, offer)}
          >
            <span className={css.icon} style={{ color: `var(--category-${offer.layer.category})` }}>
              <LayerIcon layer={offer.layer.type} category={offer.layer.category} />
            </span>
            <span className={css.chipName}>{pick(offer.title)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

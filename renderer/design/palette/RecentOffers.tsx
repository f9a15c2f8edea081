import { useState } from 'react';
import { withLibrary } from '../../../src/plan/library.ts';
import { offerIn } from '../../../src/plan/offers.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import { useLibrary } from '../library/libraryStore.ts';
import { addOffer } from './addOffer.ts';
import css from './Palette.module.css';
import type { OfferHandlers } from './useOfferCard.ts';

interface Props extends OfferHandlers {
  /** True while the pointer is over the list, whose rows must not move then. */
  readonly still: boolean;
}

/** The value, frozen while `still` is true. */
function useStill<T>(value: T, still: boolean): T {
  const [shown, setShown] = useState(value);
  if (!still && shown !== value) setShown(value);
  return still ? shown : value;
}

/** Recently added layers; a click adds one again. */
export function RecentOffers({ still, onPoint, onLeave, onGrab }: Props) {
  const { say, pick } = useWords();
  const blocks = useDocument(({ document }) => document.blocks);
  const seen = withLibrary({ blocks }, useLibrary().library);
  const ids = useStill(
    useUi((state) => state.recentOffers),
    still,
  );
  const recent = ids.flatMap((id) => offerIn(seen, id) ?? []);
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

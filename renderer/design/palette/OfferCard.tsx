import { Tooltip } from '@base-ui/react/tooltip';
import type { Ref } from 'react';
import { readConfig } from '../../../src/layers/config.ts';
import type { Offer } from '../../../src/layers/presets.ts';
import popup from '../../ui/controls/HoverCard.module.css';
import { FormulaLines } from '../../ui/formula/FormulaLines.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import { sectionOf } from './Category.tsx';
import css from './OfferCard.module.css';
import type { OfferRow } from './useOfferCard.ts';

const configOf = (offer: Offer) => readConfig(offer.layer.config, offer.config()).config;

/** Card beside the hovered row: description and formula of the layer. */
export function OfferCard({ id, shown }: { readonly id: string; readonly shown: OfferRow | null }) {
  const { pick, say } = useWords();
  return (
    <Tooltip.Root open={shown !== null} disableHoverablePopup>
      <Tooltip.Portal>
        <Tooltip.Positioner
          className={popup.positioner}
          anchor={shown?.row ?? null}
          side="right"
          align="start"
          sideOffset={14}
        >
          {shown && (
            <Tooltip.Popup id={id} role="tooltip" className={`${popup.card} ${css.card}`}>
              <p className={css.title}>
                <span style={{ color: `var(--category-${shown.offer.layer.category})` }}>
                  <LayerIcon layer={shown.offer.layer.type} category={shown.offer.layer.category} />
                </span>
                {pick(shown.offer.title)}
                <span className={css.category}>{say(`category.${sectionOf(shown.offer)}`)}</span>
              </p>
              <p className={css.doc}>{pick(shown.offer.doc)}</p>
              <FormulaLines formula={shown.offer.layer.formula(configOf(shown.offer))} />
            </Tooltip.Popup>
          )}
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Image of a dragged layer, as the card will look on the canvas. */
export function DragCard({ offer, ref }: { readonly offer: Offer; readonly ref: Ref<HTMLDivElement> }) {
  const { pick } = useWords();
  const { category, type } = offer.layer;
  return (
    <div
      ref={ref}
      className={css.dragged}
      aria-hidden="true"
      style={{ borderLeftColor: `var(--category-${category})` }}
    >
      <p className={css.title}>
        <span style={{ color: `var(--category-${category})` }}>
          <LayerIcon layer={type} category={category} />
        </span>
        {pick(offer.title)}
      </p>
      <p className={css.summary}>{pick(offer.layer.summary(configOf(offer)))}</p>
    </div>
  );
}

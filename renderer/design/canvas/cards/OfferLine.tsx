import type { ReactNode } from 'react';
import { layerOf } from '../../../../src/layers/index.ts';
import type { Fitting } from '../../../../src/plan/fits.ts';
import { same } from '../../../../src/text.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { Icon } from '../../../ui/icons/Icon.tsx';
import { Marked } from '../../palette/Marked.tsx';
import { OfferFace } from '../../palette/OfferFace.tsx';
import type { Annotation } from '../annotations/annotationOffers.ts';
import css from '../gestures/QuickAdd.module.css';

interface LineProps {
  readonly id: string;
  readonly index: number;
  readonly active: boolean;
  onPoint(): void;
  onChoose(): void;
}

/** A row of the list. The focus stays in the search field, which handles the keys. */
function Line(props: LineProps & { readonly impossible?: boolean; readonly dim?: boolean; children: ReactNode }) {
  const { id, index, active, impossible = false, dim = false, children, onPoint, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search field
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={impossible}
      data-index={index}
      className={[css.line, active && css.active, dim && css.misfit].filter(Boolean).join(' ')}
      onPointerMove={active ? undefined : onPoint}
      onClick={onChoose}
    >
      {children}
    </div>
  );
}

interface Props extends LineProps {
  readonly offer: Fitting;
  readonly query: string;
}

/** A layer: title, category, layers inserted with it, and the reason if it does not fit. */
export function OfferLine({ offer, query, ...line }: Props) {
  const { say, pick } = useWords();
  return (
    <Line {...line} impossible={!offer.possible} dim={!offer.fits}>
      <OfferFace offer={offer} query={query} iconClass={css.icon} nameClass={css.name} />
      <span className={css.category}>{say(`category.${offer.layer.category}`)}</span>
      {offer.fits && offer.needs.length > 0 && (
        <span className={css.reason}>
          {say('quickAdd.with', {
            layers: offer.needs.map(({ layer }) => pick(layerOf(layer)?.title ?? same(layer))).join(' + '),
          })}
        </span>
      )}
      {offer.reason && <span className={css.reason}>{pick(offer.reason)}</span>}
    </Line>
  );
}

interface AnnotationProps extends LineProps {
  readonly annotation: Annotation;
  readonly query: string;
}

/** A note or a frame. */
export function AnnotationLine({ annotation: { icon, title }, query, ...line }: AnnotationProps) {
  const { say, pick } = useWords();
  return (
    <Line {...line}>
      <span className={css.icon}>
        <Icon name={icon} />
      </span>
      <span className={css.name}>
        <Marked text={pick(title)} query={query} />
      </span>
      <span className={css.category}>{say('quickAdd.annotation')}</span>
    </Line>
  );
}

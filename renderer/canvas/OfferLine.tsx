import type { Fitting } from '../../src/check/fits.ts';
import { useWords } from '../i18n/i18n.ts';
import { LayerIcon } from '../icons/LayerIcon.tsx';
import { Marked } from '../palette/Marked.tsx';
import css from './QuickAdd.module.css';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly offer: Fitting;
  readonly query: string;
  readonly active: boolean;
  onPoint(): void;
  onChoose(): void;
}

/** A line of the list: what it is, of which kind, and why it would not fit. */
export function OfferLine({ id, index, offer, query, active, onPoint, onChoose }: Props) {
  const { say, pick } = useWords();
  const { category, type } = offer.layer;
  return (
    // The focus stays in the search field, which has the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={!offer.possible}
      data-index={index}
      className={[css.line, active && css.active, !offer.fits && css.misfit].filter(Boolean).join(' ')}
      onPointerMove={active ? undefined : onPoint}
      onClick={onChoose}
    >
      <span className={css.icon} style={{ color: `var(--category-${category})` }}>
        <LayerIcon layer={type} category={category} />
      </span>
      <span className={css.name}>
        <Marked text={pick(offer.title)} query={query} />
      </span>
      <span className={css.category}>{say(`category.${category}`)}</span>
      {offer.reason && <span className={css.reason}>{pick(offer.reason)}</span>}
    </div>
  );
}

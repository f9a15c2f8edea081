import type { Offer } from '../../../src/layers/presets.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import { Marked } from './Marked.tsx';

interface Props {
  readonly offer: Pick<Offer, 'layer' | 'title'>;
  /** Query whose matches in the title are highlighted. */
  readonly query: string;
  readonly iconClass: string | undefined;
  readonly nameClass: string | undefined;
}

/** Icon and title of a layer or preset in a list. */
export function OfferFace({ offer, query, iconClass, nameClass }: Props) {
  const { pick } = useWords();
  const { category, type } = offer.layer;
  return (
    <>
      <span className={iconClass} style={{ color: `var(--category-${category})` }}>
        <LayerIcon layer={type} category={category} />
      </span>
      <span className={nameClass}>
        <Marked text={pick(offer.title)} query={query} />
      </span>
    </>
  );
}

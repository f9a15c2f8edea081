import type { ReactNode } from 'react';
import { type Card, paramsText } from '../../../../src/check/card.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { whole } from '../../../ui/i18n/numbers.ts';
import { Icon } from '../../../ui/icons/Icon.tsx';
import { LayerIcon } from '../../../ui/icons/LayerIcon.tsx';
import css from './LayerNode.module.css';

interface HeadProps {
  readonly card: Card;
  /** The name, if it can be edited. */
  readonly name?: ReactNode;
}

/** Icon, kind and name. */
export function CardHead({ card: { layer, category, kind, name, frozen, repeat }, name: own }: HeadProps) {
  const { say, pick } = useWords();
  return (
    <div className={css.head}>
      <span className={css.icon}>
        <LayerIcon layer={layer} category={category} />
      </span>
      <span className={css.kind} title={pick(kind)}>
        {pick(kind)}
      </span>
      {repeat > 1 && <span className={css.times}>{`×${repeat}`}</span>}
      {frozen && (
        <span
          className={`${css.snow} ${frozen === 'some' ? css.partly : ''}`}
          title={say(frozen === 'all' ? 'inspector.frozen' : 'inspector.partlyFrozen')}
        >
          <Icon name="frozen" size={12} />
          {frozen === 'some' && <span aria-hidden="true">½</span>}
        </span>
      )}
      {own ?? (
        <span className={css.name} title={name}>
          {name}
        </span>
      )}
    </div>
  );
}

export function CardSummary({ card: { summary } }: { readonly card: Card }) {
  const { pick } = useWords();
  return (
    <div className={css.summary} title={pick(summary)}>
      {pick(summary)}
    </div>
  );
}

/** Output shape and number of parameters. */
export function CardFoot({ card }: { readonly card: Card }) {
  const { say, pick } = useWords();
  const { shape, params } = card;
  return (
    <div className={css.foot}>
      <span className={css.shape} title={shape}>
        {shape}
      </span>
      {params > 0 && (
        <span className={css.params} title={say('canvas.params', { count: whole(params) })}>
          {pick(paramsText(card))}
        </span>
      )}
    </div>
  );
}

import { headPath } from '../../../../src/layout/edge.ts';
import { innerIds, innerMark } from '../../../state/levels/inner.ts';
import { useUi } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { useFindings } from '../../find/findStore.ts';
import type { InnerCard, InnerEdge, InsideContent } from '../scene/insideContent.ts';
import { CardFoot, CardHead, CardSummary } from './CardFace.tsx';
import { cardClasses } from './cardClasses.ts';
import { categoryColor } from './categoryColor.ts';
import { nameCard } from './describeCard.ts';
import own from './OpenInside.module.css';

const ARROW = { length: 6, half: 3 } as const;

function Edge({ edge: { path, points, leaves } }: { readonly edge: InnerEdge }) {
  return (
    <>
      <path d={path} className={own.edge} />
      {!leaves && <path d={headPath(points, ARROW)} className={own.arrow} />}
    </>
  );
}

interface InnerProps {
  readonly card: InnerCard;
  /** Ids of the enclosing blocks, outermost first. */
  readonly way: readonly string[];
}

/** A card inside an expanded block: press and focus select it, a double press or Enter opens its level. */
function Inner({ card, way }: InnerProps) {
  const { pick } = useWords();
  const ids = [...way, card.id];
  const selected = useUi(({ inner }) => inner !== null && innerIds(inner).join('/') === ids.join('/'));
  const found = useFindings(({ within }) => within.has(JSON.stringify(ids)));
  const { area, category, inside } = card;
  const place = { left: area.x, top: area.y, width: area.width, height: area.height };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card is no part of a form
    <div
      className={`${cardClasses(card, { selected, found })} ${own.inner}`}
      style={{ ...categoryColor(category), ...place }}
      role="group"
      aria-label={pick(nameCard(card))}
      aria-description={pick(card.description)}
      // A tab stop in data order, like the cards on the canvas.
      tabIndex={-1}
      data-found={found || undefined}
      {...innerMark(ids)}
    >
      {inside !== null && <OpenInside inside={inside} way={ids} />}
      <CardHead card={card} />
      {inside === null && <CardSummary card={card} />}
      <CardFoot card={card} />
    </div>
  );
}

interface Props {
  readonly inside: InsideContent;
  readonly way: readonly string[];
}

/** The inside of an expanded block: its edges, and its cards above them. */
export function OpenInside({ inside: { cards, edges }, way }: Props) {
  return (
    <div className={own.inside}>
      <svg className={own.edges} aria-hidden="true">
        {edges.map((edge) => (
          <Edge key={edge.id} edge={edge} />
        ))}
      </svg>
      {cards.map((card) => (
        <Inner key={card.id} card={card} way={way} />
      ))}
      {edges
        .filter(({ shape }) => shape !== '')
        .map(({ id, label, shape }) => (
          <span key={id} className={own.label} style={{ left: label.x, top: label.y }}>
            {shape}
          </span>
        ))}
    </div>
  );
}

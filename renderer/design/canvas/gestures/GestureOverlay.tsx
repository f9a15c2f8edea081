import { useStore, ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { areaAt, portPoint } from '../../../../src/layout/card.ts';
import { edgeShape } from '../../../../src/layout/edge.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { type PlacedCandidate, portAt } from '../scene/ports.ts';
import { grown } from '../scene/rect.ts';
import css from './GestureOverlay.module.css';
import { type EdgeDraft, type Insertion, useGesture } from './gesture.ts';
import type { Guide } from './snapping.ts';

/**
 * Overlay of the current gesture: the loose edge, ports that accept it, alignment guides, and the layer that a drop
 * would insert.
 */
export function GestureOverlay() {
  const edge = useGesture((state) => state.edge);
  const guides = useGesture((state) => state.guides);
  const insertion = useGesture((state) => state.insertion);
  const marquee = useGesture((state) => state.marquee);
  if (edge === null && guides.length === 0 && insertion === null && marquee === null) return null;
  return (
    <ViewportPortal>
      <div className={css.overlay} aria-hidden="true">
        <svg className={css.drawing} aria-hidden="true">
          {edge && <Ports candidates={edge.candidates} fixed={edge.fixed.node} />}
          {edge && <LooseEdge edge={edge} />}
          {insertion && <Inserted insertion={insertion} />}
          {marquee && <rect className={css.marquee} {...marquee} />}
          {guides.map((guide) => (
            <GuideLine key={`${guide.axis}${guide.at}`} {...guide} />
          ))}
        </svg>
        {edge && <Verdict edge={edge} />}
        {insertion && <InsertedCard insertion={insertion} />}
      </div>
    </ViewportPortal>
  );
}

interface PortsProps {
  readonly candidates: readonly PlacedCandidate[];
  /** Node of the fixed end. */
  readonly fixed: string;
}

/** Highlights ports that accept the edge and fades cards that cannot. */
const Ports = memo(function Ports({ candidates, fixed }: PortsProps) {
  const doc = useDocument.getState().document;
  const sizeOf = currentSizes();
  const open = useMemo(
    () => new Set(candidates.filter(({ allowed }) => allowed).map(({ end }) => end.node)),
    [candidates],
  );
  return (
    <>
      {doc.nodes
        .filter(({ id }) => id !== fixed && !open.has(id))
        .map((node) => (
          <rect key={node.id} className={css.faded} {...grown(areaAt(node.position, sizeOf(node)), 1)} rx="7" />
        ))}
      {candidates
        .filter(({ allowed }) => allowed)
        .map((candidate) => (
          <circle
            key={`${candidate.end.node} ${candidate.end.port}`}
            className={candidate.fits ? css.fits : css.misfits}
            cx={candidate.at.x}
            cy={candidate.at.y}
            r="7"
          />
        ))}
    </>
  );
});

function LooseEdge({ edge: { fixed, side, loose, target } }: { readonly edge: EdgeDraft }) {
  const doc = useDocument.getState().document;
  const start = portAt(doc, fixed, side, currentSizes());
  if (start === null) return null;
  const end = target?.allowed ? target.at : loose;
  const { path } = side === 'output' ? edgeShape(start, end, doc.direction) : edgeShape(end, start, doc.direction);
  const look = target === null ? css.loose : target.fits ? css.taken : css.refused;
  return (
    <>
      <path d={path} className={look} />
      {target && (
        <circle cx={target.at.x} cy={target.at.y} r="5" className={target.fits ? css.takenPort : css.refusedPort} />
      )}
    </>
  );
}

const useZoom = (): number => useStore((state) => state.transform[2]);

/** Beside the loose end, at a fixed text size: the reason for a rejection, or the edge that is replaced. */
function Verdict({ edge: { target, loose, byKey } }: { readonly edge: EdgeDraft }) {
  const { pick } = useWords();
  const zoom = useZoom();
  const doc = useDocument.getState().document;
  if (target === null) return null;
  const name = doc.nodes.find(({ id }) => id === target.end.node)?.name ?? '';
  const port = `${name} · ${target.end.port}`;
  const words = [byKey ? port : null, target.reason && pick(target.reason)].filter(Boolean).join(': ');
  if (words === '') return null;
  const at = target.allowed ? target.at : loose;
  return (
    <div
      className={[css.verdict, !target.fits && css.bad].filter(Boolean).join(' ')}
      style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${1 / zoom}) translate(14px, 14px)` }}
    >
      {words}
    </div>
  );
}

function GuideLine({ axis, at, from, to }: Guide) {
  return axis === 'x' ? (
    <line className={css.guide} x1={at} x2={at} y1={from} y2={to} />
  ) : (
    <line className={css.guide} y1={at} y2={at} x1={from} x2={to} />
  );
}

/** Both new segments of the edge that is opened. */
function Inserted({ insertion: { edge: id, position, size, ghost } }: { readonly insertion: Insertion }) {
  const doc = useDocument.getState().document;
  const edge = doc.edges.find((candidate) => candidate.id === id);
  const start = edge && portAt(doc, edge.from, 'output', currentSizes());
  const end = edge && portAt(doc, edge.to, 'input', currentSizes());
  if (!start || !end) return null;
  const area = areaAt(position, size);
  const into = portPoint(area, doc.direction, 'input', 0, 1);
  const outOf = portPoint(area, doc.direction, 'output', 0, 1);
  return (
    <>
      {ghost && <path className={css.opened} d={edgeShape(start, end, doc.direction).path} />}
      <path className={css.taken} d={edgeShape(start, into, doc.direction).path} />
      <path className={css.taken} d={edgeShape(outOf, end, doc.direction).path} />
    </>
  );
}

/** The card that would be inserted, with the shape behind it. */
function InsertedCard({
  insertion: { position, size, category, title, shape, problem, ghost },
}: {
  readonly insertion: Insertion;
}) {
  const { pick } = useWords();
  const zoom = useZoom();
  return (
    <>
      {ghost && (
        <div
          className={css.ghost}
          style={{
            transform: `translate(${position.x}px, ${position.y}px)`,
            ...size,
            borderLeftColor: `var(--category-${category})`,
          }}
        >
          {pick(title)}
          {shape !== null && <span className={css.shape}>{shape}</span>}
        </div>
      )}
      {(problem !== null || (!ghost && shape !== null)) && (
        <div
          className={[css.verdict, problem && css.bad].filter(Boolean).join(' ')}
          style={{
            transform: `translate(${position.x + size.width}px, ${position.y + size.height / 2}px) scale(${1 / zoom}) translate(12px, -50%)`,
          }}
        >
          {problem === null ? shape : pick(problem)}
        </div>
      )}
    </>
  );
}

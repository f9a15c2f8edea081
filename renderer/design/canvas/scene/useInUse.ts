import { useReactFlow } from '@xyflow/react';
import { type FocusEvent, type MouseEvent, type PointerEvent, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useUi } from '../../../state/stores/stores.ts';
import type { Detail } from './detail.ts';
import { cardAt, edgeAt } from './hit.ts';
import type { InUse } from './live.ts';
import type { Scene } from './scene.ts';

/** Distance within which the pointer is on a painted edge, in pixels. */
const REACH = 6;

interface PointerTarget {
  readonly card: string | null;
  readonly edge: string | null;
}

const nothing: PointerTarget = { card: null, edge: null };

const cardOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('.react-flow__node')?.getAttribute('data-id') ?? null) : null;

/**
 * Cards under the pointer, pressed or focused. In a painted network these are rendered as elements before the press, so
 * that they can be clicked, dragged and connected. `target` is the edge into which a drop would insert a layer.
 */
export function useInUse(scene: Scene, detail: Detail, target: string | null) {
  const instance = useReactFlow();
  const [pointed, setPointed] = useState<PointerTarget>(nothing);
  const [pressed, setPressed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);

  function point({ clientX, clientY, target }: PointerEvent): void {
    // Panels over the canvas hide the cards below them.
    const onCanvas = target instanceof Element && target.closest('.react-flow__renderer') !== null;
    const at = instance.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
    const card = onCanvas ? cardAt(scene, at) : null;
    const edge = onCanvas && card === null ? edgeAt(scene, at, REACH / instance.getZoom()) : null;
    if (card === pointed.card && edge === pointed.edge) return;
    flushSync(() => setPointed({ card, edge }));
  }

  const handlers = {
    onPointerMoveCapture(event: PointerEvent) {
      // While a card is dragged, no other card is under the pointer.
      if (pressed !== null) return;
      if (detail !== 'card') point(event);
      else if (pointed !== nothing) setPointed(nothing);
    },
    onPointerDownCapture(event: PointerEvent) {
      if (detail !== 'card') point(event);
      setPressed(cardOf(event.target));
    },
    onPointerUpCapture: () => setPressed(null),
    onPointerCancelCapture: () => setPressed(null),
    onPointerLeave: () => setPointed(nothing),
    // A painted edge is not an element, so React Flow has already handled the click as one on the empty canvas.
    onClick({ target, ctrlKey, metaKey }: MouseEvent) {
      const onPane = target instanceof Element && target.matches('.react-flow__pane');
      if (detail === 'card' || !onPane || pointed.edge === null) return;
      const { selection, select } = useUi.getState();
      const edges = new Set(ctrlKey || metaKey ? selection.edges : []).add(pointed.edge);
      select({ ...(ctrlKey || metaKey ? selection : {}), edges: [...edges] });
    },
    onFocusCapture: ({ target }: FocusEvent) => setFocused(cardOf(target)),
    onBlurCapture: () => setFocused(null),
  };
  const inUse = useMemo((): InUse => {
    const cards = [pointed.card, pressed, focused].filter((id) => id !== null);
    return { cards, pointed: pointed.card, edge: target ?? pointed.edge };
  }, [pointed, pressed, focused, target]);
  return { inUse, handlers };
}

import { useStoreApi } from '@xyflow/react';
import { type FocusEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { elementOf, focusStop } from '../../../state/levels/focusItem.ts';
import { innerAt, selectInner } from '../../../state/levels/inner.ts';
import { blockHere, enterBlock, goToInner } from '../../../state/levels/navigate.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { useNaming } from '../cards/naming.ts';
import type { Scene } from '../scene/scene.ts';
import { stopsIn } from '../scene/stops.ts';
import { useViewport } from '../scene/useViewport.ts';
import { held } from '../scene/viewport.ts';
import { askAt } from './asking.ts';
import { connectingKey } from './connectByKey.ts';
import { pressEdge } from './drawEdge.ts';
import { GestureOverlay } from './GestureOverlay.tsx';
import css from './Gestures.module.css';
import { useGesture } from './gesture.ts';
import { pressMarquee } from './marquee.ts';
import { QuickAdd } from './QuickAdd.tsx';
import { useContextMenu } from './useContextMenu.ts';
import { useWheel } from './useWheel.ts';

const edgeAt = (target: Element): string | null => target.closest('.react-flow__edge')?.getAttribute('data-id') ?? null;

/** While the keyboard connects layers, it handles all keys. */
function useConnectingKeys(): void {
  const active = useGesture((state) => state.edge?.byKey === true);
  useEffect(() => {
    if (!active) return;
    const giveUp = (): void => useGesture.setState({ edge: null });
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Tab') giveUp();
      else if (connectingKey(event.key)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('pointerdown', giveUp, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('pointerdown', giveUp, true);
    };
  }, [active]);
}

/** Tab enters the canvas at the first item in data order, Shift+Tab at the last. */
function enter(event: FocusEvent): void {
  const { target, relatedTarget } = event;
  if (!target.matches('.react-flow__node:focus-visible') || !(relatedTarget instanceof Element)) return;
  const nodes = target.closest('.react-flow__nodes');
  if (nodes === null || nodes.contains(relatedTarget)) return;
  const forwards = (relatedTarget.compareDocumentPosition(nodes) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const stops = stopsIn(useDocument.getState());
  const stop = forwards ? stops[0] : stops.at(-1);
  if (stop !== undefined && (stop.length > 1 || elementOf(stop[0] ?? '') !== target)) focusStop(stop);
}

interface Props {
  readonly scene: Scene;
  readonly children: ReactNode;
}

/** The canvas with its gestures, except moving the view and dragging cards. */
export function Gestures({ scene, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { pick } = useWords();
  const spoken = useGesture((state) => state.spoken);
  const store = useStoreApi();
  useViewport(scene, frame);
  useWheel(frame);
  useConnectingKeys();
  const menu = useContextMenu();

  function onPointerDownCapture(event: PointerEvent): void {
    const { target, button, clientX, clientY } = event;
    held.altPressed = event.altKey;
    if (button !== 0 || event.altKey || !(target instanceof Element)) return;
    // Shift and Ctrl extend the selection. They are read from the press, as in `pressMarquee`.
    store.setState({ multiSelectionActive: event.shiftKey || event.ctrlKey || event.metaKey });
    if (pressMarquee(target, event.nativeEvent)) {
      event.preventDefault();
      return;
    }
    // A press on a port starts nothing else.
    if (pressEdge(target, { x: clientX, y: clientY })) event.preventDefault();
  }

  function onPointerMoveCapture({ clientX, clientY, altKey }: PointerEvent): void {
    held.pointer = { x: clientX, y: clientY };
    held.alt = altKey;
  }

  function onClickCapture(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const inner = innerAt(event.target);
    if (inner !== null) {
      event.stopPropagation();
      selectInner(inner);
      return;
    }
    if (!event.altKey) return;
    const edge = edgeAt(event.target);
    if (edge === null) return;
    event.stopPropagation();
    useDocument.getState().edit([{ kind: 'disconnect', edges: [edge] }]);
  }

  function onDoubleClick({ target, clientX, clientY }: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const edge = edgeAt(target);
    const at = { x: clientX, y: clientY };
    const inner = innerAt(target);
    if (inner !== null) {
      goToInner(inner);
      return;
    }
    const card = target.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
    const block = useNaming.getState().node === null ? blockHere(card) : null;
    if (edge !== null) askAt(at, { kind: 'onEdge', edge });
    else if (block !== null) enterBlock(block);
    else if (target.closest('.react-flow__pane') !== null && target.closest('.react-flow__node') === null) {
      askAt(at, { kind: 'anywhere' });
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for the mouse; each has a command
    <div
      ref={frame}
      className={css.gestures}
      onPointerDownCapture={onPointerDownCapture}
      onPointerMoveCapture={onPointerMoveCapture}
      onPointerLeave={() => {
        held.pointer = null;
      }}
      onClickCapture={onClickCapture}
      onDoubleClick={onDoubleClick}
      onFocusCapture={enter}
      {...menu}
    >
      {children}
      <GestureOverlay />
      <QuickAdd />
      <div className={css.spoken} role="status" aria-live="assertive">
        {spoken && pick(spoken)}
      </div>
    </div>
  );
}

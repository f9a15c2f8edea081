import type { Side } from '../../src/check/connection.ts';
import type { Edge, EdgeEnd, NetworkDocument, Position } from '../../src/graph/document.ts';
import { useDocument } from '../stores/stores.ts';
import { beginWire, dropWire, giveUpWire, moveWire, pickUp } from './connecting.ts';
import { useGesture } from './gesture.ts';
import { portAt } from './ports.ts';
import { currentSizes } from './sizes.ts';
import { viewport } from './viewport.ts';

/** The pointer goes this far before a press becomes a drag, in pixels. */
const SLACK = 4;
/** So near to its end a wire is picked up, in pixels. */
const END = 34;
/** So near to the edge of the canvas a loose wire moves the view, in pixels, and this far each frame. */
const BORDER = 28;
const PAN = 9;

interface Grip {
  /** Turns the press into a wire with a loose end. */
  begin(loose: Position): void;
}

const wireInto = (doc: NetworkDocument, { node, port }: EdgeEnd): Edge | undefined =>
  doc.edges.find(({ to }) => to.node === node && to.port === port);

/** A port: a new wire begins at it, but an input that has one gives it up. */
function gripOfPort(element: HTMLElement): Grip | null {
  const { nodeid: node, handleid: port } = element.dataset;
  if (node === undefined || port === undefined) return null;
  const side: Side = element.classList.contains('source') ? 'output' : 'input';
  const end = { node, port };
  const before = side === 'input' ? wireInto(useDocument.getState().document, end) : undefined;
  return { begin: (loose) => (before === undefined ? beginWire(end, side, loose) : pickUp(before, 'input', loose)) };
}

/** A wire near one of its ends. */
function gripOfWire(element: Element, at: Position): Grip | null {
  const { document } = useDocument.getState();
  const edge = document.edges.find(({ id }) => id === element.getAttribute('data-id'));
  const { current } = viewport;
  if (edge === undefined || current === null) return null;
  const away = (end: EdgeEnd, side: Side): number => {
    const port = portAt(document, end, side, currentSizes());
    if (port === null) return Number.POSITIVE_INFINITY;
    const there = current.toWindow(port);
    return Math.hypot(there.x - at.x, there.y - at.y);
  };
  const [source, target] = [away(edge.from, 'output'), away(edge.to, 'input')];
  if (Math.min(source, target) > END) return null;
  return { begin: (loose) => pickUp(edge, source < target ? 'output' : 'input', loose) };
}

/** Which way the view goes while a loose end is held at that place. */
function panAt({ x, y }: Position, { left, top, right, bottom }: DOMRect): Position {
  const along = (at: number, start: number, end: number): number =>
    at < start + BORDER ? PAN : at > end - BORDER ? -PAN : 0;
  return { x: along(x, left, right), y: along(y, top, bottom) };
}

/** Follows the pointer from a press to its end. */
function follow(grip: Grip, start: Position): void {
  let at = start;
  let drawing = false;
  let frame = 0;
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  const move = (): void => {
    const point = viewport.current?.toPoint(at);
    if (point !== undefined) moveWire(point);
  };
  const panOn = (): void => {
    const { current } = viewport;
    if (current === null) return;
    const by = panAt(at, current.frame());
    if (by.x !== 0 || by.y !== 0) {
      current.pan(by);
      move();
    }
    frame = requestAnimationFrame(panOn);
  };
  const end = (): void => {
    stop.abort();
    cancelAnimationFrame(frame);
  };
  window.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      at = { x: clientX, y: clientY };
      if (!drawing) {
        if (Math.hypot(at.x - start.x, at.y - start.y) < SLACK) return;
        drawing = true;
        grip.begin(viewport.current?.toPoint(at) ?? at);
        frame = requestAnimationFrame(panOn);
      }
      move();
    },
    options,
  );
  window.addEventListener(
    'pointerup',
    () => {
      end();
      if (drawing) dropWire(at);
    },
    options,
  );
  window.addEventListener(
    'pointercancel',
    () => {
      end();
      giveUpWire();
    },
    options,
  );
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !drawing) return;
      event.stopPropagation();
      event.preventDefault();
      end();
      giveUpWire();
    },
    options,
  );
}

/** A press of the main button on a port or near the end of a wire; false for any other place. */
export function pressWire(target: Element, at: Position): boolean {
  if (useGesture.getState().wire !== null) giveUpWire();
  const port = target.closest<HTMLElement>('.react-flow__handle');
  const wire = target.closest('.react-flow__edge');
  const grip = port !== null ? gripOfPort(port) : wire !== null ? gripOfWire(wire, at) : null;
  if (grip === null) return false;
  follow(grip, at);
  return port !== null;
}

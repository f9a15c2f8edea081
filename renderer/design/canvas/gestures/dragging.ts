import { clipOf, paste } from '../../../../src/graph/clip.ts';
import type { Edge, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import type { Selection } from '../../../state/stores/uiStore.ts';
import { andContents, boxesOf, withContents } from '../scene/boxes.ts';
import { aroundAll, overlap, type Rect } from '../scene/rect.ts';
import { held, viewport } from '../scene/viewport.ts';
import type { Box } from './arrange.ts';
import { useGesture } from './gesture.ts';
import { insertionOfNodes, insertNodesEdits } from './inserting.ts';
import { snapTo } from './snapping.ts';

type Positions = Readonly<Record<string, Position>>;

/** Distance within which edges and centers of cards snap to each other, in pixels. */
const ATTRACTION = 6;
/** Distance within which a card is inserted into an edge, in pixels. */
const REACH = 14;

/** The visible area, in document coordinates: cards outside it attract nothing. */
function seen(): Rect {
  const { current } = viewport;
  if (current === null) return { x: 0, y: 0, width: 0, height: 0 };
  const { left, top, right, bottom } = current.frame();
  const [first, last] = [current.toPoint({ x: left, y: top }), current.toPoint({ x: right, y: bottom })];
  return { ...first, width: last.x - first.x, height: last.y - first.y };
}

/** Map from originals to copies during a drag with Alt, which moves the copies. */
interface Copying extends Pick<Selection, 'nodes' | 'annotations'> {
  readonly copyOf: ReadonlyMap<string, string>;
}

let copying: Copying | null = null;

/** Listens to Escape while cards are dragged. */
let listening: AbortController | null = null;
let givenUp = false;

/** True after Escape: the pointer still holds the cards, but they stay at their old positions until it is released. */
export const isDragGivenUp = (): boolean => givenUp;

function endGesture(): void {
  listening?.abort();
  listening = null;
  copying = null;
  useGesture.setState({ guides: [], insertion: null });
}

function giveUpOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  givenUp = true;
  useDocument.getState().cancel();
  endGesture();
}

/** Called at every move of a drag. The first move of a drag with Alt copies everything that would move. */
export function beginDrag(positions: Positions): void {
  if (listening === null) {
    listening = new AbortController();
    window.addEventListener('keydown', giveUpOnEscape, { signal: listening.signal, capture: true });
  }
  const { before, document, transient } = useDocument.getState();
  if (before !== null || !held.altPressed) return;
  const clip = clipOf(document, andContents(document, Object.keys(positions), currentSizes()));
  const { edits, renamed, ...copies } = paste(document, clip, { x: 0, y: 0 }, false);
  transient(edits);
  // A built-in block is read-only, so nothing is copied.
  if (useDocument.getState().document !== document) copying = { ...copies, copyOf: renamed };
}

const inMotion = (id: string): string => copying?.copyOf.get(id) ?? id;

/** Final positions of a drag: with the content of dragged frames, and snapped unless Alt is held. */
export function whereDragged(positions: Positions): Positions {
  const { before, document } = useDocument.getState();
  const sizeOf = currentSizes();
  const places = withContents(before ?? document, positions, sizeOf);
  const all = Object.fromEntries(Object.entries(places).map(([id, to]) => [inMotion(id), to]));
  if (held.alt) {
    useGesture.setState({ guides: [] });
    return all;
  }
  const boxes = boxesOf(document, sizeOf);
  const region = seen();
  const moving = boxes.flatMap((box): Box[] => {
    const to = all[box.id];
    return to === undefined ? [] : [{ ...box, ...to }];
  });
  const bounds = aroundAll(moving);
  if (bounds === null) return all;
  const others = boxes.filter((box) => all[box.id] === undefined && overlap(box, region));
  const { dx, dy, guides } = snapTo(bounds, others, ATTRACTION / (viewport.current?.zoom() ?? 1));
  useGesture.setState({ guides });
  return Object.fromEntries(Object.entries(all).map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }]));
}

const draggedNodes = (id: string): readonly string[] => {
  const { nodes } = useUi.getState().selection;
  return (nodes.includes(id) ? nodes : [id]).map(inMotion);
};

const edgeOf = (doc: NetworkDocument, id: string | null): Edge | undefined => doc.edges.find((edge) => edge.id === id);

/** While a card is dragged: shows the edge that it would be inserted into. */
export function dragOver(id: string): void {
  if (givenUp) return;
  const { current } = viewport;
  const { document, check } = useDocument.getState();
  const before = useGesture.getState().insertion;
  const ids = draggedNodes(id);
  const at = held.pointer;
  const edge = current && at && edgeOf(document, current.edgeAt(current.toPoint(at), REACH));
  if (!edge || insertNodesEdits(document, ids, edge, currentSizes()) === null) {
    if (before !== null) useGesture.setState({ insertion: null });
    return;
  }
  if (before?.edge === edge.id) {
    const tail = document.nodes.find((node) => node.id === before.node);
    if (tail !== undefined) useGesture.setState({ insertion: { ...before, position: tail.position } });
    return;
  }
  useGesture.setState({ insertion: insertionOfNodes(document, check, ids, edge) });
}

/** Ends a drag as one undo step, with the previewed insertion; a canceled drag changes nothing. */
export function endDrag(id: string): void {
  if (givenUp) {
    givenUp = false;
    return;
  }
  const { insertion } = useGesture.getState();
  const { document, transient, commit } = useDocument.getState();
  const edge = insertion && edgeOf(document, insertion.edge);
  const edits = edge ? insertNodesEdits(document, draggedNodes(id), edge, currentSizes()) : null;
  if (edits !== null) transient(edits);
  commit();
  if (copying !== null) useUi.getState().select(copying);
  endGesture();
}

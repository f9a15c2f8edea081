import type { Frame, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import type { SizeOf } from '../../../../src/layout/size.ts';
import type { Box } from '../gestures/arrange.ts';
import { encloses, overlap, type Rect } from './rect.ts';

/** Bounding boxes of everything on the canvas: frames, then cards, then notes. */
export const boxesOf = ({ nodes, notes, frames }: NetworkDocument, sizeOf: SizeOf): readonly Box[] => [
  ...frames.map(({ id, position, size }) => ({ id, ...position, ...size })),
  ...nodes.map((node) => ({ id: node.id, ...node.position, ...sizeOf(node) })),
  ...notes.map(({ id, position, size }) => ({ id, ...position, ...size })),
];

/** Ids of all nodes and notes that touch a selection rectangle, and of the frames that lie wholly inside it. */
export function touchedBy(doc: NetworkDocument, rect: Rect, sizeOf: SizeOf): readonly string[] {
  const frames = new Set(doc.frames.map(({ id }) => id));
  return boxesOf(doc, sizeOf)
    .filter((box) => (frames.has(box.id) ? encloses(rect, box) : overlap(rect, box)))
    .map(({ id }) => id);
}

/** Separates ids into nodes and annotations. */
export function selectionOf(
  { notes, frames }: Pick<NetworkDocument, 'notes' | 'frames'>,
  ids: readonly string[],
): { readonly nodes: readonly string[]; readonly annotations: readonly string[] } {
  const aside = new Set([...notes, ...frames].map(({ id }) => id));
  return { nodes: ids.filter((id) => !aside.has(id)), annotations: ids.filter((id) => aside.has(id)) };
}

/** Content of a frame: cards, notes and smaller frames whose middle is inside. */
export function contentOf(doc: NetworkDocument, frame: Frame, sizeOf: SizeOf): readonly string[] {
  const { position, size } = frame;
  const inside = (box: Box): boolean => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return x >= position.x && x <= position.x + size.width && y >= position.y && y <= position.y + size.height;
  };
  const area = size.width * size.height;
  return boxesOf(doc, sizeOf)
    .filter((box) => box.id !== frame.id && inside(box) && box.width * box.height < area)
    .map(({ id }) => id);
}

/** These ids and those of the content of frames among them. */
export function andContents(doc: NetworkDocument, ids: readonly string[], sizeOf: SizeOf): readonly string[] {
  const frames = doc.frames.filter(({ id }) => ids.includes(id));
  return [...new Set([...ids, ...frames.flatMap((frame) => contentOf(doc, frame, sizeOf))])];
}

/** New positions of the moved items and of the content of moved frames. */
export function withContents(
  doc: NetworkDocument,
  positions: Readonly<Record<string, Position>>,
  sizeOf: SizeOf,
): Readonly<Record<string, Position>> {
  const moved = doc.frames.filter(({ id }) => positions[id] !== undefined);
  if (moved.length === 0) return positions;
  const all: Record<string, Position> = { ...positions };
  const boxes = new Map(boxesOf(doc, sizeOf).map((box) => [box.id, box]));
  for (const frame of moved) {
    const to = positions[frame.id] ?? frame.position;
    for (const id of contentOf(doc, frame, sizeOf)) {
      const box = boxes.get(id);
      if (box === undefined || all[id] !== undefined) continue;
      all[id] = { x: box.x + to.x - frame.position.x, y: box.y + to.y - frame.position.y };
    }
  }
  return all;
}

/** Distance between a frame and its content, with space for the title at the top. */
const FRAME_ROOM = { side: 28, top: 60 } as const;

/** Position and size of a frame around boxes. */
export function frameAround(boxes: readonly Box[]): Pick<Frame, 'position' | 'size'> {
  const left = Math.min(...boxes.map(({ x }) => x)) - FRAME_ROOM.side;
  const top = Math.min(...boxes.map(({ y }) => y)) - FRAME_ROOM.top;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + FRAME_ROOM.side;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + FRAME_ROOM.side;
  return { position: { x: left, y: top }, size: { width: right - left, height: bottom - top } };
}

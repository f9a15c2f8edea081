import type { CheckResult } from '../check/checkedGraph.ts';
import type { NetworkDocument, Position, Size } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { type Area, areaAt, CARD, turned, turnedSize } from './card.ts';
import { membersOf } from './frames.ts';
import { sizesIn } from './size.ts';

/** Minimum distance kept between areas that move closer together. */
const CLEAR = 16;

/** All areas by id, with the flow going down. */
type Areas = ReadonlyMap<string, Area>;
type Moving = Map<string, Area>;

const meet = (from: number, to: number, otherFrom: number, otherTo: number): boolean =>
  from < otherTo && otherFrom < to;
const besideX = (a: Area, b: Area): boolean => meet(a.x, a.x + a.width, b.x, b.x + b.width);
const besideY = (a: Area, b: Area): boolean => meet(a.y, a.y + a.height, b.y, b.y + b.height);

const sameArea = (a: Area, b: Area): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** All areas below `id`, directly or indirectly, which must move when it grows downwards. */
function below(areas: Areas, id: string): ReadonlySet<string> {
  const own = areas.get(id) as Area;
  const behind = [...areas]
    .filter(([other, area]) => other !== id && area.y >= own.y + own.height)
    .sort(([, a], [, b]) => a.y - b.y);
  const pushing = [own];
  const found = new Set<string>();
  for (const [other, area] of behind) {
    if (!pushing.some((above) => besideX(above, area))) continue;
    pushing.push(area);
    found.add(other);
  }
  return found;
}

/** Distance by which `moving` may move closer, at most `wanted`, without overlapping other areas. */
function closer(
  areas: Areas,
  moving: ReadonlySet<string>,
  own: string,
  wanted: number,
  room: (moved: Area, still: Area) => number | null,
): number {
  let most = wanted;
  for (const [id, still] of areas) {
    if (id === own || moving.has(id)) continue;
    for (const other of moving) {
      const free = room(areas.get(other) as Area, still);
      if (free !== null && free < most) most = Math.max(0, free - CLEAR);
    }
  }
  return most;
}

function shift(areas: Moving, ids: Iterable<string>, by: Position): void {
  for (const id of ids) {
    const { x, y, width, height } = areas.get(id) as Area;
    areas.set(id, { x: x + by.x, y: y + by.y, width, height });
  }
}

function along(areas: Moving, id: string, height: number): void {
  const own = areas.get(id) as Area;
  const growth = height - own.height;
  const moving = below(areas, id);
  const away =
    growth >= 0
      ? growth
      : -closer(areas, moving, id, -growth, (moved, still) => {
          const free = moved.y - (still.y + still.height);
          return besideX(moved, still) && free >= 0 ? free : null;
        });
  shift(areas, moving, { x: 0, y: away });
  areas.set(id, { ...own, height });
}

/**
 * The areas that move sideways. `column`: those beside the block, and other columns as far as its column becomes wider;
 * `cut`: all areas further out.
 */
type Way = 'column' | 'cut';

/** The areas above and below `id`, directly or indirectly. */
function columnOf(areas: Areas, id: string): ReadonlySet<string> {
  const sorted = [...areas].sort(([, a], [, b]) => a.x - b.x);
  let group = new Set<string>();
  let end = Number.NEGATIVE_INFINITY;
  for (const [other, { x, width }] of sorted) {
    if (x >= end) {
      if (group.has(id)) break;
      group = new Set();
    }
    group.add(other);
    end = Math.max(end, x + width);
  }
  return group;
}

/** Moves the areas on one side of a line outwards, or inwards as far as there is space. */
function sideways(areas: Moving, own: string, moving: ReadonlySet<string>, side: 1 | -1, by: number): void {
  const away =
    by >= 0
      ? by
      : -closer(areas, moving, own, -by, (moved, still) => {
          const free = side > 0 ? moved.x - (still.x + still.width) : still.x - (moved.x + moved.width);
          return besideY(moved, still) && free >= 0 ? free : null;
        });
  shift(areas, moving, { x: side * away, y: 0 });
}

const outside = (areas: Areas, ids: Iterable<string>, side: 1 | -1, line: number): ReadonlySet<string> =>
  new Set(
    [...ids].filter((id) => {
      const { x, width } = areas.get(id) as Area;
      return side > 0 ? x >= line : x + width <= line;
    }),
  );

/** Changes the width evenly on both sides, so that the cards before and after stay aligned. */
function across(areas: Moving, id: string, width: number, way: Way): void {
  const own = areas.get(id) as Area;
  const half = (width - own.width) / 2;
  const group = way === 'cut' ? new Set(areas.keys()) : columnOf(areas, id);
  const edge = (side: 1 | -1): number =>
    side > 0
      ? Math.max(...[...group].map((other) => (areas.get(other) as Area).x + (areas.get(other) as Area).width))
      : Math.min(...[...group].map((other) => (areas.get(other) as Area).x));
  const sides = ([1, -1] as const).map((side) => ({
    side,
    before: edge(side),
    beside: outside(areas, group, side, side > 0 ? own.x + own.width : own.x),
    others: outside(areas, areas.keys(), side, edge(side)),
  }));
  for (const { side, beside } of sides) sideways(areas, id, beside, side, half);
  areas.set(id, { ...own, x: own.x - half, width });
  if (way === 'cut') return;
  for (const { side, before, others } of sides) sideways(areas, id, others, side, side * (edge(side) - before));
}

/** Changes the size of one area. */
function resized(before: Areas, id: string, { width, height }: Size, way: Way): Areas {
  const areas: Moving = new Map(before);
  const shrinks = height < (areas.get(id)?.height ?? 0);
  if (shrinks) along(areas, id, height);
  across(areas, id, width, way);
  if (!shrinks) along(areas, id, height);
  return areas;
}

const sameAreas = (a: Areas, b: Areas): boolean => [...a].every(([id, area]) => sameArea(area, b.get(id) as Area));

/** Grows an area. Columns stay aligned if the change can be reversed exactly. */
function grown(areas: Areas, id: string, size: Size): Areas {
  const after = resized(areas, id, size, 'column');
  const back = resized(after, id, areas.get(id) as Area, 'column');
  return sameAreas(areas, back) ? after : resized(areas, id, size, 'cut');
}

/** Reverses growing exactly; if areas have moved in the meantime, as far as there is space. */
function shrunk(areas: Areas, id: string, size: Size): Areas {
  for (const way of ['column', 'cut'] as const) {
    const after = resized(areas, id, size, way);
    if (sameAreas(areas, grown(after, id, areas.get(id) as Area))) return after;
  }
  return resized(areas, id, size, 'column');
}

/** The frame around blocks that change their size, resized by the same amounts. */
function grownAround(frame: Area, blocks: readonly (readonly [before: Size, after: Size])[]): Area {
  let { x, width, height } = frame;
  for (const [before, after] of blocks) {
    x -= (after.width - before.width) / 2;
    width += after.width - before.width;
    height += after.height - before.height;
  }
  return { x, y: frame.y, width, height };
}

/** The frame after its members have moved: moved with them, or enlarged to enclose them if they moved apart. */
function followed(frame: Area, members: Iterable<string>, before: Areas, after: Areas): Area {
  const inside = [...members].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)];
    return old === undefined || now === undefined ? [] : [{ dx: now.x - old.x, dy: now.y - old.y }];
  });
  const least = (key: 'dx' | 'dy') => Math.min(...inside.map((shift) => shift[key]));
  const most = (key: 'dx' | 'dy') => Math.max(...inside.map((shift) => shift[key]));
  const [x, y] = [frame.x + least('dx'), frame.y + least('dy')];
  return {
    x,
    y,
    width: frame.width + most('dx') - least('dx'),
    height: frame.height + most('dy') - least('dy'),
  };
}

/** The moves of all other areas that make room for nodes with new sizes. */
function roomFor(
  doc: NetworkDocument,
  before: (id: string) => Size | undefined,
  sizes: ReadonlyMap<string, Size>,
): readonly Edit[] {
  const { direction, nodes, notes, frames } = doc;
  const turn = (area: Area): Area => ({ ...turned(direction, area), ...turnedSize(direction, area) });
  const members = new Map(frames.map((frame) => [frame.id, membersOf(doc, frame, ({ id }) => before(id) ?? CARD)]));
  const empty = frames.filter(({ id }) => members.get(id)?.size === 0);
  const old = new Map<string, Area>([
    ...nodes.map(({ id, position }) => [id, areaAt(position, before(id) ?? CARD)] as const),
    ...[...notes, ...empty].map(({ id, position, size }) => [id, areaAt(position, size)] as const),
  ]);
  const turnedOld: Areas = new Map([...old].map(([id, area]) => [id, turn(area)]));
  let areas = turnedOld;
  for (const [id, size] of sizes) {
    const wanted = turnedSize(direction, size);
    areas = (wanted.height < (areas.get(id)?.height ?? 0) ? shrunk : grown)(areas, id, wanted);
  }
  const after: Areas = new Map([...areas].map(([id, area]) => [id, turn(area)]));
  const moved = [...after].filter(([id, { x, y }]) => x !== old.get(id)?.x || y !== old.get(id)?.y);
  const positions = Object.fromEntries(moved.map(([id, { x, y }]) => [id, { x, y }]));
  const around = frames.flatMap((frame): Edit[] => {
    const inside = members.get(frame.id) ?? new Set();
    if (inside.size === 0) return [];
    const area = turn(areaAt(frame.position, frame.size));
    const blocks = [...sizes].flatMap(([id, size]) =>
      inside.has(id) ? [[before(id) ?? CARD, size].map((of) => turnedSize(direction, of)) as [Size, Size]] : [],
    );
    const next = blocks.length > 0 ? grownAround(area, blocks) : followed(area, inside, turnedOld, areas);
    if (sameArea(area, next)) return [];
    const { x, y, ...size } = turn(next);
    return [{ kind: 'setFrame', frame: { ...frame, position: { x, y }, size } }];
  });
  return [...(moved.length === 0 ? [] : [{ kind: 'move', positions } as const]), ...around];
}

/**
 * Expands or collapses blocks. Other areas make room or move back; a block grows to both sides, so that the cards above
 * and below stay aligned. A block with unknown content does not change.
 */
export function planOpen(
  doc: NetworkDocument,
  check: CheckResult,
  ids: readonly string[],
  open: boolean,
): readonly Edit[] {
  const sizeOf = sizesIn(doc, check);
  const chosen = new Set(ids);
  const nodes = doc.nodes.filter((node) => {
    if (!chosen.has(node.id) || (node.open ?? false) === open) return false;
    return !open || (check.nodes.get(node.id)?.inside ?? []).length > 0;
  });
  if (nodes.length === 0) return [];
  const before = new Map(doc.nodes.map((node) => [node.id, sizeOf(node)]));
  // Blocks are collapsed in reverse order.
  const order = open ? nodes : nodes.toReversed();
  const sizes = new Map(order.map((node) => [node.id, sizeOf({ ...node, open })]));
  return [
    ...nodes.map(({ id }): Edit => ({ kind: 'setOpen', node: id, open })),
    ...roomFor(doc, (id) => before.get(id), sizes),
  ];
}

interface CheckedDocument {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
}

/** The moves needed after an edit that changed the size of expanded blocks. */
export function roomAfter(before: CheckedDocument, after: CheckedDocument): readonly Edit[] {
  if (before.document.direction !== after.document.direction) return [];
  const opened = before.document.nodes.filter(({ open }) => open);
  if (opened.length === 0) return [];
  const sizeBefore = sizesIn(before.document, before.check);
  const old = new Map(opened.map((node) => [node.id, sizeBefore(node)]));
  const sizeOf = sizesIn(after.document, after.check);
  const sizes = new Map<string, Size>();
  const standing = new Map<string, Size>();
  for (const node of after.document.nodes) {
    const [was, is] = [node.open ? old.get(node.id) : undefined, sizeOf(node)];
    const changed = was !== undefined && (was.width !== is.width || was.height !== is.height);
    standing.set(node.id, changed ? was : is);
    if (changed) sizes.set(node.id, is);
  }
  return sizes.size === 0 ? [] : roomFor(after.document, (id) => standing.get(id), sizes);
}

import { blockOf } from './blockEdits.ts';
import { blockIdOf, type DocumentNode, type NetworkDocument } from './document.ts';
import { applyEdit, type Edit } from './edits.ts';
import { drawingOf, isPort } from './insideDrawing.ts';

/**
 * What a part of the network was called and is called now: `conv1`, `block1/conv1`. Parameters are named after where
 * their layers are (`block1/conv1/weight`), so they go along.
 */
export interface WeightMove {
  readonly from: string;
  readonly to: string;
}

/** Moves at one time: none of them sees what another has done. */
export type WeightMoves = readonly WeightMove[];

/** What a step of the history does to the names of parameters: moves one after the other. */
export function movesOfStep(before: NetworkDocument, edits: readonly Edit[]): readonly WeightMoves[] {
  const moves: WeightMoves[] = [];
  // Most steps change no name, and need no documents in between.
  if (!edits.some(({ kind }) => renaming.has(kind))) return moves;
  let doc = before;
  for (const edit of edits) {
    const after = applyEdit(doc, edit);
    if (after !== doc) moves.push(...movesOfEdit(doc, edit));
    doc = after;
  }
  return moves.filter(({ length }) => length > 0);
}

/** The moves that take those back. */
export const reversed = (moves: readonly WeightMoves[]): readonly WeightMoves[] =>
  moves.map((each) => each.map(({ from, to }) => ({ from: to, to: from }))).reverse();

const renaming: ReadonlySet<Edit['kind']> = new Set<Edit['kind']>([
  'renameNode',
  'makeBlock',
  'dissolveBlock',
  'setRepeat',
  'setBlock',
  'editBlock',
]);

const nodeIn = ({ nodes }: Pick<NetworkDocument, 'nodes'>, id: string): DocumentNode | undefined =>
  nodes.find((node) => node.id === id);

/** Each is a list, since edits inside a block come one after the other. */
function movesOfEdit(doc: NetworkDocument, edit: Edit): readonly WeightMoves[] {
  switch (edit.kind) {
    case 'renameNode': {
      const node = isPort(edit.node) ? undefined : nodeIn(doc, edit.node);
      return node === undefined || node.name === edit.name ? [] : [[{ from: node.name, to: edit.name }]];
    }
    case 'makeBlock':
      return [edit.block.nodes.map(({ name }) => ({ from: name, to: `${edit.node.name}/${name}` }))];
    case 'dissolveBlock': {
      const block = nodeIn(doc, edit.node)?.name;
      return [
        edit.body.nodes.flatMap(({ id, name }) => {
          const path = edit.paths[id];
          return path === undefined ? [] : [{ from: `${block}/${path}`, to: name }];
        }),
      ];
    }
    case 'setRepeat': {
      const node = nodeIn(doc, edit.node);
      if (node === undefined) return [];
      const [from, to] = [placeOf(node), placeOf({ ...node, repeat: edit.repeat })];
      return from === to ? [] : [[{ from, to }]];
    }
    case 'setBlock': {
      const before = blockOf(doc, edit.block.id);
      const renamed = before?.nodes.flatMap(({ id, name }) => {
        const now = nodeIn(edit.block, id)?.name;
        return now === undefined || now === name ? [] : [{ from: name, to: now }];
      });
      return within(doc, edit.block.id, renamed === undefined ? [] : [renamed]);
    }
    case 'editBlock': {
      const block = blockOf(doc, edit.block);
      if (block === undefined) return [];
      const inside = { ...doc, ...drawingOf(block, doc.direction) };
      return within(doc, edit.block, movesOfStep(inside, edit.edits));
    }
    default:
      return [];
  }
}

/** Moves inside a block, as seen from outside: in every place where the block is. */
function within(doc: NetworkDocument, block: string, moves: readonly WeightMoves[]): readonly WeightMoves[] {
  if (moves.length === 0) return [];
  const places = placesOf(doc, block);
  return moves.map((each) =>
    places.flatMap((place) => each.map(({ from, to }) => ({ from: `${place}/${from}`, to: `${place}/${to}` }))),
  );
}

/** Where the first copy of a block is. */
const placeOf = ({ name, repeat = 1 }: DocumentNode): string => (repeat > 1 ? `${name}/1` : name);

/** The paths of all copies of a block of the document. */
function placesOf({ nodes, blocks }: NetworkDocument, wanted: string): readonly string[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const visit = (inside: readonly DocumentNode[], above: string, open: ReadonlySet<string>): string[] =>
    inside.flatMap((node) => {
      const id = blockIdOf(node.layer);
      const block = byId.get(id ?? '');
      // A block that contains itself is nowhere.
      if (id === null || block === undefined || open.has(id)) return [];
      const { repeat = 1 } = node;
      const copies = repeat === 1 ? [''] : Array.from({ length: repeat }, (_, i) => `/${i + 1}`);
      return copies.flatMap((copy) => {
        const place = `${above}${node.name}${copy}`;
        return id === wanted ? [place] : visit(block.nodes, `${place}/`, new Set([...open, id]));
      });
    });
  return visit(nodes, '', new Set());
}

/** The longest of the paths that the name lies under. */
function ownerOf(name: string, moves: WeightMoves, end: 'from' | 'to'): WeightMove | undefined {
  let owner: WeightMove | undefined;
  for (const move of moves) {
    if (name.startsWith(`${move[end]}/`) && move[end].length >= (owner?.[end].length ?? 0)) owner = move;
  }
  return owner;
}

/** Copies of a block that were trained when it was repeated before keep their names. */
const isCopy = (rest: string): boolean => /^\/\d+\//.test(rest);

/**
 * A parameter's name after those moves. What had the new name before, of a layer that is gone, takes the old one: so the
 * way back brings everything back.
 */
export function movedName(name: string, moves: WeightMoves): string {
  const move = ownerOf(name, moves, 'from');
  if (move !== undefined) {
    const rest = name.slice(move.from.length);
    return move.to === `${move.from}/1` && isCopy(rest) ? name : `${move.to}${rest}`;
  }
  const taken = ownerOf(name, moves, 'to');
  if (taken === undefined || taken.from.startsWith(`${taken.to}/`)) return name;
  return `${taken.from}${name.slice(taken.to.length)}`;
}

/** Whatever is kept by the names of parameters, under its names after those moves. */
export function withMovedNames<T>(held: ReadonlyMap<string, T>, moves: readonly WeightMoves[]): ReadonlyMap<string, T> {
  if (moves.length === 0) return held;
  return new Map([...held].map(([name, value]) => [moves.reduce(movedName, name), value]));
}

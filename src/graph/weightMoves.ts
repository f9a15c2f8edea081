import { blockOf } from './blockEdits.ts';
import { blockIdOf, type DocumentNode, type NetworkDocument } from './document.ts';
import type { Edit } from './edits.ts';
import { drawingOf, isPort } from './insideDrawing.ts';

/**
 * Old and new path of a part of the network: `conv1`, `block1/conv1`. Parameters are named after the path of their layer
 * (`block1/conv1/weight`), so they are renamed with it.
 */
export interface WeightMove {
  readonly from: string;
  readonly to: string;
  /** Weights set aside for others: `all` of them, or a `copy`, so that the layer keeps its weights until others come. */
  readonly aside?: 'all' | 'copy';
}

/** Simultaneous moves, independent of each other. */
export type WeightMoves = readonly WeightMove[];

type ApplyEdit = (doc: NetworkDocument, edit: Edit) => NetworkDocument;

/** Context of a step that its moves depend on. */
export interface StepContext {
  /** Number of the step; no two steps of a session have the same. */
  readonly serial: number;
  /** Names that layers lost in earlier steps: a new layer of such a name must not overwrite their weights. */
  readonly removed: ReadonlySet<string>;
}

const FIRST: StepContext = { serial: 0, removed: new Set() };

/**
 * The path under which the weights of a layer are set aside. No layer has an empty name, so the path is that of no layer.
 * `count`: how often the step set weights of the layer aside.
 */
const asidePath = (name: string, { serial }: StepContext, count: number): string => `/${serial}.${count}/${name}`;

/** True for a parameter of weights that are set aside. */
export const isSetAside = (name: string): boolean => name.startsWith('/') || name.includes('//');

/** Moves of parameter names by a step of the history, in sequence. */
export function movesOfStep(
  before: NetworkDocument,
  edits: readonly Edit[],
  applyEdit: ApplyEdit,
  context = FIRST,
): readonly WeightMoves[] {
  const moves: WeightMoves[] = [];
  // Most steps change no name and need no intermediate documents.
  if (!edits.some(({ kind }) => renaming.has(kind) || (context.removed.size > 0 && naming.has(kind)))) return moves;
  let doc = before;
  for (const edit of edits) {
    const after = applyEdit(doc, edit);
    if (after !== doc) moves.push(...movesOfEdit(doc, edit, applyEdit, context));
    doc = after;
  }
  return moves.filter(({ length }) => length > 0);
}

/** The inverse moves. */
export const reversed = (moves: readonly WeightMoves[]): readonly WeightMoves[] =>
  moves.map((each) => each.map(({ from, to }) => ({ from: to, to: from }))).reverse();

/** The moves when they are done again after their undo: weights change places with those set aside. */
export const repeated = (moves: readonly WeightMoves[]): readonly WeightMoves[] =>
  moves.map((each) => each.map(({ from, to }) => ({ from, to })));

/** Edits after which a layer has a name that a removed one may have had. */
const naming: ReadonlySet<Edit['kind']> = new Set<Edit['kind']>(['addNode', 'insertNode']);

const renaming: ReadonlySet<Edit['kind']> = new Set<Edit['kind']>([
  'renameNode',
  'renewWeights',
  'replaceWeights',
  'replaceNode',
  'makeBlock',
  'dissolveBlock',
  'groupNodes',
  'setRepeat',
  'setBlock',
  'editBlock',
]);

const nodeIn = ({ nodes }: Pick<NetworkDocument, 'nodes'>, id: string): DocumentNode | undefined =>
  nodes.find((node) => node.id === id);

/** Moves of one edit; several in sequence for edits inside a block. */
function movesOfEdit(
  doc: NetworkDocument,
  edit: Edit,
  applyEdit: ApplyEdit,
  context: StepContext,
): readonly WeightMoves[] {
  const setAside = ({ name, renewed = 0 }: DocumentNode, aside: 'all' | 'copy'): readonly WeightMoves[] => [
    [{ from: name, to: asidePath(name, context, renewed + 1), aside }],
  ];
  switch (edit.kind) {
    case 'addNode':
    case 'insertNode':
      return context.removed.has(edit.node.name) ? setAside(edit.node, 'copy') : [];
    case 'replaceNode': {
      // Parameters of both layers may have the same names and shapes.
      const node = nodeIn(doc, edit.node.id);
      const renamed =
        node === undefined || node.name === edit.node.name ? [] : [[{ from: node.name, to: edit.node.name }]];
      return node === undefined ? [] : [...setAside(node, 'copy'), ...renamed];
    }
    case 'renameNode': {
      const node = isPort(edit.node) ? undefined : nodeIn(doc, edit.node);
      return node === undefined || node.name === edit.name ? [] : [[{ from: node.name, to: edit.name }]];
    }
    case 'renewWeights': {
      const node = nodeIn(doc, edit.node);
      return node === undefined ? [] : setAside(node, 'all');
    }
    case 'replaceWeights': {
      const node = nodeIn(doc, edit.node);
      return node === undefined ? [] : setAside(node, 'copy');
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
    case 'groupNodes':
      return [
        doc.nodes.flatMap(({ id, name }) => {
          const path = edit.paths[id];
          return path === undefined ? [] : [{ from: name, to: `${edit.node.name}/${path}` }];
        }),
      ];
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
      return within(doc, edit.block, movesOfStep(inside, edit.edits, applyEdit, context));
    }
    default:
      return [];
  }
}

/** Moves inside a block, for all its instances. */
function within(doc: NetworkDocument, block: string, moves: readonly WeightMoves[]): readonly WeightMoves[] {
  if (moves.length === 0) return [];
  const places = placesOf(doc, block);
  return moves.map((each) =>
    places.flatMap((place) =>
      each.map((move) => ({ ...move, from: `${place}/${move.from}`, to: `${place}/${move.to}` })),
    ),
  );
}

/** Path of the first copy of a block. */
const placeOf = ({ name, repeat = 1 }: DocumentNode): string => (repeat > 1 ? `${name}/1` : name);

/** The paths of all copies of a block of the document. */
function placesOf({ nodes, blocks }: NetworkDocument, wanted: string): readonly string[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const visit = (inside: readonly DocumentNode[], above: string, open: ReadonlySet<string>): string[] =>
    inside.flatMap((node) => {
      const id = blockIdOf(node.layer);
      const block = byId.get(id ?? '');
      // A block that contains itself has no finite paths.
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

/** The move with the longest path that contains the name. */
function ownerOf(name: string, moves: WeightMoves, end: 'from' | 'to'): WeightMove | undefined {
  let owner: WeightMove | undefined;
  for (const move of moves) {
    if (name.startsWith(`${move[end]}/`) && move[end].length >= (owner?.[end].length ?? 0)) owner = move;
  }
  return owner;
}

/** True for copies of a block trained while it was repeated; they keep their names. */
const isCopy = (rest: string): boolean => /^\/\d+\//.test(rest);

/**
 * Name of a parameter after these moves. A former parameter with the new name, of a deleted layer, takes the old name, so
 * that undo restores everything.
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

/** A map by parameter names, with the names after these moves. Weights that are set aside as a copy are not kept twice. */
export function withMovedNames<T>(held: ReadonlyMap<string, T>, moves: readonly WeightMoves[]): ReadonlyMap<string, T> {
  if (moves.length === 0) return held;
  return new Map([...held].map(([name, value]) => [moves.reduce(movedName, name), value]));
}

/**
 * The weights of a network after these moves: those set aside as a copy stay under their name, too, and those that a step
 * which cannot be redone had set aside under the same path are dropped.
 */
export function withSetAside<T>(held: ReadonlyMap<string, T>, moves: readonly WeightMoves[]): ReadonlyMap<string, T> {
  let weights = held;
  for (const each of moves) {
    const aside = each.filter((move) => move.aside !== undefined);
    const kept = [...weights].filter(([name]) => ownerOf(name, aside, 'to') === undefined);
    const copied = kept.filter(([name]) => ownerOf(name, aside, 'from')?.aside === 'copy');
    weights = new Map([...withMovedNames(new Map(kept), [each]), ...copied]);
  }
  return weights;
}

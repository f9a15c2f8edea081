import { type BlockEdit, editBlock, isBlockEdit } from './blockEdits.ts';
import {
  type ConfigValue,
  type DataConfig,
  type Direction,
  type DocumentNode,
  type EdgeEnd,
  type Frame,
  type NetworkDocument,
  type Note,
  type OperatorDefinition,
  type Position,
  placed,
  type Recipe,
} from './document.ts';
import { makeEdge, uniqueEdges } from './edges.ts';
import { changeNode, withItem } from './inPlace.ts';
import { movedName, movesOfStep } from './weightMoves.ts';

/**
 * Changes of a document as plain data, so that fixes, commands and gestures are alike and can cross process boundaries.
 * `applyEdit` is the only function that changes documents.
 */
export type Edit =
  | BlockEdit
  | { readonly kind: 'addNode'; readonly node: DocumentNode }
  /** Inserts `node` on the edge `edge`: source → node → target, at the given ports of the node. */
  | {
      readonly kind: 'insertNode';
      readonly node: DocumentNode;
      readonly edge: string;
      readonly input: string;
      readonly output: string;
    }
  /** With `heal`, the source of a removed node with one input and one output is connected to its targets. */
  | { readonly kind: 'removeNodes'; readonly nodes: readonly string[]; readonly heal: boolean }
  /**
   * Replaces a layer with another one and keeps its id and edges. `ports` maps old to new ports; edges at ports without an
   * entry are removed.
   */
  | {
      readonly kind: 'replaceNode';
      readonly node: DocumentNode;
      readonly ports: { readonly inputs: PortNames; readonly outputs: PortNames };
    }
  /** Moves nodes, notes and frames by id; `byHand` pins the nodes, so that automatic layout does not move them. */
  | { readonly kind: 'move'; readonly positions: Readonly<Record<string, Position>>; readonly byHand?: boolean }
  | { readonly kind: 'setPinned'; readonly nodes: readonly string[]; readonly pinned: boolean }
  | { readonly kind: 'renameNode'; readonly node: string; readonly name: string }
  | { readonly kind: 'setConfig'; readonly node: string; readonly key: string; readonly value: ConfigValue }
  | { readonly kind: 'setFrozen'; readonly node: string; readonly frozen: boolean }
  /** Sets the weights of a layer aside, so that the next run starts it from random ones (weightMoves.ts). */
  | { readonly kind: 'renewWeights'; readonly node: string }
  /** Sets a copy of the weights of a layer or block aside; the engine then holds others for some of its tensors. */
  | { readonly kind: 'replaceWeights'; readonly node: string }
  /** Connects two ports. An input accepts one edge, so this replaces the previous one, except with `keepOthers`. */
  | { readonly kind: 'connect'; readonly from: EdgeEnd; readonly to: EdgeEnd; readonly keepOthers?: boolean }
  | { readonly kind: 'disconnect'; readonly edges: readonly string[] }
  | { readonly kind: 'setRecipe'; readonly recipe: Recipe }
  | { readonly kind: 'setData'; readonly data: DataConfig }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'setDirection'; readonly direction: Direction }
  /** Adds an ONNX operator, which nodes may use then; no effect if there is one with its id. */
  | { readonly kind: 'addOperator'; readonly operator: OperatorDefinition }
  /** Adds the note, or replaces the one with its id. */
  | { readonly kind: 'setNote'; readonly note: Note }
  | { readonly kind: 'setFrame'; readonly frame: Frame }
  /** Removes notes and frames; the contents of a frame stay. */
  | { readonly kind: 'removeAnnotations'; readonly ids: readonly string[] };

/** New port names by old names. */
export type PortNames = Readonly<Record<string, string>>;

function removeNodes(doc: NetworkDocument, ids: readonly string[], heal: boolean): NetworkDocument {
  const gone = new Set(ids);
  const nodes = doc.nodes.filter((node) => !gone.has(node.id));
  if (nodes.length === doc.nodes.length) return doc;
  let edges = doc.edges;
  for (const id of gone) {
    const into = edges.filter((edge) => edge.to.node === id);
    const outOf = edges.filter((edge) => edge.from.node === id);
    edges = edges.filter((edge) => edge.from.node !== id && edge.to.node !== id);
    const source = into.length === 1 ? into[0]?.from : undefined;
    if (heal && source !== undefined && source.node !== id && new Set(outOf.map((edge) => edge.from.port)).size === 1) {
      edges = [...edges, ...outOf.map((edge) => makeEdge(source, edge.to))];
    }
  }
  return { ...doc, nodes, edges: uniqueEdges(edges) };
}

function replaceNode(doc: NetworkDocument, { node, ports }: Edit & { kind: 'replaceNode' }): NetworkDocument {
  const replaced = changeNode(doc, node.id, () => node);
  if (replaced === doc) return doc;
  const renamed = (end: EdgeEnd, names: PortNames): EdgeEnd | null => {
    if (end.node !== node.id) return end;
    const port = names[end.port];
    return port === undefined ? null : { node: node.id, port };
  };
  const edges = doc.edges.flatMap((edge) => {
    const from = renamed(edge.from, ports.outputs);
    const to = renamed(edge.to, ports.inputs);
    if (from === null || to === null) return [];
    return from === edge.from && to === edge.to ? [edge] : [makeEdge(from, to)];
  });
  return { ...replaced, edges: uniqueEdges(edges) };
}

const samePosition = (a: Position, b: Position): boolean => a.x === b.x && a.y === b.y;

/** The list with the items of `positions` moved; the same list if none moves. */
function moved<T extends { readonly id: string; readonly position: Position }>(
  items: readonly T[],
  positions: Readonly<Record<string, Position>>,
): readonly T[] {
  let some = false;
  const after = items.map((item) => {
    const position = Object.hasOwn(positions, item.id) ? placed(positions[item.id] as Position) : item.position;
    if (samePosition(position, item.position)) return item;
    some = true;
    return { ...item, position };
  });
  return some ? after : items;
}

function move(doc: NetworkDocument, { positions, byHand }: Edit & { kind: 'move' }): NetworkDocument {
  const nodes = moved(doc.nodes, positions);
  const notes = moved(doc.notes, positions);
  const frames = moved(doc.frames, positions);
  if (nodes === doc.nodes && notes === doc.notes && frames === doc.frames) return doc;
  const after = { ...doc, nodes, notes, frames };
  return byHand ? setPinned(after, Object.keys(positions), true) : after;
}

function setPinned(doc: NetworkDocument, ids: readonly string[], pinned: boolean): NetworkDocument {
  const named = new Set(ids);
  const changes = (node: DocumentNode) => named.has(node.id) && (node.pinned ?? false) !== pinned;
  if (!doc.nodes.some(changes)) return doc;
  return { ...doc, nodes: doc.nodes.map((node) => (changes(node) ? { ...node, pinned } : node)) };
}

/**
 * The document after one edit. An edit of something that does not exist, or without effect, returns the same object. No
 * edit leaves an edge without its nodes. Parameter groups follow the names of their layers.
 */
export function applyEdit(doc: NetworkDocument, edit: Edit): NetworkDocument {
  const after = changed(doc, edit);
  const { groups } = after.recipe;
  if (after === doc || groups === undefined) return after;
  const moves = movesOfStep(doc, [edit], changed).filter((each) => each.every(({ aside }) => aside === undefined));
  if (moves.length === 0) return after;
  const renamed = groups.map((group) => ({ ...group, match: moves.reduce(movedName, group.match) }));
  return { ...after, recipe: { ...after.recipe, groups: renamed } };
}

function changed(doc: NetworkDocument, edit: Edit): NetworkDocument {
  if (isBlockEdit(edit)) return editBlock(doc, edit, applyEdits);
  switch (edit.kind) {
    case 'addNode':
      return doc.nodes.some((node) => node.id === edit.node.id) ? doc : { ...doc, nodes: [...doc.nodes, edit.node] };
    case 'insertNode': {
      const edge = doc.edges.find((candidate) => candidate.id === edit.edge);
      if (edge === undefined || doc.nodes.some((node) => node.id === edit.node.id)) return doc;
      const { id } = edit.node;
      return {
        ...doc,
        nodes: [...doc.nodes, edit.node],
        edges: doc.edges.flatMap((candidate) =>
          candidate === edge
            ? [makeEdge(edge.from, { node: id, port: edit.input }), makeEdge({ node: id, port: edit.output }, edge.to)]
            : [candidate],
        ),
      };
    }
    case 'removeNodes':
      return removeNodes(doc, edit.nodes, edit.heal);
    case 'replaceNode':
      return replaceNode(doc, edit);
    case 'move':
      return move(doc, edit);
    case 'setPinned':
      return setPinned(doc, edit.nodes, edit.pinned);
    case 'renameNode':
      return changeNode(doc, edit.node, (node) => (node.name === edit.name ? node : { ...node, name: edit.name }));
    case 'setConfig':
      return changeNode(doc, edit.node, (node) =>
        sameValue(node.config[edit.key], edit.value)
          ? node
          : { ...node, config: { ...node.config, [edit.key]: edit.value } },
      );
    case 'setFrozen':
      return changeNode(doc, edit.node, (node) =>
        (node.frozen ?? false) === edit.frozen ? node : { ...node, frozen: edit.frozen },
      );
    case 'renewWeights':
    case 'replaceWeights':
      return changeNode(doc, edit.node, (node) => ({ ...node, renewed: (node.renewed ?? 0) + 1 }));
    case 'connect': {
      const known = (id: string) => doc.nodes.some((node) => node.id === id);
      const edge = makeEdge(edit.from, edit.to);
      if (!known(edit.from.node) || !known(edit.to.node) || doc.edges.some(({ id }) => id === edge.id)) return doc;
      const others = edit.keepOthers
        ? doc.edges
        : doc.edges.filter(({ to }) => to.node !== edit.to.node || to.port !== edit.to.port);
      return { ...doc, edges: [...others, edge] };
    }
    case 'disconnect': {
      const gone = new Set(edit.edges);
      const edges = doc.edges.filter((edge) => !gone.has(edge.id));
      return edges.length === doc.edges.length ? doc : { ...doc, edges };
    }
    case 'setRecipe':
      return { ...doc, recipe: edit.recipe };
    case 'setData':
      return { ...doc, data: edit.data };
    case 'rename':
      return doc.name === edit.name ? doc : { ...doc, name: edit.name };
    case 'setDirection':
      return doc.direction === edit.direction ? doc : { ...doc, direction: edit.direction };
    case 'addOperator': {
      const { operators = [] } = doc;
      const known = operators.some(({ id }) => id === edit.operator.id);
      return known ? doc : { ...doc, operators: [...operators, edit.operator] };
    }
    case 'setNote':
      return { ...doc, notes: withItem(doc.notes, edit.note) };
    case 'setFrame':
      return { ...doc, frames: withItem(doc.frames, edit.frame) };
    case 'removeAnnotations': {
      const kept = ({ id }: { readonly id: string }) => !edit.ids.includes(id);
      const [notes, frames] = [doc.notes.filter(kept), doc.frames.filter(kept)];
      const same = notes.length === doc.notes.length && frames.length === doc.frames.length;
      return same ? doc : { ...doc, notes, frames };
    }
    default:
      return edit satisfies never;
  }
}

export const applyEdits = (doc: NetworkDocument, edits: readonly Edit[]): NetworkDocument =>
  edits.reduce(applyEdit, doc);

function sameValue(a: ConfigValue | undefined, b: ConfigValue): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => sameValue(value, b[i]));
  return a === b;
}

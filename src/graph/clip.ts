import { type Text, UserError } from '../text.ts';
import { blocksOf, bringBlocks, operatorsField, operatorsOf } from './blockCopies.ts';
import { DOCUMENT_VERSION, type Edge, emptyDocument, type NetworkDocument, type Position, placed } from './document.ts';
import type { Edit } from './edits.ts';
import { readDocument } from './file.ts';
import { freshName, takenIds } from './freshName.ts';
import { isPort } from './insideDrawing.ts';
import { parseJson } from './json.ts';

/** Name of the format in the text of a clip. */
const FORMAT = 'netloom-clip';

/**
 * A copied part of a drawing: nodes, notes and frames, the edges between the nodes and from outside, and the blocks and
 * ONNX operators of the document that they use. Positions are kept, so that it can be pasted next to the original.
 */
export type Clip = Pick<NetworkDocument, 'nodes' | 'edges' | 'notes' | 'frames' | 'blocks' | 'operators'>;

/** The part of the document with those ids, without ports, which belong to the surrounding block. */
export function clipOf(doc: NetworkDocument, ids: Iterable<string>): Clip {
  const chosen = new Set([...ids].filter((id) => !isPort(id)));
  const has = ({ id }: { readonly id: string }): boolean => chosen.has(id);
  const nodes = doc.nodes.filter(has);
  const blocks = blocksOf(
    doc.blocks,
    nodes.map(({ layer }) => layer),
  );
  return {
    nodes,
    edges: doc.edges.filter(({ to }) => chosen.has(to.node)),
    notes: doc.notes.filter(has),
    frames: doc.frames.filter(has),
    blocks,
    ...operatorsField(operatorsOf(doc.operators, nodes, blocks)),
  };
}

export const isEmptyClip = ({ nodes, notes, frames }: Clip): boolean =>
  nodes.length + notes.length + frames.length === 0;

/** A clip as text for the system clipboard. */
export const writeClip = ({ nodes, edges, notes, frames, blocks, operators = [] }: Clip): string => {
  const parts = { nodes, edges, notes, frames, blocks, ...operatorsField(operators) };
  return `${JSON.stringify({ format: FORMAT, version: DOCUMENT_VERSION, ...parts }, null, 2)}\n`;
};

const fail = (text: Text): never => {
  throw new UserError(text);
};

/** Reads the text of a clip of this version or an earlier one. Throws UserError. */
export function readClip(text: string): Clip {
  // Mail programs replace spaces with non-breaking ones.
  const trimmed = text.replaceAll('\u00a0', ' ').trim();
  if (trimmed === '') {
    fail({
      en: 'The clipboard contains no text. Select and copy layers first.',
      zh: '剪贴板中没有文本。请先选中并复制一些层。',
    });
  }
  const json = parse(trimmed);
  const { format, ...rest } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  if (format === 'netloom') {
    fail({
      en: 'The clipboard contains a whole network. Save the text as a .json file and open it, or copy only the layers you need.',
      zh: '剪贴板中是一个完整的网络。请将文本存为 .json 文件再打开，或只复制需要的层。',
    });
  }
  if (format !== FORMAT) {
    fail({
      en: 'The clipboard contains something other than layers. Select and copy layers in Netloom first.',
      zh: '剪贴板中的内容不是层。请先在 Netloom 中选中并复制一些层。',
    });
  }
  // The clip is migrated and checked like a file, as a document with nothing else.
  const {
    nodes,
    edges,
    notes,
    frames,
    blocks,
    operators = [],
  } = readDocument({ ...emptyDocument, ...rest, format: 'netloom' }, 'clipboard', wrongLayers);
  return { nodes, edges, notes, frames, blocks, ...operatorsField(operators) };
}

const wrongLayers = (_: string, fields: string): Text => ({
  en: `The clipboard contains layers that cannot be pasted: ${fields}. Copy them again from Netloom.`,
  zh: `剪贴板中的层无法粘贴：${fields}。请从 Netloom 中重新复制。`,
});

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    if (!text.includes(FORMAT)) return null;
    return fail({
      en: 'The clipboard contains copied layers, but the text is damaged or incomplete. Copy the layers again, from the first brace to the last.',
      zh: '剪贴板中是复制的层，但文本已损坏或不完整。请重新复制，从第一个花括号到最后一个。',
    });
  }
}

/** Offset of a copy from the original, and from the previous copy. */
const STEP = 24;

/** The nearest offset down and to the right at which no part of the copy has exactly the position of another item. */
export function freeShift(doc: NetworkDocument, clip: Clip): Position {
  const items = (of: Clip) => [...of.nodes, ...of.notes, ...of.frames];
  const spot = ({ x, y }: Position, by: number): string => `${x + by} ${y + by}`;
  const taken = new Set(items(doc).map(({ position }) => spot(position, 0)));
  let by = 0;
  while (items(clip).some(({ position }) => taken.has(spot(position, by)))) by += STEP;
  return { x: by, y: by };
}

export interface PasteResult {
  readonly edits: readonly Edit[];
  readonly nodes: readonly string[];
  readonly annotations: readonly string[];
  /** New ids by the ids in the clip. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Adds a copy of the clip to the document, with unique ids and names, moved by `shift`. With `connect`, its inputs are also
 * connected to the sources of the originals, if the document has them.
 */
export function paste(doc: NetworkDocument, clip: Clip, shift: Position, connect: boolean): PasteResult {
  const ids = new Set(takenIds(doc));
  const names = new Set(doc.nodes.map(({ name }) => name));
  const last = new Map<string, string>();
  /** Continues counting from the previous copy, so that many equal names take no longer than different ones. */
  const fresh = (base: string, taken: Set<string>): string => {
    const known = `${taken === ids ? 'id' : 'name'} ${base}`;
    const name = freshName(last.get(known) ?? base, taken);
    last.set(known, name);
    taken.add(name);
    return name;
  };
  const newId = new Map<string, string>();
  const moved = <T extends { readonly id: string; readonly position: Position }>(item: T): T => {
    const id = fresh(item.id, ids);
    newId.set(item.id, id);
    return { ...item, id, position: placed({ x: item.position.x + shift.x, y: item.position.y + shift.y }) };
  };
  const { edits, layerNow } = bringBlocks(doc, clip);
  const nodes = clip.nodes.map((node) => ({
    ...moved(node),
    layer: layerNow(node.layer),
    name: fresh(node.name, names),
  }));
  const notes = clip.notes.map(moved);
  const frames = clip.frames.map(moved);
  const sourceOf = ({ from }: Edge): string | undefined =>
    newId.get(from.node) ?? (connect && doc.nodes.some(({ id }) => id === from.node) ? from.node : undefined);
  return {
    edits: [
      ...edits,
      ...frames.map((frame): Edit => ({ kind: 'setFrame', frame })),
      ...nodes.map((node): Edit => ({ kind: 'addNode', node })),
      ...clip.edges.flatMap((edge): Edit[] => {
        const [source, target] = [sourceOf(edge), newId.get(edge.to.node)];
        if (source === undefined || target === undefined) return [];
        const from = { node: source, port: edge.from.port };
        // All edges of a port with several edges are in the clip, so none replaces another.
        return [{ kind: 'connect', from, to: { node: target, port: edge.to.port }, keepOthers: true }];
      }),
      ...notes.map((note): Edit => ({ kind: 'setNote', note })),
    ],
    nodes: nodes.map(({ id }) => id),
    annotations: [...notes, ...frames].map(({ id }) => id),
    renamed: newId,
  };
}

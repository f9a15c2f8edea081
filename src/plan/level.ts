import { checkHelping, type Memory } from '../check/check.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import { type BlockFace, blockFaceOf } from '../check/faces.ts';
import { checkInside, withinBlock } from '../check/inside.ts';
import { sameList } from '../check/sameValue.ts';
import type { BlockBody, Direction, DocumentNode, NetworkDocument, Position } from '../graph/document.ts';
import { portPlaces } from '../graph/insideDrawing.ts';
import { readConfig } from '../layers/config.ts';
import type { Text } from '../text.ts';

const NO_NOTES: NetworkDocument['notes'] = [];
const NO_FRAMES: NetworkDocument['frames'] = [];

/** A step into a block: its node in the drawing around it, and the index of the copy. */
export interface Place {
  readonly node: string;
  readonly copy: number;
}

/** The inside of a block, shown as a separate drawing. */
export interface Level {
  readonly place: Place;
  /** The drawing that the user sees and edits. */
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  /** The node of the block in the drawing around it; `face` is its kind. */
  readonly node: DocumentNode;
  readonly title: Text;
  readonly copies: number;
  /** Id of the block of the document that edits change; null for a built-in block, which is read-only. */
  readonly block: string | null;
  readonly body: BlockBody;
  readonly root: NetworkDocument;
}

/** The levels along a path from the network inwards, as far as it exists. Unchanged levels of `last` are reused. */
export function levelsOn(
  root: NetworkDocument,
  check: CheckResult,
  path: readonly Place[],
  last: readonly Level[] = [],
): readonly Level[] {
  const levels: Level[] = [];
  for (const [i, place] of path.entries()) {
    const around = levels.at(-1) ?? { document: root, check };
    const level = levelIn(root, around, place, last[i]);
    if (level === null) break;
    levels.push(level);
  }
  return sameList(levels, last);
}

function levelIn(
  root: NetworkDocument,
  around: { readonly document: NetworkDocument; readonly check: CheckResult },
  place: Place,
  last: Level | undefined,
): Level | null {
  const node = around.document.nodes.find(({ id }) => id === place.node);
  const face = node && blockFaceOf(root, node.layer);
  if (node === undefined || face === undefined) return null;
  const copies = around.check.nodes.get(node.id)?.inside ?? [];
  const copy = Math.min(place.copy, Math.max(0, copies.length - 1));
  const { definition } = face;
  const looked = copies[copy] ?? unfed(face, node);
  if (looked === null) return null;
  const { drawing } = looked;
  const checked = withHelping(face, drawing, looked.check);
  const body = definition ?? looked.body;
  const same = last?.root === root && last.node === node && last.check === checked && last.place.copy === copy;
  if (last !== undefined && same) return last;
  const nodes = sameList(placed(drawing.nodes, body, root.direction, definition === null), last?.document.nodes ?? []);
  return {
    place: copy === place.copy ? place : { ...place, copy },
    document: { ...root, nodes, edges: drawing.edges, notes: body.notes ?? NO_NOTES, frames: body.frames ?? NO_FRAMES },
    check: checked,
    node,
    title: face.layer.title,
    copies: node.repeat ?? 1,
    block: definition?.id ?? null,
    body,
    root,
  };
}

const helping = new WeakMap<CheckResult, CheckResult>();

/** The same check, with only the fixes that help here; a check of the whole network does not try them. */
function withHelping(face: BlockFace, drawing: NetworkDocument, check: CheckResult): CheckResult {
  const known = helping.get(check);
  if (known !== undefined) return known;
  const fixable = check.diagnostics.some(({ fixes }) => fixes.length > 0);
  const tried = fixable ? checkHelping(drawing, null, withinBlock(face, drawing)).result : check;
  helping.set(check, tried);
  return tried;
}

/**
 * The nodes at their current positions, because the check may be of an earlier body. Built-in blocks are laid out
 * downwards.
 */
function placed(
  nodes: readonly DocumentNode[],
  body: BlockBody,
  direction: Direction,
  builtIn: boolean,
): readonly DocumentNode[] {
  const turn = builtIn && direction === 'right';
  const lying = turn ? body.nodes.map((node) => ({ ...node, position: turnedStep(node.position) })) : body.nodes;
  const places = new Map(portPlaces({ ...body, nodes: lying }, direction));
  for (const { id, position } of lying) places.set(id, position);
  return nodes.map((node) => {
    const position = places.get(node.id) ?? node.position;
    const same = position.x === node.position.x && position.y === node.position.y;
    return same ? node : { ...node, position };
  });
}

/** Turns a layout with rows 110 and columns 220 apart into a flow to the right with the same distances between cards. */
const turnedStep = ({ x, y }: Position): Position => ({ x: Math.round((y / 110) * 256), y: Math.round(x / 2) });

const unfedOf = new WeakMap<
  BlockFace,
  { readonly node: DocumentNode; readonly memory: Memory; readonly body: BlockBody }
>();

/** The inside of a block of the document whose inputs are unknown; a built-in block cannot be built then. */
function unfed(face: BlockFace, node: DocumentNode) {
  if (face.definition === null) return null;
  const known = unfedOf.get(face);
  const { config } = readConfig(face.layer.config, node.config);
  const drawn = face.draw(config, {});
  if ('problems' in drawn) return null;
  const made = known?.node === node ? known : { node, body: drawn, memory: checkInside(face, drawn, {}, null) };
  unfedOf.set(face, made);
  return { drawing: made.memory.doc, check: made.memory.result, body: made.body };
}

/** True if a value inside is set on the block: it is exposed, and set to another value or common to several layers. */
export function isSetOutside({ block, body, node }: Level, id: string, key: string): boolean {
  const entry = body.exposed.find((exposed) => exposed.node === id && exposed.field === key);
  if (entry === undefined) return false;
  const shared = body.exposed.filter((other) => other.key === entry.key).length > 1;
  return block === null || shared || node.config[entry.key] !== undefined;
}

/** Path of ids to a level, as in problems and layer names: ids of blocks, with the number of the copy if there are several. */
export const idsOf = (levels: readonly Level[]): readonly string[] =>
  levels.flatMap(({ place, copies }) => (copies > 1 ? [place.node, `${place.copy + 1}`] : [place.node]));

/** Resolves such a path to the level, as far as it exists, and the node in it. */
export function placeOf(
  root: NetworkDocument,
  check: CheckResult,
  ids: readonly string[],
): { readonly path: readonly Place[]; readonly node: string | null } {
  let path: readonly Place[] = [];
  let levels: readonly Level[] = [];
  let rest = ids;
  for (;;) {
    const around = levels.at(-1)?.document ?? root;
    const [id, ...more] = rest;
    const node = around.nodes.find((candidate) => candidate.id === id);
    if (node === undefined) return { path, node: null };
    const repeated = (node.repeat ?? 1) > 1;
    const deeper = [...path, { node: node.id, copy: repeated ? Math.max(0, Number(more[0] ?? 1) - 1) : 0 }];
    rest = repeated ? more.slice(1) : more;
    if (rest.length === 0) return { path, node: node.id };
    levels = levelsOn(root, check, deeper, levels);
    if (levels.length < deeper.length) return { path, node: node.id };
    path = deeper;
  }
}

/** True if the node can be entered; a built-in block can be built only with known inputs. */
export const hasInside = (document: NetworkDocument, check: CheckResult, node: DocumentNode): boolean =>
  (check.nodes.get(node.id)?.inside?.length ?? 0) > 0 ||
  (blockFaceOf(document, node.layer)?.definition ?? null) !== null;

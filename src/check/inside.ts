import type { DrawResult } from '../blocks/block.ts';
import type { Diagnostic } from '../graph/diagnostic.ts';
import { type BlockBody, emptyDocument, MOST_LAYERS, type NetworkDocument } from '../graph/document.ts';
import { drawingOf, INPUT_PORT, OUTPUT_PORT, outputPortId } from '../graph/insideDrawing.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import type { Problem, Shape } from '../layers/layer.ts';
import { checkAfter, type Memory, type Within } from './check.ts';
import type { BlockFace } from './faces.ts';
import { sameValue } from './sameValue.ts';

type Shapes = Readonly<Record<string, Shape>>;

/** One checked copy of the inside of a block. */
export interface Copy {
  readonly body: BlockBody;
  readonly inputs: Shapes;
  readonly memory: Memory;
  /** Output shapes; null if there is a problem inside. */
  readonly outputs: Shapes | null;
}

/** The inside of a block, one entry per copy; copies after one with a problem are missing. */
export interface Inside {
  readonly face: BlockFace;
  readonly copies: readonly Copy[];
  readonly repeat: number;
  readonly outputs: Shapes | null;
  /** Reasons why a copy cannot be built, or cannot follow the one before. */
  readonly refused: readonly Problem[];
}

/** The inside as a separate drawing, whose input ports have the shapes of the inputs. */
function asDrawing(face: BlockFace, body: BlockBody, x: Shapes): NetworkDocument {
  const drawing = drawingOf(body);
  const nodes = drawing.nodes.map((node) => {
    const shape = node.layer === INPUT_PORT ? x[node.name] : undefined;
    return shape === undefined ? node : { ...node, config: { shape } };
  });
  return {
    ...emptyDocument,
    ...drawing,
    nodes,
    blocks: face.blocks,
    ...(face.operators && { operators: face.operators }),
  };
}

/** Checks the inside for these input shapes; a missing shape is unknown. */
export function checkInside(face: BlockFace, body: BlockBody, inputs: Shapes, last: Memory | null): Memory {
  const drawing = asDrawing(face, body, inputs);
  return checkAfter(drawing, last, withinBlock(face, drawing));
}

/** Marks a drawing as the inside of a block. */
export const withinBlock = (face: BlockFace, { nodes }: Pick<NetworkDocument, 'nodes'>): Within => ({
  ends: nodes.filter(({ layer }) => layer === OUTPUT_PORT).map(({ id }) => id),
  // A built-in block follows its paper, so no hints about it are wanted.
  advised: face.definition !== null,
});

const sameBody = (a: BlockBody, b: BlockBody): boolean =>
  sameValue(a.nodes, b.nodes) &&
  sameValue(a.edges, b.edges) &&
  sameValue([a.inputs, a.outputs, a.notes, a.frames], [b.inputs, b.outputs, b.notes, b.frames]);

function check(face: BlockFace, body: BlockBody, inputs: Shapes, last: Copy | undefined): Copy {
  const memory = checkInside(face, body, inputs, last?.memory ?? null);
  const { graph, nodes } = memory.result;
  if (graph === null) return { body, inputs, memory, outputs: null };
  const outputs: Record<string, Shape> = {};
  for (const [i, { name }] of body.outputs.entries()) {
    const shape = nodes.get(outputPortId(i))?.inputs.x;
    if (shape === undefined) return { body, inputs, memory, outputs: null };
    outputs[name] = shape;
  }
  return { body, inputs, memory, outputs };
}

const layersIn = ({ memory }: Copy): number => memory.result.graph?.nodes.length ?? 0;
/** Number of layers in all copies of a block. */
export const layersInside = ({ copies }: Inside): number => copies.reduce((sum, copy) => sum + layersIn(copy), 0);

/** Max number of cached copies per block, shared by all nodes; stages repeat a few different ones. */
const REMEMBERED = 32;
const remembered = new WeakMap<BlockFace, Map<string, Copy>>();

/** A copy for these inputs: from the cache, an update of `known`, or a new one. */
function copyOf(
  face: BlockFace,
  config: ConfigOf<ConfigSchema>,
  inputs: Shapes,
  known: Copy | undefined,
): Copy | { readonly problems: readonly Problem[] } {
  const copies = remembered.get(face) ?? new Map<string, Copy>();
  remembered.set(face, copies);
  const key = JSON.stringify([config, inputs]);
  const before = copies.get(key);
  // Least-recently-used order.
  copies.delete(key);
  const copy = before ?? newCopy(face, config, inputs, known);
  if ('problems' in copy) return copy;
  copies.set(key, copy);
  for (const [oldest] of copies) {
    if (copies.size <= REMEMBERED) break;
    copies.delete(oldest);
  }
  return copy;
}

function newCopy(
  face: BlockFace,
  config: ConfigOf<ConfigSchema>,
  inputs: Shapes,
  known: Copy | undefined,
): Copy | { readonly problems: readonly Problem[] } {
  const drawn: DrawResult = face.draw(config, inputs);
  if ('problems' in drawn) return drawn;
  const body = known !== undefined && sameBody(known.body, drawn) ? known.body : drawn;
  return check(face, body, inputs, known);
}

/** Builds and checks the inside. Unchanged parts keep their identity, and equal copies are the same object. */
export function lookInside(
  face: BlockFace,
  config: ConfigOf<ConfigSchema>,
  repeat: number,
  given: Shapes,
  last: Inside | null,
): Inside | { readonly problems: readonly Problem[] } {
  const before = last?.face.layer.type === face.layer.type ? last : null;
  const copies: Copy[] = [];
  let inputs = given;
  const done = (refused: readonly Problem[]): Inside => {
    const outputs = copies.length === repeat ? (copies.at(-1)?.outputs ?? null) : null;
    return { face, copies, repeat, outputs, refused };
  };
  let layers = 0;
  for (let i = 0; i < repeat; i++) {
    const copy = copyOf(face, config, inputs, before?.copies[i]);
    if ('problems' in copy) {
      if (i === 0) return copy;
      return done([cannotFollow(i + 1)]);
    }
    layers += layersIn(copy);
    if (i > 0 && layers > MOST_LAYERS) return done([tooManyLayers(i)]);
    copies.push(copy);
    const next = following(copy, copy.body);
    if (copy.outputs === null) return done(i === 0 ? [] : [cannotFollow(i + 1)]);
    if (i + 1 < repeat && next === null) return done([notAlike(repeat)]);
    inputs = next ?? inputs;
  }
  return done([]);
}

/** Input shapes of the next copy: its one input is the one output. */
const following = ({ outputs }: Copy, { inputs }: BlockBody): Shapes | null => {
  const given = Object.values(outputs ?? {});
  return given.length === 1 && inputs.length === 1 ? { [inputs[0]?.name ?? '']: given[0] as Shape } : null;
};

const tooManyLayers = (copies: number): Problem => ({
  code: 'too-many-layers',
  port: 'repeat',
  message: ({ self }) => ({
    en: `${self.en} has more than ${MOST_LAYERS} layers in all its copies. Set Repeat to ${copies} or less.`,
    zh: `${self.zh}的所有副本合计超过 ${MOST_LAYERS} 层。请将重复次数设为 ${copies} 或更少。`,
  }),
  fixes: [],
});

const notAlike = (repeat: number): Problem => ({
  code: 'repeat-ports',
  port: 'repeat',
  message: ({ self }) => ({
    en: `${self.en} cannot be repeated ${repeat} times: only blocks with one input and one output can be repeated.`,
    zh: `${self.zh}不能重复 ${repeat} 次：只有单输入、单输出的块才能重复。`,
  }),
  fixes: [],
});

const cannotFollow = (copy: number): Problem => ({
  code: 'repeat-misfit',
  port: 'repeat',
  message: ({ self }) => ({
    en: `Copy ${copy} of ${self.en} cannot accept the output shape of copy ${copy - 1}. Set Repeat to ${copy - 1} or less.`,
    zh: `${self.zh}的第 ${copy} 个副本无法接收第 ${copy - 1} 个副本的输出形状。请将重复次数设为 ${copy - 1} 或更少。`,
  }),
  fixes: [],
});

/** The copies that differ from the one before; the others have the same problems. */
export const distinctCopies = ({ copies }: Inside): readonly { readonly copy: Copy; readonly number: number }[] =>
  copies.flatMap((copy, i) => (copies[i - 1] === copy ? [] : [{ copy, number: i + 1 }]));

/** Max number of problems reported per block, because a problem deep inside appears on each path to it. */
const MOST_INSIDE = 50;

/** Problems inside, copy by copy; if there are too many, errors first. */
export function insideDiagnostics(
  inside: Inside,
): readonly { readonly number: number; readonly diagnostic: Diagnostic }[] {
  const all = distinctCopies(inside).flatMap(({ copy, number }) =>
    copy.memory.result.diagnostics.map((diagnostic) => ({ number, diagnostic })),
  );
  if (all.length <= MOST_INSIDE) return all;
  const isError = ({ diagnostic }: (typeof all)[number]): boolean => diagnostic.severity === 'error';
  return [...all.filter(isError), ...all.filter((each) => !isError(each))].slice(0, MOST_INSIDE);
}

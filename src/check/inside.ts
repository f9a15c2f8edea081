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

/** One copy of a block's inside, checked. */
export interface Copy {
  readonly body: BlockBody;
  readonly inputs: Shapes;
  readonly memory: Memory;
  /** Null where something is wrong inside. */
  readonly outputs: Shapes | null;
}

/** What is inside a block, as often as it is repeated; copies behind one that is wrong are missing. */
export interface Inside {
  readonly face: BlockFace;
  readonly copies: readonly Copy[];
  readonly repeat: number;
  readonly outputs: Shapes | null;
  /** Why a copy cannot be drawn, or cannot follow the one before. */
  readonly refused: readonly Problem[];
}

/** The inside as a drawing of its own, whose input ports give what comes in. */
function asDrawing(face: BlockFace, body: BlockBody, x: Shapes): NetworkDocument {
  const drawing = drawingOf(body);
  const nodes = drawing.nodes.map((node) => {
    const shape = node.layer === INPUT_PORT ? x[node.name] : undefined;
    return shape === undefined ? node : { ...node, config: { shape } };
  });
  return { ...emptyDocument, ...drawing, nodes, blocks: face.blocks };
}

/** Checks an inside that is given these shapes; a port whose shape is missing gives nothing. */
export function checkInside(face: BlockFace, body: BlockBody, inputs: Shapes, last: Memory | null): Memory {
  const drawing = asDrawing(face, body, inputs);
  return checkAfter(drawing, last, withinBlock(face, drawing));
}

/** A drawing as the inside of such a block. */
export const withinBlock = (face: BlockFace, { nodes }: Pick<NetworkDocument, 'nodes'>): Within => ({
  ends: nodes.filter(({ layer }) => layer === OUTPUT_PORT).map(({ id }) => id),
  // A built-in block is drawn as its paper has it.
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
/** Layers in a block with all its copies. */
export const layersInside = ({ copies }: Inside): number => copies.reduce((sum, copy) => sum + layersIn(copy), 0);

/** So many different copies of a block are remembered, whichever nodes they belong to: stages repeat a few of them. */
const REMEMBERED = 32;
const remembered = new WeakMap<BlockFace, Map<string, Copy>>();

/** A copy for such inputs: one that was made before, or `known` as far as it is still right, or a new one. */
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
  // What was used last is forgotten last.
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

/** Draws and checks the inside. What is as it was last time keeps its identity; equal copies share theirs. */
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
      return done([cannotFollow(i + 1, repeat)]);
    }
    layers += layersIn(copy);
    if (i > 0 && layers > MOST_LAYERS) return done([tooManyLayers(i)]);
    copies.push(copy);
    const next = following(copy, copy.body);
    if (copy.outputs === null) return done(i === 0 ? [] : [cannotFollow(i + 1, repeat)]);
    if (i + 1 < repeat && next === null) return done([notAlike(repeat)]);
    inputs = next ?? inputs;
  }
  return done([]);
}

/** What the next copy is given: one output goes to one input. */
const following = ({ outputs }: Copy, { inputs }: BlockBody): Shapes | null => {
  const given = Object.values(outputs ?? {});
  return given.length === 1 && inputs.length === 1 ? { [inputs[0]?.name ?? '']: given[0] as Shape } : null;
};

const tooManyLayers = (copies: number): Problem => ({
  code: 'too-many-layers',
  port: 'repeat',
  message: ({ self }) => ({
    en: `${self.en} has more than ${MOST_LAYERS} layers with all its repeats. Repeat it at most ${copies} times.`,
    zh: `${self.zh} 连同所有重复超过 ${MOST_LAYERS} 层。最多重复 ${copies} 次。`,
  }),
  fixes: [],
});

const notAlike = (repeat: number): Problem => ({
  code: 'repeat-ports',
  port: 'repeat',
  message: ({ self }) => ({
    en: `${self.en} cannot be repeated ${repeat} times: only a block of one input and one output can follow itself.`,
    zh: `${self.zh} 不能重复 ${repeat} 次：只有一个输入和一个输出的块才能首尾相接。`,
  }),
  fixes: [],
});

const cannotFollow = (copy: number, repeat: number): Problem => ({
  code: 'repeat-misfit',
  port: 'repeat',
  message: ({ self }) => ({
    en: `${self.en} is repeated ${repeat} times, but copy ${copy} cannot take what copy ${copy - 1} gives. Repeat it at most ${copy - 1} times.`,
    zh: `${self.zh} 重复 ${repeat} 次，但第 ${copy} 个接不上第 ${copy - 1} 个的输出。最多重复 ${copy - 1} 次。`,
  }),
  fixes: [],
});

/** The copies that differ from the one before: the others have the same to say. */
export const distinctCopies = ({ copies }: Inside): readonly { readonly copy: Copy; readonly number: number }[] =>
  copies.flatMap((copy, i) => (copies[i - 1] === copy ? [] : [{ copy, number: i + 1 }]));

/** Problems of one block that are told: what is wrong once deep inside comes up again on every way there. */
const MOST_INSIDE = 50;

/** What is wrong inside, copy by copy; of very much, errors first. */
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

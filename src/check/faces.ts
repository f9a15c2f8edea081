import type { BlockDef, DrawResult } from '../blocks/block.ts';
import { drawingOf } from '../blocks/icons.ts';
import { blocks as builtIn } from '../blocks/index.ts';
import { type BlockDefinition, blockIdOf, blockLayer, type Config, type NetworkDocument } from '../graph/document.ts';
import { type ConfigOf, type ConfigSchema, type Field, invalidValue } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import type { LayerDef, Shape } from '../layers/layer.ts';
import { same } from '../text.ts';
import { lookInside } from './inside.ts';
import { insideRefusals } from './insideProblems.ts';
import { operatorFaceOf } from './operatorFace.ts';
import { portLayerOf } from './portLayers.ts';
import { sameList, sameValue } from './sameValue.ts';

type Blocks = NetworkDocument['blocks'];
type Operators = NetworkDocument['operators'];

/** Max depth of nested blocks. */
export const MOST_DEPTH = 32;

/** A block as a layer of the canvas, with an inside. */
export interface BlockFace {
  /** Title, config, ports and shape rule, like a layer; it has no `lower`. */
  readonly layer: LayerDef;
  /** Definition in the document; null for a built-in block. */
  readonly definition: BlockDefinition | null;
  /** Blocks of the document that the inside may use. */
  readonly blocks: Blocks;
  readonly operators: Operators;
  /** Titles of blocks that contain each other, if this block is or contains one of them; else null. */
  readonly cycle: readonly string[] | null;
  /** Number of levels: 1 for a block with only layers inside. */
  readonly depth: number;
  draw(config: ConfigOf<ConfigSchema>, x: Readonly<Record<string, Shape>>): DrawResult;
}

const NO_BLOCKS: Blocks = [];

/** Shape rule of a block, computed from its inside. */
const ruleOf =
  (face: () => BlockFace): LayerDef['infer'] =>
  (x, config) => {
    const looked = lookInside(face(), config, 1, x, null);
    if ('problems' in looked) return looked;
    return looked.outputs === null ? { problems: insideRefusals(looked) } : { outputs: looked.outputs };
  };

function builtInFace(block: BlockDef): BlockFace {
  const face: BlockFace = {
    layer: {
      ...block,
      keywords: block.keywords ?? [],
      formula: () => ({ tex: [], ...(block.paper !== null && { source: block.paper }) }),
      infer: ruleOf(() => face),
    },
    definition: null,
    blocks: NO_BLOCKS,
    operators: undefined,
    cycle: null,
    depth: 1,
    draw: block.draw,
  };
  return face;
}

let builtInFaces: ReadonlyMap<string, BlockFace> | null = null;
function builtInFaceOf(type: string): BlockFace | undefined {
  builtInFaces ??= new Map(builtIn.map((block) => [block.type, builtInFace(block)]));
  return builtInFaces.get(type);
}

/** Cache: a face is valid as long as the definition and the faces inside do not change. */
const made = new WeakMap<BlockDefinition, { readonly parts: readonly BlockFace[]; readonly face: BlockFace }>();
const byBlocks = new WeakMap<
  Blocks,
  { readonly operators: Operators; readonly faces: ReadonlyMap<string, BlockFace> }
>();

function facesOf(blocks: Blocks, operators: Operators): ReadonlyMap<string, BlockFace> {
  const known = byBlocks.get(blocks);
  if (known !== undefined && known.operators === operators) return known.faces;
  const faces = new Map<string, BlockFace>();
  const open: BlockDefinition[] = [];
  const byId = new Map(blocks.map((block) => [block.id, block]));
  let circle: readonly string[] | null = null;
  const visit = (definition: BlockDefinition): BlockFace | null => {
    const done = faces.get(definition.id);
    if (done !== undefined) return done;
    const at = open.indexOf(definition);
    if (at >= 0) {
      circle = [...open.slice(at), definition].map(({ title }) => title);
      return null;
    }
    // Too deep to descend further; the blocks inside are checked separately.
    if (open.length > MOST_DEPTH)
      return definedFace(
        definition,
        { blocks, operators },
        { cycle: null, depth: Number.POSITIVE_INFINITY },
        () => undefined,
      );
    open.push(definition);
    const inner = new Set(definition.nodes.map(({ layer }) => byId.get(blockIdOf(layer) ?? '')));
    const parts: BlockFace[] = [];
    let cycle: readonly string[] | null = null;
    for (const part of inner) {
      if (part === undefined) continue;
      const face = visit(part);
      cycle ??= face === null ? circle : face.cycle;
      if (face !== null) parts.push(face);
    }
    open.pop();
    const before = made.get(definition);
    const face =
      before !== undefined &&
      before.face.operators === operators &&
      sameList(parts, before.parts) === before.parts &&
      sameValue(before.face.cycle, cycle)
        ? before.face
        : definedFace(
            definition,
            { blocks, operators },
            { cycle, depth: 1 + Math.max(0, ...parts.map((part) => part.depth)) },
            (type) => layerOf(type) ?? operatorFaceOf(operators, type) ?? partOf(parts, type)?.layer,
          );
    made.set(definition, { parts, face });
    faces.set(definition.id, face);
    return face;
  };
  for (const definition of blocks) visit(definition);
  byBlocks.set(blocks, { operators, faces });
  return faces;
}

const partOf = (parts: readonly BlockFace[], type: string): BlockFace | undefined =>
  builtInFaceOf(type) ?? parts.find(({ layer }) => layer.type === type);

function definedFace(
  definition: BlockDefinition,
  library: Pick<BlockFace, 'blocks' | 'operators'>,
  nesting: Pick<BlockFace, 'cycle' | 'depth'>,
  layerInside: (type: string) => LayerDef | undefined,
): BlockFace {
  const config: Record<string, Field> = {};
  for (const { key, label, node, field } of definition.exposed) {
    const inner = definition.nodes.find(({ id }) => id === node);
    const described = inner && layerInside(inner.layer)?.config[field];
    if (described === undefined) continue;
    const own = inner?.config[field];
    const standard = own !== undefined && invalidValue(described, own) === null ? own : described.default;
    config[key] = { ...described, label: same(label), advanced: false, default: standard } as Field;
  }
  const face: BlockFace = {
    layer: {
      type: blockLayer(definition.id),
      title: same(definition.title),
      category: 'blocks',
      icon: drawingOf(blockLayer(definition.id), 'blocks'),
      stem: 'block',
      keywords: [],
      doc: {
        en: `A block of this network with ${definition.nodes.length} layers.`,
        zh: `此网络中的块，含 ${definition.nodes.length} 层。`,
      },
      formula: () => ({ tex: [] }),
      config,
      inputs: definition.inputs.map(({ name }) => name),
      outputs: definition.outputs.map(({ name }) => name),
      summary: () => ({ en: `${definition.nodes.length} layers`, zh: `${definition.nodes.length} 层` }),
      infer: ruleOf(() => face),
    },
    definition,
    ...library,
    ...nesting,
    draw: (given) => withExposed(definition, given),
  };
  return face;
}

/** The definition with the exposed settings of an instance; the same object if none differs. */
function withExposed(definition: BlockDefinition, given: Config): BlockDefinition {
  const changes = new Map<string, Record<string, Config[string]>>();
  for (const { key, node, field } of definition.exposed) {
    const value = given[key];
    const inner = definition.nodes.find(({ id }) => id === node);
    if (value === undefined || inner === undefined || sameValue(inner.config[field], value)) continue;
    changes.set(node, { ...changes.get(node), [field]: value });
  }
  if (changes.size === 0) return definition;
  const nodes = definition.nodes.map((node) => {
    const change = changes.get(node.id);
    return change === undefined ? node : { ...node, config: { ...node.config, ...change } };
  });
  return { ...definition, nodes };
}

/** The block named by a node's `layer`; undefined if it names a layer or nothing known. */
export function blockFaceOf(
  { blocks, operators }: Pick<NetworkDocument, 'blocks' | 'operators'>,
  type: string,
): BlockFace | undefined {
  const id = blockIdOf(type);
  return id === null ? builtInFaceOf(type) : facesOf(blocks, operators).get(id);
}

/** The definition named by a node's `layer`: a layer, a block or ONNX operator as a layer, or a port of the surrounding block. */
export const layerIn = (doc: Pick<NetworkDocument, 'blocks' | 'operators'>, type: string): LayerDef | undefined =>
  layerOf(type) ?? portLayerOf(type) ?? operatorFaceOf(doc.operators, type) ?? blockFaceOf(doc, type)?.layer;

/** All built-in blocks as layers, in the order of the palette. */
export const blockLayers = (): readonly LayerDef[] => builtIn.flatMap(({ type }) => builtInFaceOf(type)?.layer ?? []);

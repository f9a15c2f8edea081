import type { Config, DocumentNode, NetworkDocument } from '../graph/document.ts';
import { type ConfigOf, type ConfigProblem, type ConfigSchema, readConfig } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import {
  type Buffer,
  inputPorts,
  type LayerDef,
  type Param,
  type Problem,
  type RawTypes,
  type Shape,
} from '../layers/layer.ts';
import { type BlockFace, blockFaceOf } from './faces.ts';
import { type Inside, lookInside } from './inside.ts';
import { operatorFaceOf, rawValue } from './operatorFace.ts';
import { portLayerOf } from './portLayers.ts';
import { sameFields, sameList, sameValue } from './sameValue.ts';

export type Shapes = Readonly<Record<string, Shape>>;

/** Properties of a node that do not depend on its connections. */
export interface NodeKind {
  readonly type: string;
  readonly given: Config;
  readonly layer: LayerDef;
  /** The block; null for a layer. */
  readonly block: BlockFace | null;
  readonly repeat: number;
  readonly config: ConfigOf<ConfigSchema>;
  readonly problems: readonly ConfigProblem[];
  readonly ports: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
}

/** Kind of a node; null for a layer that this version does not have. `last` is reused if layer and config have not changed. */
export function kindOf(
  node: DocumentNode,
  last: NodeKind | null,
  doc: Pick<NetworkDocument, 'blocks' | 'operators'>,
): NodeKind | null {
  const { layer: type, config: given, repeat = 1 } = node;
  const unchanged = last?.type === type && last.given === given && last.repeat === repeat;
  const operator = operatorFaceOf(doc.operators, type);
  if (unchanged && last.block === null && (operator ?? last.layer) === last.layer) return last;
  const port = portLayerOf(type);
  if (port !== undefined) return portKind(port, given, last);
  const known = layerOf(type) ?? operator;
  const block = known === undefined ? (blockFaceOf(doc, type) ?? null) : null;
  if (unchanged && last.block === block) return last;
  const layer = known ?? block?.layer;
  if (layer === undefined) return null;
  const { config, problems } = readConfig(layer.config, given);
  const ports = { inputs: inputPorts(layer, config), outputs: layer.outputs };
  const same =
    last !== null &&
    sameList(ports.inputs, last.ports.inputs) === last.ports.inputs &&
    sameList(ports.outputs, last.ports.outputs) === last.ports.outputs;
  return { type, given, layer, block, repeat, config, problems, ports: same ? last.ports : ports };
}

/** Kind of a port inside a block; the shape of an input port is in its config. */
const portKind = (layer: LayerDef, given: Config, last: NodeKind | null): NodeKind => ({
  type: layer.type,
  given,
  layer,
  block: null,
  repeat: 1,
  config: given as ConfigOf<ConfigSchema>,
  problems: [],
  ports: last?.type === layer.type ? last.ports : { inputs: inputPorts(layer, {}), outputs: layer.outputs },
});

/** Result of a layer for its input shapes: all facts about the node, or the problems. */
export interface Inference {
  readonly kind: NodeKind;
  readonly inputs: Shapes;
  /** Inputs that are raw values. */
  readonly rawInputs: RawTypes;
  readonly result: { readonly problems: readonly Problem[] } | InferredNode;
  /** Inside of a block; null for a layer, and for a block that cannot be built. */
  readonly inside: Inside | null;
}

export interface InferredNode {
  readonly outputs: Shapes;
  /** Outputs that are raw values. */
  readonly raw: RawTypes;
  /** The layer has no gradient. */
  readonly opaque: boolean;
  readonly params: Readonly<Record<string, Param>>;
  readonly buffers: Readonly<Record<string, Buffer>>;
  /** Number of parameters. */
  readonly size: number;
  /** Number of parameters not frozen inside the node. */
  readonly trainable: number;
  /** Multiply–accumulate operations for one sample. */
  readonly macs: number;
  /** Bytes of the outputs for one sample in float32; for a block, of all layers inside. */
  readonly activationBytes: number;
}

const NONE: RawTypes = {};

const count = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** Infers a node. `last` is reused for the same kind and inputs; unchanged shapes keep their identity. */
export function infer(kind: NodeKind, given: Shapes, rawGiven: RawTypes, last: Inference | null): Inference {
  const inputs = last !== null && sameFields(last.inputs, given) ? last.inputs : given;
  const rawInputs = last !== null && sameValue(last.rawInputs, rawGiven) ? last.rawInputs : rawGiven;
  if (last?.kind === kind && last.inputs === inputs && last.rawInputs === rawInputs) return last;
  const known = last !== null && 'outputs' in last.result ? last.result : null;
  const before = known?.outputs ?? {};
  const kept = (outputs: Shapes): Shapes => (sameValue(outputs, before) ? before : outputs);
  const { layer, config } = kind;
  const [refused] = layer.takesRaw === true ? [] : Object.entries(rawInputs);
  if (refused !== undefined) {
    return { kind, inputs, rawInputs, result: { problems: [rawValue(...refused)] }, inside: null };
  }
  if (kind.block !== null) return inferBlock(kind, kind.block, inputs, last?.inside ?? null, kept);
  const inferred = layer.infer(inputs, config, rawInputs);
  if ('problems' in inferred) return { kind, inputs, rawInputs, result: inferred, inside: null };
  const outputs = kept(inferred.outputs);
  const { raw: rawFound = NONE, opaque = false } = inferred;
  const raw = known !== null && sameValue(known.raw, rawFound) ? known.raw : rawFound;
  const params = layer.params?.(inputs, config) ?? {};
  let size = 0;
  for (const param of Object.values(params)) size += count(param.shape);
  const buffers = layer.buffers?.(inputs, config) ?? {};
  const macs = layer.macs?.(inputs, outputs, config) ?? 0;
  const trainable = opaque ? 0 : size;
  const result = { outputs, raw, opaque, params, buffers, size, trainable, macs, activationBytes: bytesOf(outputs) };
  return { kind, inputs, rawInputs, result, inside: null };
}

export function bytesOf(outputs: Shapes): number {
  let bytes = 0;
  for (const port in outputs) bytes += 4 * count(outputs[port] ?? []);
  return bytes;
}

/** Sums up the inside of a block. */
function inferBlock(
  kind: NodeKind,
  block: BlockFace,
  inputs: Shapes,
  last: Inside | null,
  kept: (outputs: Shapes) => Shapes,
): Inference {
  const inside = lookInside(block, kind.config, kind.repeat, inputs, last);
  if ('problems' in inside) return { kind, inputs, rawInputs: NONE, result: inside, inside: null };
  if (inside.outputs === null) return { kind, inputs, rawInputs: NONE, result: { problems: [] }, inside };
  const sums = { size: 0, trainable: 0, macs: 0, activationBytes: 0 };
  for (const { memory } of inside.copies) {
    const { params, trainableParams, macs, activationBytes } = memory.result.totals;
    sums.size += params;
    sums.trainable += trainableParams;
    sums.macs += macs;
    sums.activationBytes += activationBytes;
  }
  const outputs = kept(inside.outputs);
  return {
    kind,
    inputs,
    rawInputs: NONE,
    result: { outputs, raw: NONE, opaque: false, params: {}, buffers: {}, ...sums },
    inside,
  };
}

import type { CheckResult } from '../../check/checkedGraph.ts';
import { layerIn } from '../../check/faces.ts';
import {
  blockIdOf,
  type Config,
  type ConfigValue,
  type EdgeEnd,
  type NetworkDocument,
  operatorIdOf,
  operatorLayer,
} from '../../graph/document.ts';
import { isPort } from '../../graph/insideDrawing.ts';
import { readConfig } from '../../layers/config.ts';
import { isInput } from '../../layers/input.ts';
import { inputPorts, type LayerDef, type Shape } from '../../layers/layer.ts';

type Shapes = Readonly<Record<string, Shape>>;

/** A node of the drawing while repeats are being folded: a node of the document, or a block that replaces several. */
export interface Part {
  readonly id: string;
  readonly layer: string;
  /** Null for a layer that this version does not have. */
  readonly def: LayerDef | null;
  /** The config as it is stored. */
  readonly given: Config;
  /** The config with all defaults. */
  readonly config: Config;
  /** Keys of `config` whose values may differ between the uses of one block. */
  readonly free: readonly string[];
  readonly repeat: number;
  readonly frozen: boolean;
  /** Belongs to no block: an input or output of the network, a layer with an open input or with new weights. */
  readonly fixed: boolean;
  /** Source of each connected input port. */
  readonly from: ReadonlyMap<string, EdgeEnd>;
  /** Paths of the nodes of the document in this part, by their ids; the path of a single node is empty. */
  readonly members: ReadonlyMap<string, string>;
  /** The output of the document's drawing that is the output of a block; null for a node of the document. */
  readonly end: EdgeEnd | null;
  readonly outputs: Shapes;
}

/** True if a setting may differ between uses of the same structure: sizes and rates, but no kernels and no choices. */
function isFree({ config }: LayerDef, key: string): boolean {
  const field = config[key];
  if (field === undefined || key === 'kernelSize') return false;
  return field.kind !== 'bool' && field.kind !== 'choice' && field.kind !== 'padding';
}

export const freeKeys = (def: LayerDef | null, config: Config): readonly string[] =>
  def === null ? [] : Object.keys(config).filter((key) => isFree(def, key));

/** The parts of a drawing, one per node, in the order of the document. */
export function partsOf(doc: NetworkDocument, { nodes: reports }: Pick<CheckResult, 'nodes'>): readonly Part[] {
  const from = new Map<string, Map<string, EdgeEnd>>();
  for (const edge of doc.edges) {
    const ports = from.get(edge.to.node) ?? new Map<string, EdgeEnd>();
    from.set(edge.to.node, ports.set(edge.to.port, edge.from));
  }
  const alike = equalOperators(doc);
  return doc.nodes.map(({ id, layer, config: given, repeat = 1, frozen = false, renewed }): Part => {
    const def = layerIn(doc, layer) ?? null;
    const { config, problems } = readConfig(def?.config ?? {}, given);
    // A config that cannot be read is compared, and kept, as it is stored.
    const readable = def !== null && problems.length === 0 && Object.keys(given).every((key) => key in config);
    const whole = readable ? config : given;
    const ports = from.get(id) ?? new Map<string, EdgeEnd>();
    const open = def !== null && inputPorts(def, config).some((port) => !ports.has(port));
    return {
      id,
      layer: alike.get(layer) ?? layer,
      def,
      given,
      config: whole,
      free: readable ? freeKeys(def, whole) : [],
      repeat,
      frozen,
      fixed: isInput(layer) || isPort(id) || def?.output !== undefined || open || renewed !== undefined,
      from: ports,
      members: new Map([[id, '']]),
      end: null,
      outputs: reports.get(id)?.outputs ?? {},
    };
  });
}

/** For each ONNX operator, the layer of the first one with the same content. */
function equalOperators({ operators = [] }: NetworkDocument): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const alike = new Map<string, string>();
  for (const { id, ...content } of operators) {
    const key = JSON.stringify(content);
    if (!first.has(key)) first.set(key, operatorLayer(id));
    alike.set(operatorLayer(id), first.get(key) as string);
  }
  return alike;
}

/** The fixed structure of a part: layer and settings that no use of a block can change. */
export function structureOf(part: Part): string {
  const free = new Set(part.free);
  const settings = Object.entries(part.config).filter(([key]) => !free.has(key));
  return JSON.stringify([part.layer, part.repeat, part.frozen, settings.sort(byKey)]);
}

/** All facts about a part that decide its computation. */
export const contentOf = ({ layer, config }: Pick<Part, 'layer' | 'config'>): string =>
  JSON.stringify([layer, Object.entries(config).sort(byKey)]);

const byKey = ([a]: readonly [string, ConfigValue], [b]: readonly [string, ConfigValue]): number =>
  a < b ? -1 : Number(a > b);

export const isBlock = ({ layer, def }: Part): boolean =>
  operatorIdOf(layer) === null && (def?.category === 'blocks' || blockIdOf(layer) !== null);

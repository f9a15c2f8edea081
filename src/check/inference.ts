import type { Config, DocumentNode } from '../graph/document.ts';
import { type ConfigOf, type ConfigProblem, type ConfigSchema, readConfig } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import { type Buffer, inputPorts, type LayerDef, type Param, type Problem, type Shape } from '../layers/layer.ts';
import { sameFields, sameList, sameValue } from './sameValue.ts';

export type Shapes = Readonly<Record<string, Shape>>;

/** What a node is by itself, whatever it is wired to. */
export interface NodeKind {
  readonly type: string;
  readonly given: Config;
  readonly layer: LayerDef;
  readonly config: ConfigOf<ConfigSchema>;
  readonly problems: readonly ConfigProblem[];
  readonly ports: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
}

/** Null for a layer that this version does not have. The kind of last time, where layer and config are those of last time. */
export function kindOf(node: DocumentNode, last: NodeKind | null): NodeKind | null {
  if (last !== null && last.type === node.layer && last.given === node.config) return last;
  const layer = layerOf(node.layer);
  if (layer === undefined) return null;
  const { config, problems } = readConfig(layer.config, node.config);
  const inputs = inputPorts(layer, config);
  const same = last?.layer === layer && sameList(inputs, last.ports.inputs) === last.ports.inputs;
  return {
    type: node.layer,
    given: node.config,
    layer,
    config,
    problems,
    ports: same ? last.ports : { inputs, outputs: layer.outputs },
  };
}

/** What a layer makes of the shapes it is given: all that is known of the node, or what is wrong with them. */
export interface Inference {
  readonly kind: NodeKind;
  readonly inputs: Shapes;
  readonly result: { readonly problems: readonly Problem[] } | Inferred;
}

export interface Inferred {
  readonly outputs: Shapes;
  readonly params: Readonly<Record<string, Param>>;
  readonly buffers: Readonly<Record<string, Buffer>>;
  /** Numbers in all parameters. */
  readonly size: number;
  /** Multiply-adds for one sample. */
  readonly macs: number;
}

const count = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** The inference of last time for the same kind and inputs; shapes that come out as they were keep their identity. */
export function infer(kind: NodeKind, given: Shapes, last: Inference | null): Inference {
  const inputs = last !== null && sameFields(last.inputs, given) ? last.inputs : given;
  if (last?.kind === kind && last.inputs === inputs) return last;
  const { layer, config } = kind;
  const inferred = layer.infer(inputs, config);
  if ('problems' in inferred) return { kind, inputs, result: inferred };
  const before = last !== null && 'outputs' in last.result ? last.result.outputs : {};
  const outputs = sameValue(inferred.outputs, before) ? before : inferred.outputs;
  const params = layer.params?.(inputs, config) ?? {};
  let size = 0;
  for (const param of Object.values(params)) size += count(param.shape);
  const buffers = layer.buffers?.(inputs, config) ?? {};
  const macs = layer.macs?.(inputs, outputs, config) ?? 0;
  return { kind, inputs, result: { outputs, params, buffers, size, macs } };
}

import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { type ConfigOf, type ConfigSchema, readConfig } from '../layers/config.ts';
import { inputPorts, type LayerDef, type Shape } from '../layers/layer.ts';
import type { Offer } from '../layers/presets.ts';
import type { Text } from '../text.ts';
import { nodeText } from './drawing.ts';
import { layerIn } from './faces.ts';

/** What would come into a port: a shape, when it is known, and the name of what gives it. */
export interface Given {
  readonly shape: Shape | undefined;
  readonly from: string;
}

export interface Outcome {
  /** Null when some input is unknown, too, or the config is wrong. */
  readonly outputs: Readonly<Record<string, Shape>> | null;
  /** The sum that fails. */
  readonly reason: Text | null;
  /** The same, with other names for what gives the inputs; null where nothing fails. */
  readonly told: ((from: (port: string) => string) => Text) | null;
}

const unknown: Outcome = { outputs: null, reason: null, told: null };

function run(
  self: Text,
  layer: LayerDef,
  config: ConfigOf<ConfigSchema>,
  given: (port: string) => Given | undefined,
): Outcome {
  const inputs: Record<string, Shape> = {};
  for (const port of inputPorts(layer, config)) {
    const shape = given(port)?.shape;
    if (shape === undefined) return unknown;
    inputs[port] = shape;
  }
  const inferred = layer.infer(inputs, config);
  if ('outputs' in inferred) return { outputs: inferred.outputs, reason: null, told: null };
  const [problem] = inferred.problems;
  if (problem === undefined) return unknown;
  const told = (from: (port: string) => string): Text => problem.message({ self, from });
  return { outputs: null, reason: told((port) => given(port)?.from ?? port), told };
}

/** What a node's shape rule would say to other inputs than its own. */
export function tryNode(
  doc: Pick<NetworkDocument, 'blocks'>,
  node: DocumentNode,
  given: (port: string) => Given | undefined,
): Outcome {
  const layer = layerIn(doc, node.layer);
  if (layer === undefined) return unknown;
  const { config, problems } = readConfig(layer.config, node.config);
  return problems.length > 0 ? unknown : run(nodeText(node, layer), layer, config, given);
}

/** What an offer as it would be added says to one input, given to all of its ports. */
export function tryOffer({ layer, title, config }: Offer, given: Given): Outcome {
  const read = readConfig(layer.config, config(given.shape));
  return run(title, layer, read.config, () => given);
}

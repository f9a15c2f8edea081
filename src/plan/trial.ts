import { nodeText } from '../check/drawing.ts';
import { layerIn } from '../check/faces.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { type ConfigOf, type ConfigSchema, readConfig } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import { inputPorts, type LayerDef, type LayerFix, type NewLayer, type Shape } from '../layers/layer.ts';
import type { Offer } from '../layers/presets.ts';
import type { Text } from '../text.ts';

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
  /** Repairs that the layer itself proposes for the sum that fails. */
  readonly fixes: readonly LayerFix[];
}

const unknown: Outcome = { outputs: null, reason: null, told: null, fixes: [] };

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
  if ('outputs' in inferred) return { ...unknown, outputs: inferred.outputs };
  const [problem] = inferred.problems;
  if (problem === undefined) return unknown;
  const told = (from: (port: string) => string): Text => problem.message({ self, from });
  return { outputs: null, reason: told((port) => given(port)?.from ?? port), told, fixes: problem.fixes };
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

/** A trial together with layers that are put before it. */
export interface Joined extends Outcome {
  readonly needs: readonly NewLayer[];
  /** The shape that reaches it, behind those. */
  readonly x: Shape | undefined;
}

/** The shape that leaves a row of layers; undefined where one of them does not take what it is given. */
function through(row: readonly NewLayer[], given: Given): Shape | undefined {
  return row.reduce<Shape | undefined>((shape, { layer: type, config }) => {
    const layer = layerOf(type);
    if (shape === undefined || layer === undefined) return undefined;
    const read = readConfig(layer.config, config).config;
    const { outputs } = run(layer.title, layer, read, () => ({ ...given, shape }));
    return outputs?.[layer.outputs[0] ?? ''];
  }, given.shape);
}

/**
 * Tries what has one input. Where it refuses, it is tried again behind the layers that its own shape rule proposes: Linear
 * behind an image needs a Flatten.
 */
export function tryJoined(attempt: (given: Given) => Outcome, given: Given): Joined {
  const alone = { ...attempt(given), needs: [], x: given.shape };
  const asked = alone.fixes.find((fix) => fix.kind === 'insertBefore');
  if (asked === undefined) return alone;
  const needs: readonly NewLayer[] = [{ layer: asked.layer, config: asked.config }, ...(asked.behind ?? [])];
  const x = through(needs, given);
  const joined = attempt({ ...given, shape: x });
  return joined.outputs === null ? alone : { ...joined, needs, x };
}

/** The same of an offer; one of several inputs stands alone. */
export const tryOfferJoined = (offer: Offer, given: Given): Joined =>
  offer.layer.inputs.length === 1
    ? tryJoined((x) => tryOffer(offer, x), given)
    : { ...tryOffer(offer, given), needs: [], x: given.shape };

import { nodeText } from '../check/drawing.ts';
import { layerIn } from '../check/faces.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { type ConfigOf, type ConfigSchema, readConfig } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import { inputPorts, type LayerDef, type LayerFix, type NewLayer, type Shape } from '../layers/layer.ts';
import type { Offer } from '../layers/presets.ts';
import type { Text } from '../text.ts';

/** Trial input of a port: the shape, if known, and the name of its source. */
export interface TrialInput {
  readonly shape: Shape | undefined;
  readonly from: string;
}

export interface Outcome {
  /** Null if it does not fit, an input is unknown or the config has an error. */
  readonly outputs: Readonly<Record<string, Shape>> | null;
  /** Reason why it does not fit; null if it fits. */
  readonly reason: Text | null;
  /** The same with other names of the sources; null if it fits. */
  readonly explain: ((from: (port: string) => string) => Text) | null;
  /** Fixes that the layer proposes. */
  readonly fixes: readonly LayerFix[];
}

const unknown: Outcome = { outputs: null, reason: null, explain: null, fixes: [] };

function run(
  self: Text,
  layer: LayerDef,
  config: ConfigOf<ConfigSchema>,
  given: (port: string) => TrialInput | undefined,
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
  const explain = (from: (port: string) => string): Text => problem.message({ self, from });
  return { outputs: null, reason: explain((port) => given(port)?.from ?? port), explain, fixes: problem.fixes };
}

/** Result of a node's shape rule for other inputs. */
export function tryNode(
  doc: Pick<NetworkDocument, 'blocks' | 'operators'>,
  node: DocumentNode,
  given: (port: string) => TrialInput | undefined,
): Outcome {
  const layer = layerIn(doc, node.layer);
  if (layer === undefined) return unknown;
  const { config, problems } = readConfig(layer.config, node.config);
  return problems.length > 0 ? unknown : run(nodeText(node, layer), layer, config, given);
}

/** Result of the shape rule of a palette entry for one input, given to all of its ports. */
export function tryOffer({ layer, title, config }: Offer, given: TrialInput): Outcome {
  const read = readConfig(layer.config, config(given.shape));
  return run(title, layer, read.config, () => given);
}

/** Result of a trial with layers inserted before. */
export interface JoinedOutcome extends Outcome {
  readonly needs: readonly NewLayer[];
  /** Input shape after the inserted layers. */
  readonly x: Shape | undefined;
}

/** Output shape of a sequence of layers; undefined if one of them rejects its input. */
function through(row: readonly NewLayer[], given: TrialInput): Shape | undefined {
  return row.reduce<Shape | undefined>((shape, { layer: type, config }) => {
    const layer = layerOf(type);
    if (shape === undefined || layer === undefined) return undefined;
    const read = readConfig(layer.config, config).config;
    const { outputs } = run(layer.title, layer, read, () => ({ ...given, shape }));
    return outputs?.[layer.outputs[0] ?? ''];
  }, given.shape);
}

/**
 * Tries a layer with one input. If it does not fit, tries again with the layers that its shape rule proposes: Linear after
 * an image needs a Flatten.
 */
export function tryJoined(attempt: (given: TrialInput) => Outcome, given: TrialInput): JoinedOutcome {
  const alone = { ...attempt(given), needs: [], x: given.shape };
  const asked = alone.fixes.find((fix) => fix.kind === 'insertBefore');
  if (asked === undefined) return alone;
  const needs: readonly NewLayer[] = [{ layer: asked.layer, config: asked.config }, ...(asked.behind ?? [])];
  const x = through(needs, given);
  const joined = attempt({ ...given, shape: x });
  return joined.outputs === null ? alone : { ...joined, needs, x };
}

/** The same for a palette entry; entries with several inputs are tried without inserted layers. */
export const tryOfferJoined = (offer: Offer, given: TrialInput): JoinedOutcome =>
  offer.layer.inputs.length === 1
    ? tryJoined((x) => tryOffer(offer, x), given)
    : { ...tryOffer(offer, given), needs: [], x: given.shape };

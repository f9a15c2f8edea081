import { layerIn } from '../check/faces.ts';
import type { Config, DocumentNode, NetworkDocument } from '../graph/document.ts';
import type { Edit, PortNames } from '../graph/edits.ts';
import { freshName } from '../graph/freshName.ts';
import { readConfig } from '../layers/config.ts';
import { inputPorts, type LayerDef, type Shape } from '../layers/layer.ts';
import type { Offer } from '../layers/presets.ts';
import { portsOf } from './connection.ts';

/** True for a generated name: the stem of the layer, with or without a number. */
const isAutomatic = (doc: NetworkDocument, node: DocumentNode): boolean => {
  const stem = layerIn(doc, node.layer)?.stem ?? node.layer;
  return node.name.startsWith(stem) && /^\d*$/.test(node.name.slice(stem.length));
};

function renamed(doc: NetworkDocument, node: DocumentNode, layer: LayerDef): string {
  if (!isAutomatic(doc, node) || layerIn(doc, node.layer)?.stem === layer.stem) return node.name;
  const others = new Set(doc.nodes.filter(({ id }) => id !== node.id).map(({ name }) => name));
  return freshName(layer.stem === layer.type ? layer.stem : `${layer.stem}1`, others);
}

/** Config of the new layer: allowed values of the old one under the same keys, then the config of the palette entry. */
function carriedOver(config: Config, { layer, config: own }: Offer, x: Shape | undefined): Config {
  return readConfig(layer.config, { ...readConfig(layer.config, config).config, ...own(x) }).config;
}

/** Mapping of old to new ports: by name, else by position. */
function renamedPorts(before: readonly string[], after: readonly string[]): PortNames {
  const free = after.filter((port) => !before.includes(port));
  return Object.fromEntries(
    before.flatMap((port) => {
      const now = after.includes(port) ? port : free.shift();
      return now === undefined ? [] : [[port, now]];
    }),
  );
}

/**
 * Replaces a node with another layer. Edges stay at ports that the new layer has; a generated name is replaced, a name
 * chosen by the user stays. `x` is the input shape, if known.
 */
export function replacement(
  doc: NetworkDocument,
  node: DocumentNode,
  offer: Offer,
  x?: Shape,
): Edit & { kind: 'replaceNode' } {
  const { layer } = offer;
  const config = carriedOver(node.config, offer, x);
  const { frozen, repeat, ...rest } = node;
  const before = portsOf(doc, node);
  return {
    kind: 'replaceNode',
    node: {
      ...rest,
      layer: layer.type,
      name: renamed(doc, node, layer),
      config,
      ...(repeat !== undefined && layer.category === 'blocks' && { repeat }),
      // A layer without parameters cannot be frozen.
      ...(frozen !== undefined && layer.params !== undefined && { frozen }),
    },
    ports: {
      inputs: renamedPorts(before.inputs, inputPorts(layer, readConfig(layer.config, config).config)),
      outputs: renamedPorts(before.outputs, layer.outputs),
    },
  };
}

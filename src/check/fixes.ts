import type { Fix } from '../graph/diagnostic.ts';
import type { Config, ConfigValue, DocumentNode, NetworkDocument } from '../graph/document.ts';
import { type Edit, freshName } from '../graph/edits.ts';
import { defaultConfig, type Field, type Pair, shortPair } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import type { LayerDef, LayerFix } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import type { Wiring } from './order.ts';

/** A value as the inspector would show it. */
export function valueText(field: Field | undefined, value: ConfigValue): Text {
  if (field?.kind === 'choice') {
    const option = field.options.find((candidate) => candidate.value === value);
    if (option !== undefined) return option.label;
  }
  if (Array.isArray(value)) {
    if (field?.kind === 'numbers') return listText(value);
    const words = value.length === 2 ? shortPair(value as unknown as Pair) : value.join('×');
    return { en: words, zh: words };
  }
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return { en: words, zh: words };
}

const listText = (values: readonly ConfigValue[]): Text =>
  values.length === 0 ? { en: 'none', zh: '空' } : { en: values.join(', '), zh: values.join('、') };

export function setConfigFix(node: DocumentNode, layer: LayerDef, key: string, value: ConfigValue): Fix {
  const field = layer.config[key];
  const label = field?.label ?? { en: key, zh: key };
  const words = valueText(field, value);
  return {
    title: {
      en: `Set ${label.en.toLowerCase()} of '${node.name}' to ${words.en}`,
      zh: `把“${node.name}”的${label.zh}设为 ${words.zh}`,
    },
    edits: [{ kind: 'setConfig', node: node.id, key, value }],
  };
}

/** A new node of that layer, with an id and a name that are still free. */
export function newNode(
  doc: NetworkDocument,
  layer: LayerDef,
  position: { readonly x: number; readonly y: number },
  config: Config = {},
): DocumentNode {
  const numbered = layer.stem === layer.type ? layer.stem : `${layer.stem}1`;
  const name = freshName(numbered, new Set(doc.nodes.map((node) => node.name)));
  return {
    id: freshName(name, new Set(doc.nodes.map((node) => node.id))),
    layer: layer.type,
    name,
    config: { ...defaultConfig(layer.config), ...config },
    position,
  };
}

/** Puts a new layer on the wire into `port` of `node`. */
function insertFix(doc: NetworkDocument, wiring: Wiring, node: DocumentNode, fix: LayerFix & { kind: 'insertBefore' }) {
  const edge = wiring.into.get(node.id)?.get(fix.port);
  const source = doc.nodes.find(({ id }) => id === edge?.from.node);
  const layer = layerOf(fix.layer);
  if (edge === undefined || source === undefined || layer === undefined) return null;
  const middle = {
    x: (source.position.x + node.position.x) / 2,
    y: (source.position.y + node.position.y) / 2,
  };
  const inserted = newNode(doc, layer, middle, fix.config);
  return {
    title: {
      en: `Insert ${layer.title.en} between '${source.name}' and '${node.name}'`,
      zh: `在“${source.name}”与“${node.name}”之间插入${layer.title.zh}`,
    },
    edits: [
      { kind: 'insertNode', node: inserted, edge: edge.id, input: layer.inputs[0], output: layer.outputs[0] },
    ] satisfies Edit[],
  };
}

/** Up the wire from a port to the layer whose config decides the number of features there. */
function featuresFix(
  doc: NetworkDocument,
  wiring: Wiring,
  node: DocumentNode,
  fix: LayerFix & { kind: 'setFeatures' },
) {
  let at = wiring.into.get(node.id)?.get(fix.port)?.from.node;
  while (at !== undefined) {
    const source = doc.nodes.find(({ id }) => id === at);
    const layer = source && layerOf(source.layer);
    if (source === undefined || layer === undefined) return null;
    if (layer.featuresKey !== undefined) return setConfigFix(source, layer, layer.featuresKey, fix.value);
    if (!layer.keepsFeatures) return null;
    at = wiring.into.get(source.id)?.get(layer.inputs[0])?.from.node;
  }
  return null;
}

function removeProducerFix(
  doc: NetworkDocument,
  wiring: Wiring,
  node: DocumentNode,
  fix: LayerFix & { kind: 'removeProducer' },
) {
  const from = wiring.into.get(node.id)?.get(fix.port)?.from.node;
  const source = doc.nodes.find(({ id }) => id === from);
  if (source?.layer !== fix.layer) return null;
  return {
    title: {
      en: `Remove '${source.name}' from in front of '${node.name}'`,
      zh: `去掉“${node.name}”前面的“${source.name}”`,
    },
    edits: [{ kind: 'removeNodes', nodes: [source.id], heal: true }] satisfies Edit[],
  };
}

/** The edits that carry a layer's proposal out, or null where the drawing has no place for it. */
export function toFix(
  doc: NetworkDocument,
  wiring: Wiring,
  node: DocumentNode,
  layer: LayerDef,
  fix: LayerFix,
): Fix | null {
  switch (fix.kind) {
    case 'setConfig':
      return setConfigFix(node, layer, fix.key, fix.value);
    case 'insertBefore':
      return insertFix(doc, wiring, node, fix);
    case 'setFeatures':
      return featuresFix(doc, wiring, node, fix);
    case 'removeProducer':
      return removeProducerFix(doc, wiring, node, fix);
    default:
      return fix satisfies never;
  }
}

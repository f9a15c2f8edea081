import type { Fix } from '../graph/diagnostic.ts';
import type { Config, ConfigValue, DocumentNode, NetworkDocument, Position } from '../graph/document.ts';
import { freshName } from '../graph/edits.ts';
import { defaultConfig, type Field, type Pair, shortPair } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import type { LayerDef, LayerFix } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import { type Drawing, sourceOf, type Taken, takenIn } from './drawing.ts';

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
export const newNode = (doc: NetworkDocument, layer: LayerDef, position: Position, config: Config = {}): DocumentNode =>
  nodeBeside(takenIn(doc), layer, position, config);

export function nodeBeside(taken: Taken, layer: LayerDef, position: Position, config: Config = {}): DocumentNode {
  const numbered = layer.stem === layer.type ? layer.stem : `${layer.stem}1`;
  const name = freshName(numbered, taken.names);
  return {
    id: freshName(name, taken.ids),
    layer: layer.type,
    name,
    config: { ...defaultConfig(layer.config), ...config },
    position,
  };
}

/** Puts a new layer on the wire into `port` of `node`. */
function insertFix(drawing: Drawing, node: DocumentNode, fix: LayerFix & { kind: 'insertBefore' }): Fix | null {
  const edge = drawing.wiring.into.get(node.id)?.get(fix.port);
  const source = sourceOf(drawing, node.id, fix.port);
  const layer = layerOf(fix.layer);
  if (edge === undefined || source === undefined || layer === undefined) return null;
  const middle = {
    x: (source.position.x + node.position.x) / 2,
    y: (source.position.y + node.position.y) / 2,
  };
  const inserted = nodeBeside(drawing.taken(), layer, middle, fix.config);
  return {
    title: {
      en: `Insert ${layer.title.en} between '${source.name}' and '${node.name}'`,
      zh: `在“${source.name}”与“${node.name}”之间插入${layer.title.zh}`,
    },
    edits: [{ kind: 'insertNode', node: inserted, edge: edge.id, input: layer.inputs[0], output: layer.outputs[0] }],
  };
}

/** Up the wire from a port to the layer whose config decides the number of features there. */
function featuresFix(drawing: Drawing, node: DocumentNode, fix: LayerFix & { kind: 'setFeatures' }): Fix | null {
  let source = sourceOf(drawing, node.id, fix.port);
  while (source !== undefined) {
    const layer = layerOf(source.layer);
    if (layer === undefined) return null;
    if (layer.featuresKey !== undefined) return setConfigFix(source, layer, layer.featuresKey, fix.value);
    if (!layer.keepsFeatures) return null;
    source = sourceOf(drawing, source.id, layer.inputs[0] ?? '');
  }
  return null;
}

function removeProducerFix(
  drawing: Drawing,
  node: DocumentNode,
  fix: LayerFix & { kind: 'removeProducer' },
): Fix | null {
  const source = sourceOf(drawing, node.id, fix.port);
  if (source?.layer !== fix.layer) return null;
  return {
    title: {
      en: `Remove '${source.name}' from in front of '${node.name}'`,
      zh: `去掉“${node.name}”前面的“${source.name}”`,
    },
    edits: [{ kind: 'removeNodes', nodes: [source.id], heal: true }],
  };
}

/** The edits that carry a layer's proposal out, or null where the drawing has no place for it. */
export function toFix(drawing: Drawing, node: DocumentNode, layer: LayerDef, fix: LayerFix): Fix | null {
  switch (fix.kind) {
    case 'setConfig':
      return setConfigFix(node, layer, fix.key, fix.value);
    case 'insertBefore':
      return insertFix(drawing, node, fix);
    case 'setFeatures':
      return featuresFix(drawing, node, fix);
    case 'removeProducer':
      return removeProducerFix(drawing, node, fix);
    default:
      return fix satisfies never;
  }
}

import type { Fix } from '../graph/diagnostic.ts';
import type { Config, ConfigValue, DocumentNode, NetworkDocument, Position } from '../graph/document.ts';
import { freshName } from '../graph/freshName.ts';
import { defaultConfig, type Field, invalidValue, type Pair, shortPair } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import type { LayerDef } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import { takenIn, type UsedNames } from './drawing.ts';

/** A value as shown in the inspector. */
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
      en: `Set ${label.en.toLowerCase()} of “${node.name}” to ${words.en}`,
      zh: `将“${node.name}”的${label.zh}设为 ${words.zh}`,
    },
    edits: [{ kind: 'setConfig', node: node.id, key, value }],
  };
}

/** A new node of that layer, with a unique id and name. */
export const newNode = (doc: NetworkDocument, layer: LayerDef, position: Position, config: Config = {}): DocumentNode =>
  nodeBeside(takenIn(doc), layer, position, config);

export function nodeBeside(taken: UsedNames, layer: LayerDef, position: Position, config: Config = {}): DocumentNode {
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

export const removeFix = ({ id, name }: DocumentNode): Fix => ({
  title: { en: `Remove “${name}”`, zh: `删除“${name}”` },
  edits: [{ kind: 'removeNodes', nodes: [id], heal: true }],
});

export const listed = (words: readonly string[], and: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}${and}${words.at(-1)}`;

/** Combines fixes into one. */
export const joined = (fixes: readonly Fix[]): Fix => ({
  title: {
    en: fixes.map(({ title: { en } }, i) => (i === 0 ? en : en.charAt(0).toLowerCase() + en.slice(1))).join('; '),
    zh: fixes.map(({ title: { zh } }) => zh).join('；'),
  },
  edits: fixes.flatMap(({ edits }) => edits),
});

/** Fix that replaces the node with another layer with the same ports. */
export function replaceFix(node: DocumentNode, layer: LayerDef, config: Config = {}): Fix {
  const keys = Object.keys(layer.config);
  const kept = keys.filter((key) => {
    const value = node.config[key];
    const field = layer.config[key];
    return value !== undefined && field !== undefined && invalidValue(field, value) === null;
  });
  const old = layerOf(node.layer);
  const inputs = old?.inputs ?? layer.inputs;
  const outputs = old?.outputs ?? layer.outputs;
  return {
    title: {
      en: `Replace “${node.name}” with ${layer.title.en}`,
      zh: `将“${node.name}”替换为${layer.title.zh}`,
    },
    edits: [
      {
        kind: 'replaceNode',
        node: {
          ...node,
          layer: layer.type,
          config: {
            ...defaultConfig(layer.config),
            ...Object.fromEntries(kept.map((key) => [key, node.config[key] as ConfigValue])),
            ...config,
          },
        },
        ports: { inputs: paired(inputs, layer.inputs), outputs: paired(outputs, layer.outputs) },
      },
    ],
  };
}

const paired = (old: readonly string[], now: readonly string[]): Record<string, string> =>
  Object.fromEntries(old.flatMap((port, i) => (now[i] === undefined ? [] : [[port, now[i]]])));

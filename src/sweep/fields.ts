import { layerIn } from '../check/faces.ts';
import type { ConfigValue, DocumentNode, NetworkDocument } from '../graph/document.ts';
import { defaultClips, defaultEarlyStopping, defaultOptimizers, defaultSchedules } from '../graph/recipe.ts';
import { applies, int, invalidValue, readConfig } from '../layers/config.ts';
import { same, type Text } from '../text.ts';
import { type FieldChange, notAllowed, type SweepField } from './field.ts';
import { dataFieldsOf, recipeFieldsOf, withDataField, withRecipeField } from './recipeFields.ts';

const repeatField = int({ label: { en: 'Repeat', zh: '重复次数' }, default: 1, min: 1, max: 1000 });

/** The hyperparameters of a document: the training settings that apply, then the settings of every node. */
export const sweepFields = (document: NetworkDocument): readonly SweepField[] => [
  ...recipeFieldsOf(document.recipe),
  ...dataFieldsOf(document.data),
  ...document.nodes.flatMap((node) => nodeFields(document, node)),
];

/**
 * Hyperparameters of other kinds of optimizer, schedule or gradient clipping. A sweep may vary them together with the
 * kind.
 */
export const otherFields = ({ recipe }: Pick<NetworkDocument, 'recipe'>): readonly SweepField[] => {
  const present = new Set(recipeFieldsOf(recipe).map(({ id }) => id));
  const others = [
    ...Object.values(defaultOptimizers).map((optimizer) => ({ ...recipe, optimizer })),
    ...Object.values(defaultSchedules).map((schedule) => ({ ...recipe, schedule })),
    ...Object.values(defaultClips).map((clip) => ({ ...recipe, clip })),
    { ...recipe, earlyStopping: defaultEarlyStopping },
  ].flatMap(recipeFieldsOf);
  return [...new Map(others.filter(({ id }) => !present.has(id)).map((field) => [field.id, field])).values()];
};

function nodeFields(document: NetworkDocument, node: DocumentNode): readonly SweepField[] {
  const layer = layerIn(document, node.layer);
  if (layer === undefined) return [];
  const owner = same(node.name);
  const { config } = readConfig(layer.config, node.config);
  const own = Object.entries(layer.config)
    // A list of lists cannot be written on the command line.
    .filter(([, field]) => field.kind !== 'numbers' && applies(field, config))
    .map(([key, field]): SweepField => {
      const id = `${node.name}.${key}`;
      return { id, owner, label: field.label, field, value: config[key] as ConfigValue, logarithmic: false };
    });
  if (layer.category !== 'blocks' || 'repeat' in layer.config) return own;
  const [id, value] = [`${node.name}.repeat`, node.repeat ?? 1];
  return [...own, { id, owner, label: repeatField.label, field: repeatField, value, logarithmic: false }];
}

/** The document with one value changed. Training settings are searched first, so a node named `recipe` is not found. */
export function withField(document: NetworkDocument, id: string, value: ConfigValue): FieldChange {
  const [part, ...path] = id.split('.');
  if (part === 'recipe') return withRecipeField(document, path, value);
  if (part === 'data') return withDataField(document, path, value);
  const at = document.nodes.findIndex(
    ({ name }) => id.startsWith(`${name}.`) && !id.slice(name.length + 1).includes('.'),
  );
  const node = document.nodes[at];
  if (node === undefined) return { problem: unknown(id) };
  const key = id.slice(node.name.length + 1);
  const layer = layerIn(document, node.layer);
  const known = layer !== undefined && Object.hasOwn(layer.config, key) ? layer.config[key] : undefined;
  const field = known ?? (key === 'repeat' && layer?.category === 'blocks' ? repeatField : undefined);
  if (field === undefined) return { problem: unknown(id) };
  const expected = invalidValue(field, value);
  if (expected !== null) return { problem: notAllowed(id, value, expected) };
  const after: DocumentNode =
    field === repeatField
      ? { ...node, repeat: value as number }
      : { ...node, config: { ...node.config, [key]: value } };
  return { document: { ...document, nodes: document.nodes.with(at, after) } };
}

const unknown = (id: string): Text => ({
  en: `There is no setting “${id}”. Give the name of a node and a setting (conv1.outChannels), or a training setting (recipe.optimizer.learningRate).`,
  zh: `没有设置项“${id}”。请给出节点名和设置项（conv1.outChannels），或训练设置（recipe.optimizer.learningRate）。`,
});

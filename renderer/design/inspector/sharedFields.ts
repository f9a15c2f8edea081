import { layerIn } from '../../../src/check/faces.ts';
import { sameValue } from '../../../src/check/sameValue.ts';
import type { ConfigValue, DocumentNode, NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { applies, type Field } from '../../../src/layers/config.ts';

type Blocks = Pick<NetworkDocument, 'blocks' | 'operators'>;

const joined = (words: readonly string[]): string => [...new Set(words)].join(' / ');

/** One field for several layers, with the values that all of them allow; null if their kinds differ. */
function merged(fields: readonly Field[]): Field | null {
  const [first, ...others] = fields;
  if (first === undefined || others.some(({ kind }) => kind !== first.kind)) return null;
  const options = (field: Field) => (field.kind === 'choice' ? field.options.map(({ value }) => value) : null);
  if (others.some((field) => !sameValue(options(field), options(first)))) return null;
  const label = {
    en: joined(fields.map(({ label: { en } }) => en)),
    zh: joined(fields.map(({ label: { zh } }) => zh)),
  };
  if (!('min' in first)) return { ...first, label };
  const ranged = fields.filter((field) => 'min' in field);
  return {
    ...first,
    label,
    min: Math.max(...ranged.map(({ min }) => min)),
    max: Math.min(...ranged.map(({ max }) => max ?? Number.POSITIVE_INFINITY)),
  };
}

/** Fields that all nodes have, by key and kind, and that are enabled for at least one of them. */
export function sharedFields(doc: Blocks, nodes: readonly DocumentNode[]): readonly (readonly [string, Field])[] {
  const schemas = nodes.map((node) => layerIn(doc, node.layer)?.config ?? {});
  return Object.keys(schemas[0] ?? {}).flatMap((key) => {
    const fields = schemas.map((schema) => schema[key]);
    if (fields.some((field) => field === undefined)) return [];
    if (!nodes.some((node, index) => applies(fields[index], valuesOf(node, schemas[index])))) return [];
    const field = nodes.length === 1 ? fields[0] : merged(fields);
    return field === null ? [] : [[key, field] as const];
  });
}

const valuesOf = (node: DocumentNode, schema: Readonly<Record<string, Field>>): Record<string, ConfigValue> => ({
  ...Object.fromEntries(Object.entries(schema).map(([key, field]) => [key, field.default])),
  ...node.config,
});

/** Value of all nodes, with the default for unset values; undefined if they differ. */
export function sharedValue(doc: Blocks, nodes: readonly DocumentNode[], key: string): ConfigValue | undefined {
  const values = nodes.map((node) => node.config[key] ?? layerIn(doc, node.layer)?.config[key]?.default);
  return values.every((value) => sameValue(value, values[0])) ? values[0] : undefined;
}

/** True if a node differs from the default of its layer. */
export const differs = (doc: Blocks, nodes: readonly DocumentNode[], key: string): boolean =>
  nodes.some(
    (node) => key in node.config && !sameValue(node.config[key], layerIn(doc, node.layer)?.config[key]?.default),
  );

export const setAll = (nodes: readonly DocumentNode[], key: string, value: ConfigValue): readonly Edit[] =>
  nodes.map((node) => ({ kind: 'setConfig', node: node.id, key, value }));

/** Edits that reset the keys to the defaults of each node's layer. */
export const resetAll = (doc: Blocks, nodes: readonly DocumentNode[], keys: readonly string[]): readonly Edit[] =>
  nodes.flatMap((node) =>
    keys.flatMap((key): Edit[] => {
      const field = layerIn(doc, node.layer)?.config[key];
      return field === undefined ? [] : [{ kind: 'setConfig', node: node.id, key, value: field.default }];
    }),
  );

import { layerIn } from '../check/faces.ts';
import { sameValue } from '../check/sameValue.ts';
import type {
  BlockBody,
  BlockDefinition,
  ConfigValue,
  DocumentNode,
  ExposedSetting,
  NetworkDocument,
} from '../graph/document.ts';
import { freshName } from '../graph/freshName.ts';
import { applies, type Field, readConfig } from '../layers/config.ts';
import type { LayerDef } from '../layers/layer.ts';
import type { Text } from '../text.ts';

type End = Pick<ExposedSetting, 'node' | 'field'>;

/** A setting of one node inside, or a common one of several nodes, which are then set together. */
export interface Exposable {
  /** Id made of nodes and setting: `conv1.kernelSize`. */
  readonly id: string;
  readonly ends: readonly [End, ...End[]];
  readonly nodes: readonly DocumentNode[];
  readonly layer: LayerDef;
  readonly field: Field;
  readonly value: ConfigValue;
  readonly label: Text;
  /** True for settings that are usually exposed. */
  readonly usual: boolean;
}

export interface ExposableGroup {
  /** Null for the common settings of several nodes. */
  readonly node: DocumentNode | null;
  readonly fields: readonly Exposable[];
}

/** Settings that are usually exposed, besides the number of features. */
const usualFields: readonly string[] = ['kernelSize', 'stride', 'padding'];

const isUsual = (layer: LayerDef, field: string): boolean => field === layer.featuresKey || usualFields.includes(field);

const rank = ({ layer, ends: [{ field }], field: { advanced } }: Exposable): number => {
  if (field === layer.featuresKey) return 0;
  if (usualFields.includes(field)) return 1 + usualFields.indexOf(field);
  return advanced ? 9 : 8;
};

const byRank = (fields: readonly Exposable[]): readonly Exposable[] => [...fields].sort((a, b) => rank(a) - rank(b));

/** All settings of these nodes that a block made of them could expose, common ones first. */
export function exposableFields(
  doc: Pick<NetworkDocument, 'blocks' | 'operators'>,
  nodes: readonly DocumentNode[],
): readonly ExposableGroup[] {
  const groups = nodes.map((node) => ({ node, fields: byRank(fieldsOf(doc, node)) }));
  const common = byRank(inCommon(groups.flatMap(({ fields }) => fields)));
  const single = groups.filter(({ fields }) => fields.length > 0);
  return common.length > 0 ? [{ node: null, fields: common }, ...single] : single;
}

function fieldsOf(doc: Pick<NetworkDocument, 'blocks' | 'operators'>, node: DocumentNode): readonly Exposable[] {
  const layer = layerIn(doc, node.layer);
  if (layer === undefined) return [];
  const { config } = readConfig(layer.config, node.config);
  return Object.entries(layer.config)
    .filter(([, field]) => applies(field, config))
    .map(([key, field]) => ({
      id: `${node.id}.${key}`,
      ends: [{ node: node.id, field: key }],
      nodes: [node],
      layer,
      field,
      value: config[key] as ConfigValue,
      label: field.label,
      usual: isUsual(layer, key),
    }));
}

/** Settings of the same name and kind with equal values in several nodes. */
function inCommon(fields: readonly Exposable[]): readonly Exposable[] {
  const sets: Exposable[][] = [];
  for (const each of fields.filter(({ field }) => !field.advanced)) {
    const set = sets.find(([first]) => first !== undefined && canShare(first, each));
    if (set === undefined) sets.push([each]);
    else set.push(each);
  }
  return sets.flatMap((set): Exposable[] => {
    const [first, ...more] = set;
    if (first === undefined || more.length === 0) return [];
    const [end] = first.ends;
    return [
      {
        ...first,
        id: set.map(({ id }) => id).join(' '),
        ends: [end, ...more.map(({ ends: [other] }) => other)],
        nodes: set.flatMap(({ nodes }) => nodes),
        usual: first.usual && set.every(({ usual }) => usual),
      },
    ];
  });
}

const canShare = (a: Exposable, b: Exposable): boolean =>
  a.ends[0].field === b.ends[0].field &&
  a.layer.type === b.layer.type &&
  a.field.kind === b.field.kind &&
  sameValue(a.value, b.value);

/** A setting chosen to be exposed, with the user's label. */
export interface ChosenSetting {
  readonly ends: readonly End[];
  readonly label: string;
  /** Existing key of a setting that is already exposed; instances keep their values under it. */
  readonly key?: string;
}

/** The `exposed` part of a definition for the chosen settings. */
export function exposedOf(chosen: readonly ChosenSetting[]): BlockDefinition['exposed'] {
  const taken = new Set(chosen.flatMap(({ key }) => key ?? []));
  return chosen.flatMap(({ ends, label, key: before }) => {
    const key = before ?? freshName(ends[0]?.field ?? 'field', taken);
    taken.add(key);
    return ends.map(({ node, field }) => ({ key, label, node, field }));
  });
}

/** The exposed settings of a definition, one entry per setting of the block. */
export function chosenIn({ exposed }: Pick<BlockBody, 'exposed'>): readonly ChosenSetting[] {
  const keys = [...new Set(exposed.map(({ key }) => key))];
  return keys.map((key) => {
    const same = exposed.filter((each) => each.key === key);
    return { key, label: same[0]?.label ?? key, ends: same.map(({ node, field }) => ({ node, field })) };
  });
}

import { layerIn } from '../../../src/check/faces.ts';
import { blockOf } from '../../../src/graph/blockEdits.ts';
import type { BlockDefinition, DocumentNode, NetworkDocument } from '../../../src/graph/document.ts';
import { freshName } from '../../../src/graph/freshName.ts';
import {
  type ChosenSetting,
  chosenIn,
  type Exposable,
  type ExposableGroup,
  exposableFields,
} from '../../../src/plan/exposable.ts';
import type { Language } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import type { BlockTask } from './blockDialogStore.ts';

/** A selected field: the field, its label, and the key if the block shows it already. */
export interface TickedField {
  readonly label: string;
  readonly key?: string;
}

/** Initial values of the form. */
export interface BlockForm {
  readonly title: string;
  /** Nodes inside the block. */
  readonly nodes: readonly DocumentNode[];
  readonly groups: readonly ExposableGroup[];
  /** Selected fields by id. */
  readonly ticked: ReadonlyMap<string, TickedField>;
  /** The edited block; null for a new one. */
  readonly block: BlockDefinition | null;
}

const idOf = (ends: ChosenSetting['ends']): string => ends.map(({ node, field }) => `${node}.${field}`).join(' ');

/** A field shown by the block for a set of nodes other than those that share it now. */
function shownOnly(groups: readonly ExposableGroup[], ends: ChosenSetting['ends']): Exposable | null {
  const singles = groups.filter(({ node }) => node !== null).flatMap(({ fields }) => fields);
  const parts = ends.flatMap(({ node, field }) => singles.find(({ id }) => id === `${node}.${field}`) ?? []);
  const [first] = parts;
  if (first === undefined || parts.length !== ends.length) return null;
  const [end, ...more] = parts.map((part) => part.ends[0]);
  if (end === undefined) return null;
  return { ...first, id: idOf(ends), ends: [end, ...more], nodes: parts.flatMap(({ nodes }) => nodes) };
}

function editForm(doc: NetworkDocument, block: BlockDefinition): BlockForm {
  const found = exposableFields(doc, block.nodes);
  const known = new Set(found.flatMap(({ fields }) => fields.map(({ id }) => id)));
  const chosen = chosenIn(block);
  const others = chosen.flatMap(({ ends }) => (known.has(idOf(ends)) ? [] : (shownOnly(found, ends) ?? [])));
  const [first, ...rest] = found;
  const common = first?.node === null ? first.fields : [];
  const groups =
    others.length === 0
      ? found
      : [{ node: null, fields: [...others, ...common] }, ...(first?.node === null ? rest : found)];
  const ticked = new Map(chosen.map(({ ends, label, key }) => [idOf(ends), { label, ...(key && { key }) }]));
  return { title: block.title, nodes: block.nodes, groups, ticked, block };
}

/** The form for a new block or a block of the document; null if that no longer exists. */
export function formFor(doc: NetworkDocument, task: BlockTask, language: Language): BlockForm | null {
  if (task.kind === 'rename') return null;
  if (task.kind === 'edit') {
    const block = blockOf(doc, task.block);
    return block === undefined ? null : editForm(doc, block);
  }
  const nodes = doc.nodes.filter(({ id }) => task.nodes.includes(id));
  const [only] = nodes;
  const kind = nodes.length === 1 && only !== undefined ? layerIn(doc, only.layer)?.title[language] : undefined;
  const title = freshName(kind ?? textOf('block.newTitle')[language], new Set(doc.blocks.map((block) => block.title)));
  return { title, nodes, groups: exposableFields(doc, nodes), ticked: new Map(), block: null };
}

/** The selected fields after one is selected or cleared. Other fields that set the same value are cleared. */
export function tick(
  groups: readonly ExposableGroup[],
  ticked: ReadonlyMap<string, TickedField>,
  field: Exposable,
  label: string | null,
): ReadonlyMap<string, TickedField> {
  const next = new Map(ticked);
  next.delete(field.id);
  if (label === null) return next;
  const ends = new Set(field.ends.map(({ node, field: key }) => `${node}.${key}`));
  for (const { fields } of groups) {
    for (const other of fields) {
      if (other.ends.some(({ node, field: key }) => ends.has(`${node}.${key}`))) next.delete(other.id);
    }
  }
  return next.set(field.id, { ...ticked.get(field.id), label });
}

/** The selected fields in the order of the form. */
export const chosenOf = (
  groups: readonly ExposableGroup[],
  ticked: ReadonlyMap<string, TickedField>,
): readonly (ChosenSetting & { readonly field: Exposable })[] =>
  groups.flatMap(({ fields }) =>
    fields.flatMap((field) => {
      const given = ticked.get(field.id);
      if (given === undefined) return [];
      const label = given.label.trim();
      return [{ ...given, label: label === '' ? field.label.en : label, ends: field.ends, field }];
    }),
  );

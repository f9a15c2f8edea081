import { type BlockDefinition, blockIdOf, type ExposedSetting, type NetworkDocument } from './document.ts';
import type { Edit } from './edits.ts';
import { freshName } from './freshName.ts';

type Fields = BlockDefinition['exposed'];

interface Through {
  readonly exposed: Fields;
  /** A block made inside, which also has to expose the settings exposed through it. */
  readonly inner: BlockDefinition | null;
}

/**
 * The exposed settings of a block after edits inside have moved nodes into or out of inner blocks: the same settings,
 * through the blocks that now surround the nodes. Also returns these inner blocks, which expose them as well.
 */
export function exposedAfter(
  exposed: Fields,
  inside: NetworkDocument,
  edits: readonly Edit[],
  apply: (doc: NetworkDocument, edits: readonly Edit[]) => NetworkDocument,
): { readonly exposed: Fields; readonly inner: readonly BlockDefinition[] } {
  if (!edits.some(({ kind }) => kind === 'makeBlock' || kind === 'dissolveBlock')) return { exposed, inner: [] };
  const inner: BlockDefinition[] = [];
  let shown = exposed;
  let doc = inside;
  for (const edit of edits) {
    const after = apply(doc, [edit]);
    if (after === doc) continue;
    const through = exposedThrough(shown, doc, edit);
    shown = through.exposed;
    if (through.inner !== null) inner.push(through.inner);
    doc = after;
  }
  return { exposed: shown, inner };
}

function exposedThrough(exposed: Fields, doc: NetworkDocument, edit: Edit): Through {
  if (edit.kind === 'makeBlock') return throughMade(exposed, edit);
  if (edit.kind !== 'dissolveBlock') return { exposed, inner: null };
  const node = doc.nodes.find(({ id }) => id === edit.node);
  const dissolved = doc.blocks.find(({ id }) => id === blockIdOf(node?.layer ?? ''));
  const laidOpen = exposed.flatMap((shown): readonly ExposedSetting[] => {
    if (shown.node !== edit.node) return [shown];
    const inside = dissolved?.exposed.filter(({ key }) => key === shown.field) ?? [];
    return inside.flatMap(({ node: inner, field }) => {
      const name = dissolved?.nodes.find(({ id }) => id === inner)?.name;
      const copies = edit.body.nodes.filter(({ id }) => edit.paths[id]?.split('/').at(-1) === name);
      return copies.map(({ id }) => ({ ...shown, node: id, field }));
    });
  });
  return { exposed: laidOpen, inner: null };
}

function throughMade(exposed: Fields, { block, node }: Edit & { kind: 'makeBlock' }): Through {
  const inside = new Set(block.nodes.map(({ id }) => id));
  const taken = new Set(block.exposed.map(({ key }) => key));
  /** Key on the inner block for each setting of the outer block. */
  const keys = new Map<string, string>();
  const added: ExposedSetting[] = [];
  const through = exposed.map((shown): ExposedSetting => {
    if (!inside.has(shown.node)) return shown;
    const known = block.exposed.find((own) => own.node === shown.node && own.field === shown.field)?.key;
    const field = known ?? keys.get(shown.key) ?? freshName(shown.field, taken);
    taken.add(field);
    keys.set(shown.key, field);
    if (known === undefined) added.push({ ...shown, key: field });
    return { ...shown, node: node.id, field };
  });
  if (keys.size === 0) return { exposed, inner: null };
  const once = new Map(through.map((shown) => [`${shown.key} ${shown.node} ${shown.field}`, shown]));
  return { exposed: [...once.values()], inner: { ...block, exposed: [...block.exposed, ...added] } };
}

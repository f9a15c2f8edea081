import type { CheckedNode } from '../check/checkedGraph.ts';
import { takenIn } from '../check/drawing.ts';
import { nodeBeside, replaceFix } from '../check/fixes.ts';
import type { Config, ConfigValue, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { layerOf } from '../layers/index.ts';
import type { Finding, Repair } from './finding.ts';

/** Change of one layer by a fix, named by its id. Layers inside blocks are left to the user. */
export type LayerRepair =
  | { readonly kind: 'set'; readonly node: string; readonly key: string; readonly value: ConfigValue }
  | { readonly kind: 'become'; readonly node: string; readonly layer: string; readonly config?: Config }
  /** Inserts layers on the edge into the first input of the node, or on all edges from its first output. */
  | {
      readonly kind: 'before' | 'behind';
      readonly node: string;
      readonly layers: readonly { readonly layer: string; readonly config?: Config }[];
    };

/** Edits of a fix for the current document; empty if there is nothing left to change. */
export function repairEdits(document: NetworkDocument, { recipe, layers = [] }: Repair): readonly Edit[] {
  const edits: Edit[] = [];
  let now = document;
  for (const repair of layers) {
    const more = layerEdits(now, repair);
    edits.push(...more);
    now = applyEdits(now, more);
  }
  const changed = recipe?.(document.recipe) ?? document.recipe;
  if (JSON.stringify(changed) !== JSON.stringify(document.recipe)) edits.push({ kind: 'setRecipe', recipe: changed });
  return edits;
}

function layerEdits(document: NetworkDocument, repair: LayerRepair): readonly Edit[] {
  const node = document.nodes.find(({ id }) => id === repair.node);
  if (node === undefined) return [];
  if (repair.kind === 'set') {
    const { key, value } = repair;
    const same = JSON.stringify(node.config[key]) === JSON.stringify(value);
    return same ? [] : [{ kind: 'setConfig', node: node.id, key, value }];
  }
  if (repair.kind === 'become') {
    const layer = layerOf(repair.layer);
    return layer === undefined || node.layer === repair.layer ? [] : replaceFix(node, layer, repair.config).edits;
  }
  return insertions(document, repair);
}

/** Edits that insert layers in sequence on one edge. */
function insertions(document: NetworkDocument, repair: LayerRepair & { kind: 'before' | 'behind' }): readonly Edit[] {
  const edges = document.edges.filter(({ from, to }) =>
    repair.kind === 'before' ? to.node === repair.node : from.node === repair.node,
  );
  // Where edges branch or merge, separate layers on each would not be equivalent.
  const [edge] = edges;
  if (edge === undefined || edges.length > 1) return [];
  const ends = [edge.from.node, edge.to.node].map((end) => document.nodes.find(({ id }) => id === end)?.position);
  const [above, below] = ends;
  if (above === undefined || below === undefined) return [];
  const edits: Edit[] = [];
  let now = document;
  let into = edge.id;
  repair.layers.forEach(({ layer: type, config }, i) => {
    const layer = layerOf(type);
    if (layer === undefined) return;
    const share = (i + 1) / (repair.layers.length + 1);
    const position = { x: above.x + share * (below.x - above.x), y: above.y + share * (below.y - above.y) };
    const node = nodeBeside(takenIn(now), layer, position, config);
    const edit: Edit = {
      kind: 'insertNode',
      node,
      edge: into,
      input: layer.inputs[0] ?? '',
      output: layer.outputs[0] ?? '',
    };
    edits.push(edit);
    now = applyEdits(now, [edit]);
    into = now.edges.find(({ from }) => from.node === node.id)?.id ?? '';
  });
  return edits;
}

/** Fixes of a finding that still change something, or train from scratch. */
export const openFixes = (document: NetworkDocument, { fixes }: Finding): readonly Repair[] =>
  fixes.filter((fix) => fix.again || repairEdits(document, fix).length > 0);

/** True for layers outside blocks, which a fix can change. */
export const isTopLevel = ({ node }: CheckedNode): boolean => !node.id.includes('/');

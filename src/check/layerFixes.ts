import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, Edge } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import type { Edit } from '../graph/edits.ts';
import { layerOf } from '../layers/index.ts';
import type { LayerDef, LayerFix, NewLayer } from '../layers/layer.ts';
import { type Drawing, sourceOf, type UsedNames } from './drawing.ts';
import { layerIn } from './faces.ts';
import { fitSizeFix } from './fitSize.ts';
import { joined, listed, nodeBeside, removeFix, replaceFix, setConfigFix } from './fixes.ts';
import { flattenLater } from './flattenLater.ts';
import { leadingTo } from './order.ts';

/** Converts a fix proposed by a layer to edits; null if the drawing has no place for it. */
export function toFix(drawing: Drawing, node: DocumentNode, layer: LayerDef, fix: LayerFix): Fix | null {
  switch (fix.kind) {
    case 'setConfig':
      return setConfigFix(node, layer, fix.key, fix.value);
    case 'insertBefore':
      return insertFix(drawing, node, fix.port, [fix, ...(fix.behind ?? [])]);
    case 'remove':
      return removeFix(node);
    case 'become': {
      const other = layerOf(fix.layer);
      return other === undefined ? null : replaceFix(node, other, fix.config);
    }
    case 'setFeatures':
      return featuresFix(drawing, node, fix);
    case 'removeProducer':
      return removeProducerFix(drawing, node, fix);
    case 'flattenLater':
      return flattenLater(drawing, node, fix.port);
    case 'setProducer': {
      const source = sourceOf(drawing, node.id, fix.port);
      const producing = source && layerIn(drawing.doc, source.layer);
      return source === undefined || producing === undefined
        ? null
        : setConfigFix(source, producing, fix.key, fix.value);
    }
    case 'fitSize':
      return fitSizeFix(drawing, node, fix);
    case 'all': {
      const fixes = fix.fixes.map((each) => toFix(drawing, node, layer, each));
      return fixes.every((each) => each !== null) ? joined(fixes) : null;
    }
    default:
      return fix satisfies never;
  }
}

/**
 * Fixes in the order of an expert: of the two branches of a merge, the shortcut gets another layer, that is, the branch
 * whose source also feeds the other one.
 */
export function inOrder(drawing: Drawing, node: DocumentNode, fixes: readonly LayerFix[]): readonly LayerFix[] {
  const inserting = fixes.filter((fix) => fix.kind === 'insertBefore');
  if (inserting.length < 2 || inserting.some(({ layer }) => layer !== inserting[0]?.layer)) return fixes;
  const sources = inserting.map(({ port }) => sourceOf(drawing, node.id, port)?.id);
  const isShortcut = (fix: LayerFix): boolean => {
    if (fix.kind !== 'insertBefore') return false;
    const own = sourceOf(drawing, node.id, fix.port)?.id;
    const others = sources.filter((id) => id !== undefined && id !== own) as string[];
    return own !== undefined && others.length > 0 && leadingTo(others, drawing.wiring.into).has(own);
  };
  const shortcut = inserting.find(isShortcut);
  if (shortcut === undefined) return fixes;
  const ordered = [shortcut, ...inserting.filter((fix) => fix !== shortcut)];
  return fixes.map((fix) => (fix.kind === 'insertBefore' ? (ordered.shift() ?? fix) : fix));
}

/** Fix that inserts new layers in sequence on the edge into `port` of `node`. */
export function insertFix(drawing: Drawing, node: DocumentNode, port: string, rows: readonly NewLayer[]): Fix | null {
  const edge = drawing.wiring.into.get(node.id)?.get(port);
  const source = sourceOf(drawing, node.id, port);
  const kinds = rows.map(({ layer }) => layerOf(layer));
  if (edge === undefined || source === undefined || !kinds.every((kind) => kind !== undefined)) return null;
  const names = { en: kinds.map(({ title }) => title.en), zh: kinds.map(({ title }) => title.zh) };
  return {
    title: {
      en: `Insert ${listed(names.en, ' and ')} between “${source.name}” and “${node.name}”`,
      zh: `在“${source.name}”与“${node.name}”之间插入${listed(names.zh, '和')}`,
    },
    edits: inserts(drawing.taken(), source, node, edge, rows),
  };
}

function inserts(
  taken: UsedNames,
  source: DocumentNode,
  node: DocumentNode,
  edge: Edge,
  rows: readonly NewLayer[],
): readonly Edit[] {
  const edits: Edit[] = [];
  let into = edge.id;
  let [names, ids] = [taken.names, taken.ids];
  rows.forEach((row, i) => {
    const layer = layerOf(row.layer) as LayerDef;
    const share = (i + 1) / (rows.length + 1);
    const position = {
      x: source.position.x + share * (node.position.x - source.position.x),
      y: source.position.y + share * (node.position.y - source.position.y),
    };
    const inserted = nodeBeside({ names, ids }, layer, position, row.config);
    const [input = '', output = ''] = [layer.inputs[0], layer.outputs[0]];
    edits.push({ kind: 'insertNode', node: inserted, edge: into, input, output });
    into = edgeId({ node: inserted.id, port: output }, edge.to);
    names = new Set([...names, inserted.name]);
    ids = new Set([...ids, inserted.id]);
  });
  return edits;
}

/** Fix of the layer upstream of a port that determines the number of features there. */
export function featuresFix(
  drawing: Drawing,
  node: DocumentNode,
  { port, value }: { readonly port: string; readonly value: number },
): Fix | null {
  let source = sourceOf(drawing, node.id, port);
  while (source !== undefined) {
    const layer = layerIn(drawing.doc, source.layer);
    if (layer === undefined) return null;
    if (layer.featuresKey !== undefined) return setConfigFix(source, layer, layer.featuresKey, value);
    if (!layer.keepsFeatures) return null;
    source = sourceOf(drawing, source.id, layer.inputs[0] ?? '');
  }
  return null;
}

function removeProducerFix(
  drawing: Drawing,
  node: DocumentNode,
  { port, layer }: LayerFix & { kind: 'removeProducer' },
): Fix | null {
  let source = sourceOf(drawing, node.id, port);
  while (source !== undefined && source.layer !== layer && layerOf(source.layer)?.keepsNumbers) {
    source = sourceOf(drawing, source.id, 'x');
  }
  // All layers of that type in sequence are removed, because the others would cause the same problem.
  const removed: DocumentNode[] = [];
  while (source?.layer === layer) {
    removed.unshift(source);
    source = sourceOf(drawing, source.id, 'x');
  }
  if (removed.length === 0) return null;
  const names = removed.map(({ name }) => `“${name}”`);
  return {
    title: {
      en: `Remove ${names.join(', ')} before “${node.name}”`,
      zh: `删除“${node.name}”之前的${names.join('、')}`,
    },
    edits: [{ kind: 'removeNodes', nodes: removed.map(({ id }) => id), heal: true }],
  };
}

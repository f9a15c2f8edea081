import type { Fix } from '../graph/diagnostic.ts';
import type { Config, EdgeEnd } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { flatten } from '../layers/flatten.ts';
import type { LayerDef, Shape } from '../layers/layer.ts';
import { linear } from '../layers/linear.ts';
import type { End } from './dataProblems.ts';
import { type Drawing, outputsOf } from './drawing.ts';
import { nodeBeside, setConfigFix } from './fixes.ts';

/**
 * Fix of a network for images on data that has none: the layers that work on images are removed, from the input to the first layer
 * of numbers, or to the output layer, which then gets a linear layer.
 */
export function withoutImageLayers(drawing: Drawing, { node, inference }: End, shape: Shape): Fix[] {
  const { wiring, byId, kinds } = drawing;
  const removed = imageLayers(drawing, node.id);
  if (removed === null || removed.size === 0) return [];
  const after = [...removed].flatMap((id) => (wiring.outOf.get(id) ?? []).filter(({ to }) => !removed.has(to.node)));
  const set = setConfigFix(node, inference.kind.layer, 'shape', [...shape]);
  let { names, ids } = drawing.taken();
  const edits: Edit[] = [...set.edits, { kind: 'removeNodes', nodes: [...removed], heal: false }];
  for (const { from: gone, to } of after) {
    const next = byId.get(to.node);
    const width = outputsOf(drawing, gone.node)?.[gone.port]?.[0];
    if (next === undefined || width === undefined) return [];
    const isOutput = kinds.get(to.node)?.layer.output !== undefined;
    const rows: readonly (readonly [LayerDef, Config])[] = [
      ...(shape.length > 1 ? [[flatten, {}] as const] : []),
      ...(isOutput ? [[linear, { outFeatures: width }] as const] : []),
    ];
    let end: EdgeEnd = { node: node.id, port: 'y' };
    for (const [layer, config] of rows) {
      const added = nodeBeside({ names, ids }, layer, byId.get(gone.node)?.position ?? next.position, config);
      names = new Set([...names, added.name]);
      ids = new Set([...ids, added.id]);
      edits.push({ kind: 'addNode', node: added });
      edits.push({ kind: 'connect', from: end, to: { node: added.id, port: 'x' } });
      end = { node: added.id, port: 'y' };
    }
    edits.push({ kind: 'connect', from: end, to });
  }
  const count = removed.size;
  return [
    {
      title: {
        en: `${set.title.en}, remove ${count} ${count === 1 ? 'layer' : 'layers'} for images`,
        zh: `${set.title.zh}，删除 ${count} 个图像层`,
      },
      edits,
    },
  ];
}

/** Ids of the layers after an input that output images, and of those that flatten them; null if they depend on another input. */
function imageLayers(drawing: Drawing, input: string): ReadonlySet<string> | null {
  const { wiring } = drawing;
  const found = new Set<string>();
  const open = [input];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of wiring.outOf.get(id) ?? []) {
      if (found.has(to.node) || !isOnImages(drawing, to.node)) continue;
      found.add(to.node);
      open.push(to.node);
    }
  }
  const sources = [...found].flatMap((id) => [...(wiring.into.get(id)?.values() ?? [])]);
  return sources.every((edge) => edge.from.node === input || found.has(edge.from.node)) ? found : null;
}

function isOnImages(drawing: Drawing, id: string): boolean {
  const { layer } = drawing.kinds.get(id) ?? {};
  if (layer === undefined || layer.output !== undefined) return false;
  const outputs = Object.values(outputsOf(drawing, id) ?? {});
  if (outputs.length > 0 && outputs.every(({ length }) => length === 3)) return true;
  const inputs = Object.values(drawing.inferences.get(id)?.inputs ?? {});
  return layer.type === flatten.type && inputs.every((shape) => shape?.length === 3);
}
